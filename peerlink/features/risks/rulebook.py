"""What a rule is and what it finds: a function of facts and limits, judged part by part."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from types import ModuleType
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from peerlink.framework import catalogue, entries
from peerlink.framework.evidence import Evidence
from peerlink.framework.levels import POSITIVE, Level, worst
from peerlink.framework.parameters import Limits


class Subject(StrEnum):
    """What a rule is about."""

    PROGRAMME = "programme"
    VOLUNTEER = "volunteer"
    PARTICIPANT = "participant"


class Part(NamedTuple):
    """Judge one part of a rule; one with too little to judge by does not apply and counts for nothing."""

    level: Level
    says: str | Callable[[], str]
    """How the sentence is said; most are never asked for."""
    evidence: tuple[Evidence, ...] = ()
    private: bool = False
    """Whether it says what a check-in said: for the supervisor and the volunteer, nobody else."""
    instead: str = ""
    """What others are told in place of a private part that is positive; empty: nothing."""

    @property
    def because(self) -> str:
        """Say why in one plain sentence, without names."""
        return self.says if isinstance(self.says, str) else self.says()


class Finding(NamedTuple):
    """Say what a rule found about one subject on one day, and what that rests on."""

    rule: str
    subject: Subject
    level: Level
    parts: tuple[Part, ...] = ()

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Give every number that was looked at."""
        return tuple(evidence for part in self.parts for evidence in part.evidence)

    @property
    def because(self) -> str:
        """Say why: the positive parts, worst first; without any, the parts that gave the level."""
        telling = [part for part in self.parts if part.level.is_positive]
        telling.sort(key=lambda part: POSITIVE.index(part.level), reverse=True)
        telling = telling or [part for part in self.parts if part.level is self.level]
        return " ".join(part.because for part in telling)

    @property
    def is_borne_out(self) -> bool:
        """Tell whether some number is out of line; all in line would tell that something else was said."""
        return any(part.level.is_positive and part.evidence for part in self.parts)

    def objective(self) -> "Finding":
        """Leave out what a check-in said, for everyone but the supervisor and the volunteer."""
        if not any(part.private for part in self.parts):
            return self
        parts = tuple(
            Part(part.level, part.instead) if part.private else part
            for part in self.parts
            if not part.private or (part.instead and part.level.is_positive)
        )
        return Finding(self.rule, self.subject, worst(part.level for part in parts), parts)


class Facts(Protocol):
    """Ask of facts only which day they were counted for."""

    @property
    def on(self) -> dt.date: ...


F = TypeVar("F", bound=Facts)


@dataclass(frozen=True, slots=True)
class Course:
    """Say what happened since a flag was raised, as far as clearing asks for it."""

    opened_on: dt.date
    level: Level
    """The level the flag stands at."""
    has_action: bool = False
    """Whether an action was recorded on the flag."""
    is_resolved: bool = False
    """Whether a talk was recorded on the flag and the person confirmed that it is settled."""
    months: tuple[Level, ...] = ()
    """What the rule gave at the month ends since the flag opened, the newest first."""


@dataclass(frozen=True, slots=True)
class Rule(Generic[F]):
    """Hold one rule: what it judges, whom it applies to, when its flag may fall."""

    id: str
    subject: Subject
    parts_of: Callable[[F, Limits], tuple[Part, ...]]
    applies: Callable[[F], bool]
    cleared: Callable[[F, Limits, Course], bool]
    """Whether what the clears text asks for has come true since the flag opened."""
    closes: Callable[[F, Limits, Course], dt.date | None]
    """The day that comes true if all stays as it is; None where more than time is missing."""
    sentence: str
    """What it looks for, in one sentence (the function's own)."""
    entry: entries.Rule = field(compare=False)
    """What the framework says of it: node, roles told, actions, clears text, data minimum."""

    def judge(self, facts: F, limits: Limits) -> Finding:
        """Judge one subject on the day of its facts."""
        if not self.applies(facts):
            return Finding(self.id, self.subject, Level.NOT_APPLICABLE)
        parts = self.parts_of(facts, limits)
        return Finding(self.id, self.subject, worst([part.level for part in parts]), parts)


def _always(_facts: Facts) -> bool:
    return True


def _no_day(_facts: Facts, _limits: Limits, _course: Course) -> None:
    return None


def rule(
    rule_id: str,
    subject: Subject,
    *,
    cleared: Callable[[F, Limits, Course], bool],
    applies: Callable[[F], bool] = _always,
    closes: Callable[[F, Limits, Course], dt.date | None] = _no_day,
) -> Callable[[Callable[[F, Limits], tuple[Part, ...]]], Rule[F]]:
    """Make a rule of a function that judges the parts."""

    def make(parts_of: Callable[[F, Limits], tuple[Part, ...]]) -> Rule[F]:
        return Rule(
            id=rule_id,
            subject=subject,
            parts_of=parts_of,
            applies=applies,
            cleared=cleared,
            closes=closes,
            sentence=(parts_of.__doc__ or "").strip(),
            entry=catalogue.rule(rule_id),
        )

    return make


def rules_in(subject: Subject, *modules: ModuleType) -> tuple[Rule[Any], ...]:
    """Collect the rules about this kind of subject that stand in these modules, in the order of their ids."""
    found = [
        value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, Rule) and value.subject is subject
    ]
    return tuple(sorted(found, key=lambda one: one.id))


def step(*, watch: bool = False, alert: bool = False, critical: bool = False) -> Level:
    """Give the worst level whose condition holds, else ok."""
    if critical:
        return Level.CRITICAL
    if alert:
        return Level.ALERT
    return Level.WATCH if watch else Level.OK


def above(value: float, lines: tuple[float, ...]) -> Level:
    """Give the level of the last of the rising lines (watch, alert, critical) the value lies above."""
    passed = sum(value > line for line in lines)
    return (Level.OK, *POSITIVE)[passed]
