"""Has its say before somebody serves."""

from peerlink.features.training.service import check_trained
from peerlink.features.volunteers.service import check_before
from peerlink.framework.people_words import VolunteerStatus


def connect() -> None:
    """Let nobody become active without valid mandatory training."""
    check_before(VolunteerStatus.ACTIVE, check_trained)
