"""What people can say and do about flags, and the words for it."""

from dataclasses import dataclass

from peerlink.framework.care_words import Way
from peerlink.framework.word import Word
from peerlink.words import N_

TALKED = "A06"
"""The action a talk that took place is written down as."""
STAY_TALK = "A15"
EASE = "A04"
REST_DAYS = (14, 28)
"""How long new matches can be paused with one tap."""
NOTE_LENGTH = 500


class NotNow(Word):
    """Why a flag is no concern now."""

    TALKED = "talked", N_("We have talked about it")
    ONE_OFF = "one_off", N_("It was one hard stretch")
    AGREED = "agreed", N_("It is agreed like this")
    WRONG_DATA = "wrong_data", N_("The record is not right")


@dataclass(frozen=True, kw_only=True)
class ActionDraft:
    """What somebody chose to do about one person's flags."""

    code: str
    way: Way | None = None
    """Which of several ways; None is the usual one."""
    days: int | None = None
    """How long new matches pause, where that is what is done."""
    sentence: int = 0
    """Which of the ready sentences, where thanks are said."""
    note: str | None = None
