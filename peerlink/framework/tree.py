"""The whole framework, walked from any node."""

from peerlink.framework.branches import (
    design,
    effectiveness,
    outcomes,
    support,
    sustainability,
    volunteers,
)
from peerlink.framework.nearest import not_known
from peerlink.framework.node import Kind, Node

NODES: tuple[Node, ...] = (
    *support.NODES,
    *outcomes.NODES,
    *effectiveness.NODES,
    *design.NODES,
    *volunteers.NODES,
    *sustainability.NODES,
)
_BY_CODE = {node.code: node for node in NODES}


def node(code: str) -> Node:
    """Return the node with this full code; ValueError names the nearest known one."""
    try:
        return _BY_CODE[code]
    except KeyError:
        raise not_known(code, _BY_CODE) from None


def parent(code: str) -> Node | None:
    """Return the nearest node above this one; None for the top of a branch."""
    above = node(code).code
    while "." in above:
        above = above.rpartition(".")[0]
        if above in _BY_CODE:
            return _BY_CODE[above]
    return None


def children(code: str) -> tuple[Node, ...]:
    """Return the nodes right below this one, in the framework's order."""
    above = node(code)
    return tuple(below for below in NODES if parent(below.code) == above)


def leaves(under: str = "") -> tuple[Node, ...]:
    """Return every leaf, or those at or below one node."""
    return tuple(leaf for leaf in NODES if leaf.kind is Kind.LEAF and _is_under(leaf.code, under))


def resolve(text: str, under: str = "") -> Node:
    """Return the node meant by a full code, or by a last part that is unique under the given node.

    Goals are written under `outcome`, needs and skills under `support`: `social` is a goal there,
    although a perceived benefit ends in the same word. ValueError names the nearest known word.
    """
    word = text.strip().lower()
    here = {node.code: node for node in NODES if _is_under(node.code, under)}
    if word in here:
        return here[word]
    ends: dict[str, list[Node]] = {}
    for candidate in here.values():
        ends.setdefault(candidate.code.rpartition(".")[2], []).append(candidate)
    meant = ends.get(word, [])
    if len(meant) == 1:
        return meant[0]
    raise not_known(text, here if meant else [*here, *ends])


def _is_under(code: str, top: str) -> bool:
    return not top or code == top or code.startswith(f"{top}.")
