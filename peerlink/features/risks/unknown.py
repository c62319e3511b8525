"""Of whom too little is known to call them steady, and whose strain is clearly lighter than it was."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from peerlink.features.indicators.facts import VolunteerFacts
from peerlink.features.risks.judging import judge
from peerlink.features.risks.queries import told_to
from peerlink.features.risks.rulebook import Subject
from peerlink.features.risks.rules import VOLUNTEER_RULES
from peerlink.features.risks.rules.answers import ON_CONSENT, speaks_on
from peerlink.features.risks.rules.flags import needs_data
from peerlink.features.volunteers.models import Volunteer
from peerlink.framework import catalogue
from peerlink.framework.levels import Level
from peerlink.framework.parameters import Limits
from peerlink.instruments.checkin import change, strain
from peerlink.instruments.strain import has_missed_two
from peerlink.roles import Role
from peerlink.store import gate
from peerlink.words import _


@dataclass(frozen=True)
class NotKnown:
    """One volunteer of whom too little is known to call them steady."""

    volunteer: Volunteer
    why: str
    is_task: bool
    """Whether getting the facts is a task (A17): it has been so for long, or two check-ins were missed."""


def not_known(
    others: Sequence[Volunteer], facts: Mapping[uuid.UUID, VolunteerFacts], in_force: Limits
) -> list[NotKnown]:
    """Return those without a flag of whom a rule that tells the supervisor cannot say that all is well."""
    told = tells_supervisors()
    by_id = {one.id: one for one in others}
    why: dict[uuid.UUID, str] = {}
    with gate.opened("the rules judge; only that too little is known is shown"):
        known = {who: facts[who] for who in by_id if who in facts}
        for judged in judge(VOLUNTEER_RULES, known, in_force):
            if judged.level is Level.UNKNOWN and judged.rule.id in told and judged.about_id not in why:
                why[judged.about_id] = f"{_(catalogue.rule(judged.rule.id).name)}: {judged.finding.because}"
    return [NotKnown(by_id[who], sentence, is_task(facts[who], in_force)) for who, sentence in why.items()]


def tells_supervisors() -> set[str]:
    """Return the rules about volunteers that supervisors hear of without anybody's leave."""
    return set(told_to(Role.SUPERVISOR, Subject.VOLUNTEER)) - ON_CONSENT


def is_task(facts: VolunteerFacts, in_force: Limits) -> bool:
    """Tell whether somebody has to get what is missing about a volunteer.

    Of somebody who never answered it has been missing since they were first asked, else since they came.
    """
    answered = [one.answered_on for one in facts.checkins if one.answered_on is not None]
    first_asked_on = min((one.due_on for one in facts.checkins), default=facts.joined_on)
    known_on = max(answered, default=first_asked_on)
    if known_on is None or has_missed_two(facts.checkins, facts.on, in_force):
        return True
    return needs_data(known_on, facts.on, in_force)


def is_lighter(facts: VolunteerFacts, in_force: Limits) -> bool:
    """Tell whether the latest check-in, if it still speaks, shows clearly less strain than their usual."""
    if not facts.answered or not speaks_on(facts.on, facts.answered[0][0], in_force):
        return False
    now = strain(facts.answered[0][2], in_force)
    earlier = [
        score
        for _on, _due, answers in facts.answered[:0:-1]
        if (score := strain(answers, in_force)) is not None
    ]
    moved = change(now, earlier, in_force) if now is not None else None
    return moved is not None and moved.is_better
