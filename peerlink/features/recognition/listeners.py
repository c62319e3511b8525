"""Fills in the agenda of talks."""

from peerlink.features.recognition.agenda import team_days
from peerlink.features.supervision.agenda import hear


def connect() -> None:
    """Bring days with the team to the agenda."""
    hear(team_days)
