"""Judges every rule on a day; keeps nothing."""

import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from peerlink.features.indicators import gather
from peerlink.features.indicators.raw import undisturbed
from peerlink.features.programmes.queries import limits
from peerlink.features.risks.rulebook import Facts, Finding, Rule, Subject
from peerlink.features.risks.rules import PARTICIPANT_RULES, PROGRAMME_RULES, VOLUNTEER_RULES
from peerlink.framework.evidence import Evidence
from peerlink.framework.levels import Level
from peerlink.framework.parameters import Limits
from peerlink.store.sealing import NOBODY


@dataclass(frozen=True, slots=True)
class Judged:
    """What one rule found about one subject, and the facts it rests on."""

    rule: Rule[Any]
    about_id: uuid.UUID
    """The volunteer, the participant, or nobody's id for the programme."""
    facts: Facts
    finding: Finding

    @property
    def level(self) -> Level:
        return self.finding.level


Only = Collection[uuid.UUID] | None


def evaluate(day: dt.date, *, recount: bool = False) -> list[Judged]:
    """Judge every rule for everything it applies to; call it inside `gate.opened`.

    `recount` reads the contacts themselves instead of the daily counters, for days these do not reach.
    """
    with undisturbed():
        return [
            *judge_programme(day),
            *judge_volunteers(day, recount=recount),
            *judge_participants(day, recount=recount),
        ]


def judge_programme(day: dt.date) -> list[Judged]:
    """Judge the programme."""
    return list(judge(PROGRAMME_RULES, {NOBODY: gather.programme_facts(day)}, limits()))


def judge_volunteers(day: dt.date, only: Only = None, *, recount: bool = False) -> list[Judged]:
    """Judge every volunteer in service, or some."""
    return list(judge(VOLUNTEER_RULES, gather.volunteer_facts(day, only, recount=recount), limits()))


def judge_participants(day: dt.date, only: Only = None, *, recount: bool = False) -> list[Judged]:
    """Judge every participant with an active match, or some."""
    return list(judge(PARTICIPANT_RULES, gather.participant_facts(day, only, recount=recount), limits()))


def judge(rules: Sequence[Rule[Any]], facts: Mapping[uuid.UUID, Facts], in_force: Limits) -> Iterator[Judged]:
    """Judge these rules on facts, wherever they apply."""
    for about_id, known in facts.items():
        for rule in rules:
            if rule.applies(known):
                yield Judged(rule, about_id, known, rule.judge(known, in_force))


def document(day: dt.date, judged: Iterable[Judged], refs: Mapping[uuid.UUID, str]) -> dict[str, object]:
    """Return what was found as data for other programs (interchange.md section 2)."""
    return {
        "as_of": day.isoformat(),
        "findings": [
            {
                "rule": one.rule.id,
                "node": one.rule.entry.node,
                "subject": {
                    "kind": one.rule.subject.value,
                    "ref": "" if one.rule.subject is Subject.PROGRAMME else refs[one.about_id],
                },
                "level": one.level.value,
                "evidence": [as_data(evidence) for evidence in one.finding.evidence],
                "because": one.finding.because,
            }
            for one in judged
        ],
    }


def as_data(evidence: Evidence) -> dict[str, object]:
    """Return one number a level rests on as data."""
    return {
        "name": evidence.name,
        "value": evidence.value,
        "unit": evidence.unit,
        "threshold": evidence.threshold,
        "n": evidence.n,
    }
