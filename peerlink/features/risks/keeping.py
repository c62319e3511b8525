"""Keeps what the rules found: raises flags, lets them rise, fall and close."""

import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from peerlink import clock
from peerlink.events import announce
from peerlink.features.programmes.queries import limits
from peerlink.features.risks.events import FlagCleared, FlagFell, FlagRaised, FlagRose
from peerlink.features.risks.judging import Judged, as_data
from peerlink.features.risks.models import Flag, FlagState, StepKind
from peerlink.features.risks.passing import hand_over, has_nobody
from peerlink.features.risks.queries import intact, lock_flag_of, lock_open_flags, month_levels, steps_taken
from peerlink.features.risks.rulebook import Course, Finding, Subject
from peerlink.features.risks.rules.flags import Move, Turn, turn
from peerlink.features.risks.steps import write_step
from peerlink.features.risks.telling import news_of
from peerlink.framework.levels import POSITIVE, Level
from peerlink.framework.parameters import Limits
from peerlink.store import gate
from peerlink.store.session import session
from peerlink.words import _

Key = tuple[str, Subject, uuid.UUID]


@dataclass(frozen=True)
class _Round:
    """What is the same for every flag of one round."""

    on: dt.date
    limits: Limits
    taken: Collection[tuple[uuid.UUID, StepKind]]
    months: Mapping[str, list[tuple[dt.date, Level]]]

    def course(self, flag: Flag) -> Course:
        ends = self.months.get(flag.rule, []) if flag.subject_kind is Subject.PROGRAMME else []
        return Course(
            opened_on=flag.opened_on,
            level=flag.level,
            has_action=(flag.id, StepKind.ACTION) in self.taken,
            is_resolved=(flag.id, StepKind.SETTLED) in self.taken,
            months=tuple(level for end, level in ends if end >= flag.opened_on),
        )


def keep(
    judged: Iterable[Judged],
    on: dt.date,
    *,
    subject: Subject | None = None,
    ids: Collection[uuid.UUID] | None = None,
) -> None:
    """Move the flags of everything judged: of all subjects, or of these only.

    A flag whose rule no longer applies to its subject closes, or waits for a person to close it. One whose
    record was tampered with stays as it is, and the others go on.
    """
    fine, damaged = intact(lock_open_flags(subject, ids))
    flags, left_alone = {_key_of(flag): flag for flag in fine}, {_key_of(flag) for flag in damaged}
    months = month_levels() if subject in {None, Subject.PROGRAMME} else {}
    now = _Round(on, limits(), steps_taken(flags.values()), months)
    for one in sorted(judged, key=lambda one: (one.about_id, one.rule.id)):
        key = (one.rule.id, one.rule.subject, one.about_id)
        flag = flags.pop(key, None)
        if key in left_alone:
            continue
        if flag is not None:
            _move(flag, one, now)
        elif one.level.is_positive:
            _open(one, now)
    for flag in flags.values():
        _take_turn(flag, turn(flag.level, Level.NOT_APPLICABLE, cleared=False), on)
    session.flush()


def forget_what_was_said(rule_id: str, volunteer_id: uuid.UUID) -> None:
    """Take out of an open flag what the volunteer no longer wants to be seen; that it stands is kept."""
    with gate.opened("what may no longer be seen is taken out"):
        flag = lock_flag_of(rule_id, Subject.VOLUNTEER, volunteer_id)
        if flag is not None:
            flag.said = _("The volunteer has taken back that this may be seen.")
            flag.said_evidence = []
            session.flush()


def _open(one: Judged, now: _Round) -> None:
    flag = lock_flag_of(one.rule.id, one.rule.subject, one.about_id)
    if flag is not None:
        _move(flag, one, now)
        return
    told = _told(one.finding)
    flag = Flag(
        id=uuid.uuid4(),
        subject_id=one.about_id,
        rule=one.rule.id,
        subject_kind=one.rule.subject,
        about_id=one.about_id,
        level=one.level,
        told_level=told,
        state=FlagState.OPEN,
        opened_on=now.on,
        since_on=now.on,
        told_since_on=now.on,
        raised_at=clock.now(),
        because="",
        evidence=[],
    )
    _write_reasons(flag, one.finding)
    session.add(flag)
    session.flush()
    write_step(flag, StepKind.RAISED, level=one.level)
    if has_nobody(flag):
        hand_over(flag, now.on)
    announce(FlagRaised(by=None, flag_id=flag.id, about_id=flag.about_id, told=news_of(flag)))


def _move(flag: Flag, one: Judged, now: _Round) -> None:
    cleared = one.rule.cleared(one.facts, now.limits, now.course(flag))
    taken = turn(flag.level, one.level, cleared=cleared)
    told = flag.told_level if taken.move is Move.CLOSE else _told(one.finding)
    if told is not flag.told_level and (taken.move is Move.FALL or not _is_milder(told, flag.told_level)):
        flag.told_level, flag.told_since_on = told, now.on
    _take_turn(flag, taken, now.on)
    if flag.state is FlagState.CLOSED:
        return
    if one.level is flag.level:
        _write_reasons(flag, one.finding)
        flag.eased_on = flag.eased_to = flag.closes_on = None
    elif one.level.is_known:
        if one.level is not flag.eased_to:
            flag.eased_on, flag.eased_to = now.on, one.level
        flag.closes_on = one.rule.closes(one.facts, now.limits, now.course(flag))


def _take_turn(flag: Flag, taken: Turn, on: dt.date) -> None:
    if taken.move is Move.AWAIT_NOTE:
        if flag.may_close_on is None:
            flag.may_close_on = on
            write_step(flag, StepKind.MAY_CLOSE)
            announce(FlagCleared(by=None, flag_id=flag.id, about_id=flag.about_id))
        return
    flag.may_close_on = None
    if taken.move is Move.CLOSE:
        flag.state, flag.closed_on = FlagState.CLOSED, on
        write_step(flag, StepKind.CLOSED)
        announce(FlagCleared(by=None, flag_id=flag.id, about_id=flag.about_id))
    elif taken.move in {Move.RISE, Move.FALL} and taken.level is not None:
        _reach(flag, taken.level, on, rose=taken.move is Move.RISE)


def _reach(flag: Flag, level: Level, on: dt.date, *, rose: bool) -> None:
    flag.level, flag.since_on = level, on
    write_step(flag, StepKind.ROSE if rose else StepKind.FELL, level=level)
    if not rose:
        announce(FlagFell(by=None, flag_id=flag.id, about_id=flag.about_id))
        return
    flag.state, flag.raised_at = FlagState.OPEN, clock.now()
    flag.acknowledged_at = flag.acknowledged_by = flag.snoozed_until = flag.released_on = None
    announce(FlagRose(by=None, flag_id=flag.id, about_id=flag.about_id, told=news_of(flag)))


def _write_reasons(flag: Flag, finding: Finding) -> None:
    flag.said = finding.because
    flag.said_evidence = [as_data(one) for one in finding.evidence]
    told = finding.objective()
    if told.level.is_positive:
        flag.because = told.because
        flag.evidence = [as_data(one) for one in told.evidence] if told.is_borne_out else []


def _told(finding: Finding) -> Level:
    return finding.objective().level


def _is_milder(one: Level, other: Level) -> bool:
    return other.is_positive and (not one.is_positive or POSITIVE.index(one) < POSITIVE.index(other))


def _key_of(flag: Flag) -> Key:
    return flag.rule, flag.subject_kind, flag.about_id
