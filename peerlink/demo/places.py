"""Where Riverbend is at home: three sites, and the places where two people can meet unremarked."""

from dataclasses import dataclass

from peerlink.framework.vocabularies import SiteKind


@dataclass(frozen=True)
class SiteHere:
    """A site of the demonstration."""

    ref: str
    name: str
    kind: SiteKind
    area: str


@dataclass(frozen=True)
class PlaceHere:
    """A meeting place of the demonstration."""

    ref: str
    name: str
    site: str | None


SITES = (
    SiteHere("S1", "Millbrook Health Centre", SiteKind.CLINIC, "Millbrook"),
    SiteHere("S2", "Willow House", SiteKind.COMMUNITY, "Old Harbour"),
    SiteHere("S3", "Alder Street Practice", SiteKind.CLINIC, "Alder Hill"),
)

PLACES = (
    PlaceHere("L1", "Millbrook garden room", "S1"),
    PlaceHere("L2", "Willow reading room", "S2"),
    PlaceHere("L3", "Willow kitchen", "S2"),
    PlaceHere("L4", "Alder Street room 4", "S3"),
    PlaceHere("L5", "Boathouse back room", None),
    PlaceHere("L6", "Library study room", None),
)
