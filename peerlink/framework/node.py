"""What a node of the framework is."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How a node stands in the tree: a group of others, a leaf that is measured, a facet of a leaf."""

    GROUP = "group"
    LEAF = "leaf"
    FACET = "facet"


@dataclass(frozen=True)
class Node:
    """One thing the framework names; its code is kept for good (Han et al. 2023, own words)."""

    code: str
    title: str
    definition: str
    kind: Kind
    refs: str
    """The paper's own citation numbers, a list of ranges."""
