"""Decides how a flag opens, rises, falls, rests and passes on: one open flag for each rule and subject."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from peerlink.errors import Refused
from peerlink.framework.levels import POSITIVE, Level
from peerlink.framework.parameters import Limits
from peerlink.words import _

LONGEST_SNOOZE = dt.timedelta(days=28)
PASSES_ON_AFTER = {Level.CRITICAL: dt.timedelta(hours=24), Level.ALERT: dt.timedelta(days=7)}
"""How long a flag waits to be acknowledged before the deputy is told."""
SAFETY_RULES = frozenset({"R20", "R22", "R26", "R27", "R40", "R41", "R43", "R65"})
"""Rules a person's safety hangs on: wishes for contact, violence, hard contacts, confidentiality, places."""


class Move(StrEnum):
    """What happens to a flag after a rule was judged."""

    NOTHING = "nothing"
    OPEN = "open"
    RISE = "rise"
    STAY = "stay"
    FALL = "fall"
    AWAIT_NOTE = "await_note"
    """It may be closed: a person says why."""
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Turn:
    """Say what happens to a flag, and at which level it stands then."""

    move: Move
    level: Level | None = None

    @property
    def asks_anew(self) -> bool:
        """Whether it must be acknowledged anew, and a snooze ends."""
        return self.move in {Move.OPEN, Move.RISE}


def turn(stands: Level | None, found: Level, *, cleared: bool) -> Turn:
    """Decide what a finding does to the open flag of its rule and subject, None where none is open.

    A flag rises with the finding. It falls only when the rule's clears text has come true, or when the rule
    no longer applies to the subject; an alert or worse is then closed by a person, with a note.
    """
    if stands is None:
        return Turn(Move.OPEN, found) if found.is_positive else Turn(Move.NOTHING)
    if found.is_positive and POSITIVE.index(found) > POSITIVE.index(stands):
        return Turn(Move.RISE, found)
    if found is stands or not (cleared or found is Level.NOT_APPLICABLE):
        return Turn(Move.STAY, stands)
    if found.is_positive:
        return Turn(Move.FALL, found)
    return Turn(Move.AWAIT_NOTE, stands) if needs_note(stands) else Turn(Move.CLOSE)


def needs_note(level: Level) -> bool:
    """Tell whether a person's note goes with acknowledging and closing a flag of this level."""
    return level in PASSES_ON_AFTER


def passes_on_at(
    level: Level, raised_at: dt.datetime, acknowledged_at: dt.datetime | None
) -> dt.datetime | None:
    """Give the moment the deputy is told unless somebody acknowledges before; None where nobody is."""
    if acknowledged_at is not None or level not in PASSES_ON_AFTER:
        return None
    return raised_at + PASSES_ON_AFTER[level]


def is_safety(rule_id: str, level: Level) -> bool:
    """Tell whether a flag is about somebody's safety: a safety rule, or anything critical."""
    return rule_id in SAFETY_RULES or level is Level.CRITICAL


def check_snooze(rule_id: str, level: Level, *, on: dt.date, until: dt.date, reason: str) -> None:
    """Refuse to let a flag rest without a reason, for more than 28 days, or where safety hangs on it."""
    if is_safety(rule_id, level):
        raise Refused(_("This is about somebody's safety and cannot wait. Choose what to do about it."))
    if not reason.strip():
        raise Refused(_("Say why this can wait."))
    if not on < until <= on + LONGEST_SNOOZE:
        raise Refused(_("Choose a day within the next %(days)s days.", days=LONGEST_SNOOZE.days))


def needs_data(known_on: dt.date, on: dt.date, limits: Limits) -> bool:
    """Tell whether a rule has been unknown for so long that the missing data becomes a task (A17).

    `known_on` is the day of the last thing the rule could be judged by: the last answered check-in where it
    reads one, else the last day it was known, else the day the subject came.
    """
    return (on - known_on).days >= limits.whole("window.unknown_task_after_days")
