"""Lets flags stand as before that fell or closed on something that has been taken back."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select

from peerlink import clock
from peerlink.events import announce
from peerlink.features.programmes.queries import limits, programme_zone
from peerlink.features.risks.events import FlagStandsAgain
from peerlink.features.risks.judging import Judged
from peerlink.features.risks.models import Flag, FlagState, FlagStep, StepKind
from peerlink.features.risks.queries import lock_flag_of, steps_taken
from peerlink.features.risks.rulebook import Course
from peerlink.features.risks.rules.flags import Move, turn
from peerlink.framework.levels import Level
from peerlink.store.session import session

STANDS = frozenset({Move.STAY, Move.RISE})
LEVELS = (StepKind.RAISED, StepKind.ROSE, StepKind.FELL)


def stand_again(judged: Iterable[Judged], since: dt.datetime) -> None:
    """Put flags back that fell or closed since a moment, where nothing else would have let them.

    Whether it would is judged on the facts of now. What somebody said about the flag before stays said.
    """
    for one in judged:
        flag = _flag_of(one)
        if flag is None:
            continue
        steps = _steps_of(flag)
        moved = [step for step in steps if step.at >= since and step.kind in {StepKind.FELL, StepKind.CLOSED}]
        stood = [step for step in steps if step.at <= since and step.kind in LEVELS and step not in moved]
        if moved and stood:
            _put_back(flag, one, moved, stood[-1])


def _put_back(flag: Flag, one: Judged, moved: Sequence[FlagStep], stood: FlagStep) -> None:
    was = stood.level or flag.level
    if flag.state is not FlagState.CLOSED and flag.level is was:
        return
    would = turn(was, one.level, cleared=one.rule.cleared(one.facts, limits(), _course(flag, was))).move
    if flag.state is FlagState.CLOSED and would in STANDS | {Move.FALL}:
        flag.closed_on = None
        flag.state = _state_of(flag)
    if flag.state is FlagState.CLOSED or would not in STANDS:
        return
    if flag.level is not was:
        flag.level, flag.since_on = was, stood.at.astimezone(ZoneInfo(programme_zone())).date()
    for step in moved:
        step.undone_on = clock.today(programme_zone())
    session.flush()
    announce(FlagStandsAgain(by=None, flag_id=flag.id, about_id=flag.about_id))


def _flag_of(one: Judged) -> Flag | None:
    """Return the open flag of a rule and subject, else the one that was closed last."""
    standing = lock_flag_of(one.rule.id, one.rule.subject, one.about_id)
    if standing is not None:
        return standing
    asked = select(Flag).where(
        Flag.rule == one.rule.id, Flag.subject_kind == one.rule.subject, Flag.about_id == one.about_id
    )
    return session.scalars(asked.order_by(Flag.closed_on.desc(), Flag.raised_at.desc()).limit(1)).first()


def _steps_of(flag: Flag) -> Sequence[FlagStep]:
    asked = select(FlagStep).where(FlagStep.flag_id == flag.id, FlagStep.undone_on.is_(None))
    kinds = or_(FlagStep.kind.in_(LEVELS), FlagStep.kind == StepKind.CLOSED)
    return session.scalars(asked.where(kinds).order_by(FlagStep.at, FlagStep.id)).all()


def _course(flag: Flag, level: Level) -> Course:
    taken = steps_taken([flag])
    course = Course(
        opened_on=flag.opened_on,
        level=flag.level,
        has_action=(flag.id, StepKind.ACTION) in taken,
        is_resolved=(flag.id, StepKind.SETTLED) in taken,
    )
    return replace(course, level=level)


def _state_of(flag: Flag) -> FlagState:
    if flag.snoozed_until is not None and flag.snoozed_until > clock.today(programme_zone()):
        return FlagState.SNOOZED
    return FlagState.ACKNOWLEDGED if flag.acknowledged_at is not None else FlagState.OPEN
