"""What can be done about a finding, by when, and what doing it leaves behind in the programme."""

from dataclasses import dataclass
from enum import StrEnum

from peerlink.features.risks.rulebook import Finding, Subject
from peerlink.framework import catalogue
from peerlink.framework.levels import Level


class Creates(StrEnum):
    """What choosing an action makes."""

    ONE_TO_ONE = "one_to_one"
    """A supervision session of this kind, scheduled by the due day."""
    DEBRIEF = "debrief"
    """A supervision session of this kind, scheduled by the due day."""
    BUDDY = "buddy"
    """A supervision session of this kind, scheduled by the due day."""
    LIGHTER_LOAD = "lighter_load"
    """A pause of new matches, or a lower capacity."""
    TASK = "task"
    """Something somebody does by the due day."""
    NOTE = "note"
    """A line on the flag that it was done."""


SESSIONS = frozenset({Creates.ONE_TO_ONE, Creates.DEBRIEF, Creates.BUDDY})
"""Those that schedule a supervision session; its kind is their value."""

DUE_IN = {Level.UNKNOWN: 28, Level.WATCH: 28, Level.ALERT: 7, Level.CRITICAL: 2}
"""Days until something has to be done; A06 gives 7 for an alert and 2 for a critical flag."""
_SAME_DAY = dict.fromkeys(DUE_IN, 0)

_CREATES = {
    "A02": Creates.DEBRIEF,
    "A03": Creates.NOTE,
    "A04": Creates.LIGHTER_LOAD,
    "A06": Creates.ONE_TO_ONE,
    "A15": Creates.ONE_TO_ONE,
    "A16": Creates.BUDDY,
    "A21": Creates.NOTE,
}
"""What an action about a volunteer makes; every other one, and any about others, is a task."""
_DUE = {"A14": _SAME_DAY, "A20": _SAME_DAY}
MISSING_DATA = "A17"
"""The one action about what is not known."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Offer one action on a flag."""

    code: str
    title: str
    sentence: str
    creates: Creates
    due_in_days: int
    """Days from choosing it to the day it should be done."""


def offered(finding: Finding) -> tuple[Offer, ...]:
    """Offer what the framework names for the rule, the first first; for the unknown, getting the data."""
    if finding.level is Level.UNKNOWN:
        return (_offer(MISSING_DATA, finding),)
    if not finding.level.is_positive:
        return ()
    return tuple(_offer(code, finding) for code in catalogue.rule(finding.rule).actions)


def _offer(code: str, finding: Finding) -> Offer:
    action = catalogue.action(code)
    return Offer(
        code=code,
        title=action.title,
        sentence=action.sentence,
        creates=_creates(code, finding.subject),
        due_in_days=_DUE.get(code, DUE_IN)[finding.level],
    )


def _creates(code: str, subject: Subject) -> Creates:
    made = _CREATES.get(code, Creates.TASK)
    return made if subject is Subject.VOLUNTEER or made is Creates.NOTE else Creates.TASK
