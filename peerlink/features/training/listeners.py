"""Has its say before somebody serves, tells matching who has learned what, and fills in calendars."""

from peerlink.features.accounts import sources as calendars
from peerlink.features.matching.sources import hear, training_sources
from peerlink.features.training.calendar import appointments
from peerlink.features.training.queries import trained_on
from peerlink.features.training.service import check_trained
from peerlink.features.volunteers.service import check_before
from peerlink.framework.people_words import VolunteerStatus


def connect() -> None:
    """Let nobody become active, or be matched, without valid mandatory training."""
    check_before(VolunteerStatus.ACTIVE, check_trained)
    hear(training_sources, trained_on)
    calendars.hear(appointments)
