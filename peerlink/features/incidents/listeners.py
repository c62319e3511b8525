"""Tells matching about whom a concern is open."""

from peerlink.features.incidents.queries import concerns_open
from peerlink.features.matching import sources


def connect() -> None:
    """Stand against a new match while a concern about the volunteer is open (H15)."""
    sources.hear(sources.concern_sources, concerns_open)
