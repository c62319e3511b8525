"""The scoring facts PeerLink ships: how known questionnaires are counted, and no word of what they ask.

Which items belong to which score, and which are turned round, is said by the programme that has the wording,
wherever it does not follow from the order of the items.
"""

import json
from pathlib import Path
from typing import Any

from peerlink.instruments.reading import Look, shown
from peerlink.words import _

FOLDER = Path(__file__).with_name("shipped")
USE = ("use", "canonical", "version", "licence", "items", "reverse")


def _load() -> dict[str, dict[str, Any]]:
    return {file.stem: json.loads(file.read_text("utf-8")) for file in sorted(FOLDER.glob("*.json"))}


SHIPPED = _load()
"""By name, a scoring file that says in place of items how many there are, and of reversed ones as well."""


def completed(document: dict[str, Any], look: Look) -> dict[str, Any] | None:
    """Make a whole scoring file of one that only names a shipped one and says which items it counts."""
    look.only(document, "", USE)
    name = look.one_of(document, "use", "", [*SHIPPED], "")
    if name not in SHIPPED:
        return None
    known = SHIPPED[name]
    given = document.get("items")
    if not isinstance(given, dict):
        look.fault("items", _("It does not say which items it counts."), _example(known))
        return None
    scores = known["scores"]
    look.only(given, "items", [one["id"] for one in scores])
    turned = set(look.texts(document, "reverse", "", most=100))
    whole = known | {
        "canonical": document.get("canonical"),
        "version": document.get("version"),
        "licence": document.get("licence") or known["licence"],
        "scores": [_score(one, given, turned, look) for one in scores],
    }
    counted = {item for one in whole["scores"] for item in one["items"]}
    for item in sorted(turned - counted):
        wrong = _("%(item)s is turned round and not counted.", item=shown(item))
        look.fault("reverse", wrong, _("Turn round only what stands in items."))
    whole["self_harm"] = _self_harm(known, whole["scores"])
    return None if look.faults else whole


def _score(known: dict[str, Any], given: dict[str, Any], turned: set[str], look: Look) -> dict[str, Any]:
    items = list(look.texts(given, known["id"], "items", most=100))
    path, needed = f"items.{known['id']}", known["items"]
    if len(items) != needed:
        wrong = _("It names %(n)s items.", n=len(items))
        look.fault(path, wrong, _("This score is made of %(n)s items.", n=needed))
    reverse = [item for item in items if item in turned]
    if known["reverse"] is not None and len(reverse) != known["reverse"]:
        wrong = _("Of its items %(n)s are turned round.", n=len(reverse))
        right = _("%(n)s of them ask the other way; name these under reverse.", n=known["reverse"])
        look.fault(path, wrong, right)
    return known | {"items": items, "reverse": reverse}


def _self_harm(known: dict[str, Any], scores: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Name the items about harm to oneself, which are known by their place."""
    return [
        {"item": scores[0]["items"][one["nth"] - 1], "from": one["from"]}
        for one in known["self_harm"]
        if len(scores[0]["items"]) >= one["nth"]
    ]


def _example(known: dict[str, Any]) -> str:
    return ", ".join(f'"{one["id"]}": [{one["items"]} × linkId]' for one in known["scores"])
