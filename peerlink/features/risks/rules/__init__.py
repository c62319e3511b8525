"""Every rule, one file for each leaf of the paper's right half: volunteers, participants, context."""

from typing import Any

from peerlink.features.indicators.facts import ParticipantFacts, ProgrammeFacts, VolunteerFacts
from peerlink.features.risks.rulebook import Rule, Subject, rules_in
from peerlink.features.risks.rules.context import fair_return, finance, preparedness, topics, training
from peerlink.features.risks.rules.participants import attitude
from peerlink.features.risks.rules.volunteers import (
    achievement,
    attrition,
    belonging,
    emotional_support,
    exposure,
)
from peerlink.features.risks.rules.volunteers.burnout import (
    exhaustion,
    instruments,
    negative_feedback,
    repetitive_work,
    work_stress,
)

LEAVES = (
    attrition,
    achievement,
    belonging,
    exhaustion,
    instruments,
    negative_feedback,
    repetitive_work,
    work_stress,
    emotional_support,
    exposure,
    attitude,
    fair_return,
    finance,
    training,
    topics,
    preparedness,
)

VOLUNTEER_RULES: tuple[Rule[VolunteerFacts], ...] = rules_in(Subject.VOLUNTEER, *LEAVES)
PARTICIPANT_RULES: tuple[Rule[ParticipantFacts], ...] = rules_in(Subject.PARTICIPANT, *LEAVES)
PROGRAMME_RULES: tuple[Rule[ProgrammeFacts], ...] = rules_in(Subject.PROGRAMME, *LEAVES)
RULES: tuple[Rule[Any], ...] = (*PROGRAMME_RULES, *VOLUNTEER_RULES, *PARTICIPANT_RULES)


def rule_of(rule_id: str, subject: Subject) -> Rule[Any]:
    """Return the rule with this id about this kind of subject; KeyError when there is none."""
    return _BY_ID[rule_id, subject]


_BY_ID = {(one.id, one.subject): one for one in RULES}
