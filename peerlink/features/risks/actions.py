"""What can be done about a finding, by when, whose it is, and what doing it leaves behind."""

from dataclasses import dataclass
from enum import StrEnum

from peerlink.features.risks.rulebook import Finding, Subject
from peerlink.framework import catalogue
from peerlink.framework.care_words import Way
from peerlink.framework.levels import Level
from peerlink.roles import Role
from peerlink.words import N_


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
    THANKS = "thanks"
    """A word of thanks the volunteer finds on their own page."""
    TASK = "task"
    """Something somebody does by the due day."""


SESSIONS = frozenset({Creates.ONE_TO_ONE, Creates.DEBRIEF, Creates.BUDDY})
"""Those that schedule a supervision session; its kind is their value."""

DUE_IN = {Level.UNKNOWN: 28, Level.WATCH: 28, Level.ALERT: 7, Level.CRITICAL: 2}
"""Days until something has to be done; A06 gives 7 for an alert and 2 for a critical flag."""
_SAME_DAY = dict.fromkeys(DUE_IN, 0)

_CREATES = {
    "A02": Creates.DEBRIEF,
    "A03": Creates.THANKS,
    "A04": Creates.LIGHTER_LOAD,
    "A06": Creates.ONE_TO_ONE,
    "A15": Creates.ONE_TO_ONE,
    "A16": Creates.BUDDY,
    "A21": Creates.THANKS,
}
"""What an action about a volunteer makes; every other one, and any about others, is a task."""
_BY_WAY = {
    Way.DEBRIEF: Creates.DEBRIEF,
    Way.BUDDY: Creates.BUDDY,
    Way.HAND_OVER: Creates.TASK,
    Way.BREAK: Creates.TASK,
    Way.TEAM: Creates.TASK,
}
"""What an action makes instead where it is taken this way."""
WAYS = {
    "A02": (Way.DEBRIEF, Way.BUDDY),
    "A04": (Way.PAUSE, Way.LOWER, Way.HAND_OVER, Way.BREAK),
    "A16": (Way.BUDDY, Way.TEAM),
    "A18": (Way.MEDICAL, Way.PSYCHOLOGICAL, Way.SOCIAL),
}
"""The ways an action can be taken, the usual first."""
SERVICES = frozenset(WAYS["A18"])
"""The kinds of service a referral is to; a referral is of one of them, about whomever it is."""
_DUE = {"A14": _SAME_DAY, "A20": _SAME_DAY}
_OWNERS = {
    "A01": Role.SUPERVISOR,
    "A04": Role.COORDINATOR,
    "A05": Role.SUPERVISOR,
    "A07": Role.COORDINATOR,
    "A08": Role.SUPERVISOR,
    "A09": Role.COORDINATOR,
    "A10": Role.COORDINATOR,
    "A11": Role.MANAGER,
    "A12": Role.COORDINATOR,
    "A13": Role.COORDINATOR,
    "A19": Role.SUPERVISOR,
    "A22": Role.COORDINATOR,
}
"""Whose task an action is; of any other it is whoever chose it."""
_MAKES = {
    "A01": N_("Keeps that you offered it, and asks you what came of it."),
    "A02": N_("Books a debrief with you, or a talk with their buddy."),
    "A03": N_("Sends them a word of thanks, which they find on their own page."),
    "A04": N_("Pauses new matches at once, or asks a coordinator to hand over or agree a break."),
    "A05": N_("A task for you: agree with them what else they would like to do."),
    "A06": N_("Books a talk with you."),
    "A07": N_("A task for a coordinator: a place in a training."),
    "A08": N_("A task for you until the plan is agreed."),
    "A09": N_("A task for a coordinator: look the place over."),
    "A10": N_("Keeps it as agreed for a coordinator, by a day: meet or write to the clinic."),
    "A11": N_("A task for the manager."),
    "A12": N_("A task for a coordinator: end this match well and look for another."),
    "A13": N_("A task for a coordinator: go through the plan with the participant."),
    "A14": N_("A task for you today: report what happened."),
    "A15": N_("Books a talk about staying."),
    "A16": N_("Books a talk with their buddy, or opens a new team day."),
    "A17": N_("A task for you: get what is missing, or write down why not."),
    "A18": N_("Begins a referral: agree it with them, send it, and say whether they got there."),
    "A19": N_("A task for you: agree one thing to grow with."),
    "A20": N_("A task for you today: report it, so that the safeguarding lead has it."),
    "A21": N_("Sends them to the page that shows what their month came to."),
    "A22": N_("Asks a coordinator to find and train somebody new, and follows it until they are active."),
}
"""What one tap makes, about a volunteer."""
_MAKES_ANYWHERE = frozenset({"A10", "A18", "A22"})
"""Those that make the same whomever they are about."""
A_TASK = {
    Role.COORDINATOR: N_("A task for a coordinator."),
    Role.SUPERVISOR: N_("A task for a supervisor."),
    Role.MANAGER: N_("A task for the manager."),
    None: N_("A task for you."),
}
"""What one tap makes about anybody else."""
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
    makes: str
    """What one tap makes, in one sentence."""
    owner: Role | None = None
    """Whose the task is; None where it is whoever chooses it."""
    ways: tuple[Way, ...] = ()
    """The ways to take it, the usual first; empty where there is only one."""

    def creates_by(self, way: Way | None) -> Creates:
        """Say what it makes when taken this way."""
        return _BY_WAY.get(way, self.creates) if way is not None else self.creates


def offered(finding: Finding) -> tuple[Offer, ...]:
    """Offer what the framework names for the rule, the first first; for the unknown, getting the data."""
    if finding.level is Level.UNKNOWN:
        return (_offer(MISSING_DATA, finding),)
    if not finding.level.is_positive:
        return ()
    return tuple(_offer(code, finding) for code in catalogue.rule(finding.rule).actions)


def _offer(code: str, finding: Finding) -> Offer:
    action = catalogue.action(code)
    about_volunteer = finding.subject is Subject.VOLUNTEER
    owner, ways = _OWNERS.get(code), WAYS.get(code, ())
    if not about_volunteer and owner is Role.SUPERVISOR:
        owner = None
    return Offer(
        code=code,
        title=action.title,
        sentence=action.sentence,
        creates=_CREATES.get(code, Creates.TASK) if about_volunteer else Creates.TASK,
        due_in_days=_DUE.get(code, DUE_IN)[finding.level],
        makes=_MAKES[code] if about_volunteer or code in _MAKES_ANYWHERE else A_TASK[owner],
        owner=owner,
        ways=ways if about_volunteer or SERVICES.issuperset(ways) else (),
    )
