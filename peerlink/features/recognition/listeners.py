"""Fills in the agenda of talks, and calendars."""

from peerlink.features.accounts import sources
from peerlink.features.recognition.agenda import team_days
from peerlink.features.recognition.calendar import appointments
from peerlink.features.supervision.agenda import hear


def connect() -> None:
    """Bring days with the team to the agenda, and those to come to calendars."""
    hear(team_days)
    sources.hear(appointments)
