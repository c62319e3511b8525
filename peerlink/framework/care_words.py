"""The words for what a programme does for those who support others."""

from peerlink.framework.word import Word
from peerlink.words import N_


class TeamEventKind(Word):
    """How a team comes together."""

    GATHERING = "gathering", N_("Team gathering")
    BUDDY = "buddy", N_("Buddy meeting")
    CELEBRATION = "celebration", N_("Celebration")
    TRAINING_VISIT = "training_visit", N_("Visit to learn")
