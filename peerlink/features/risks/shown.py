"""How a flag looks to whoever may see it: with what check-ins said, or without."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from peerlink import clock
from peerlink.features.accounts.queries import team_members
from peerlink.features.participants.queries import participants_among
from peerlink.features.risks.models import Flag, FlagState, FlagStep, StepKind, Task
from peerlink.features.risks.queries import answers_opened, opens_answers, steps_of, volunteers_in
from peerlink.features.risks.rulebook import Subject
from peerlink.features.risks.rules.answers import RESTS_ON_ANSWERS
from peerlink.features.risks.rules.flags import is_safety, passes_on_at
from peerlink.features.risks.wording import action_in_words
from peerlink.framework import catalogue
from peerlink.framework.levels import POSITIVE, Level
from peerlink.roles import Viewer
from peerlink.words import _


@dataclass(frozen=True)
class Seen:
    """One flag as one viewer sees it."""

    flag: Flag
    title: str
    level: Level
    since_on: dt.date
    because: str
    evidence: list[dict[str, object]]
    is_whole: bool
    """Whether what check-ins said is part of it."""
    eased_on: dt.date | None
    """The day from which less is found; only for whoever sees everything it rests on."""
    hours_left: int | None
    """Whole hours until a deputy is told; None where nobody will be."""

    @property
    def is_waiting(self) -> bool:
        return self.flag.state is FlagState.OPEN

    @property
    def is_resting(self) -> bool:
        return self.flag.state is FlagState.SNOOZED

    @property
    def now(self) -> Level:
        """What is found today, as far as the viewer may know it."""
        return self.flag.eased_to or self.level if self.eased_on is not None else self.level

    @property
    def is_pressing(self) -> bool:
        """Whether it asks for more than a word in the next session."""
        if self.is_resting:
            return False
        if self.level is Level.WATCH:
            return self.eased_on is None and self.flag.rule in ABOUT_THEMSELVES
        return self.now in {Level.ALERT, Level.CRITICAL}

    @property
    def wants(self) -> Level | None:
        """At which level it waits for somebody to take it up; None where nobody has to."""
        is_open = self.is_waiting and self.flag.may_close_on is None
        return self.now if is_open and self.now.is_positive else None

    @property
    def tells_all(self) -> bool:
        """Whether what the rule asks for, which may speak of check-ins, is for this viewer."""
        return self.is_whole or self.flag.rule not in RESTS_ON_ANSWERS

    @property
    def clears(self) -> str:
        """Say what closes it; nothing where that would speak of answers the viewer is not told."""
        return _(catalogue.rule(self.flag.rule).clears) if self.tells_all else ""

    @property
    def needs(self) -> str:
        """Say what must be known to judge it; nothing where that would speak of such answers."""
        return _(catalogue.rule(self.flag.rule).minimum) if self.tells_all else ""

    @property
    def is_safety(self) -> bool:
        return is_safety(self.flag.rule, self.flag.level)


@dataclass(frozen=True)
class Done:
    """One thing that happened to a flag, in words."""

    title: str
    at: dt.datetime
    by: str
    note: str | None
    due_on: dt.date | None
    undone: bool
    icon: str


ABOUT_THEMSELVES = frozenset({"R02", "R20"})
"""Rules whose watch already asks for a word, not only for the next session."""
ICONS = {
    StepKind.ACTION: "ok",
    StepKind.SNOOZED: "clock",
    StepKind.PASSED_ON: "to",
    StepKind.CLOSED: "ok",
}


def see(flag: Flag, viewer: Viewer) -> Seen:
    """Show a flag within reach: to the supervisor and the volunteer whole, to others without check-ins."""
    return see_all([flag], viewer)[0]


def see_all(flags: Sequence[Flag], viewer: Viewer) -> list[Seen]:
    """Show flags within reach, the worst first, and last those that only wait to be closed."""
    opened = answers_opened(flags, viewer)
    seen = [_seen(flag, viewer, flag.id in opened or flag.about_id == viewer.person_id) for flag in flags]
    return sorted(seen, key=_order)


def _seen(flag: Flag, viewer: Viewer, is_whole: bool) -> Seen:
    because = (flag.said or "") if is_whole else flag.because
    if not because:
        because = _("Nobody had taken this up in time. Ask the supervisor; what was said is not shown here.")
    handed = is_whole or flag.passed_to == viewer.account_id
    return Seen(
        flag=flag,
        title=_(catalogue.rule(flag.rule).name),
        level=flag.level if handed else flag.told_level,
        since_on=flag.since_on if handed else flag.told_since_on,
        because=because,
        evidence=(flag.said_evidence or []) if is_whole else flag.evidence,
        is_whole=is_whole,
        eased_on=flag.eased_on if is_whole or not _rests_on_answers(flag) else None,
        hours_left=_hours_left(flag),
    )


def _rests_on_answers(flag: Flag) -> bool:
    return flag.subject_kind is Subject.VOLUNTEER and flag.rule in RESTS_ON_ANSWERS


def names_of(flags: Sequence[Flag | Task], viewer: Viewer) -> dict[uuid.UUID, str]:
    """Name whom flags or tasks within reach are about, as far as this viewer may know it."""
    volunteers = {one.id: one.called for one in volunteers_in(flags).values()} if _opens(viewer) else {}
    ids = [flag.about_id for flag in flags if flag.subject_kind is Subject.PARTICIPANT]
    participants = {one.id: one.called for one in participants_among(ids, viewer).values()} if ids else {}
    return volunteers | participants


def history(flag: Flag, viewer: Viewer) -> list[Done]:
    """Tell what happened to a flag, the newest first; what rests on check-ins only to who may read them."""
    is_whole = opens_answers(flag, viewer)
    steps = [step for step in steps_of([flag]) if is_whole or step.by is not None]
    people = team_members([step.by for step in steps if step.by is not None])
    return [_done(step, people, is_whole) for step in steps]


def _order(one: Seen) -> tuple[bool, int, bool, bool, dt.date, str]:
    severity = POSITIVE.index(one.now) if one.now.is_positive else -1
    return (
        one.flag.may_close_on is not None,
        -severity,
        one.eased_on is not None,
        not one.is_waiting,
        one.since_on,
        one.flag.rule,
    )


def _done(step: FlagStep, people: dict[uuid.UUID, str], is_whole: bool) -> Done:
    title = action_in_words(step.action) if step.action else _(step.kind.label)
    if step.level is not None:
        title = f"{title}: {_(step.level.label)}"
    return Done(
        title=title,
        at=step.at,
        by=people.get(step.by, "") if step.by else "",
        note=" ".join(filter(None, (step.note, step.private_note if is_whole else None))) or None,
        due_on=step.due_on,
        undone=step.undone_on is not None,
        icon=ICONS.get(step.kind, "flag"),
    )


def _hours_left(flag: Flag) -> int | None:
    if flag.passed_on is not None or flag.closed_on is not None:
        return None
    at = passes_on_at(flag.level, flag.raised_at, flag.acknowledged_at)
    return None if at is None else max(0, int((at - clock.now()).total_seconds() // 3600))


def _opens(viewer: Viewer) -> bool:
    return "volunteer" in viewer.opens()
