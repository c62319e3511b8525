"""What the rules do by themselves: every night, and when something happened to one person."""

import calendar
import datetime as dt
import uuid
from collections import Counter
from collections.abc import Iterable

from sqlalchemy import delete, insert, select

from peerlink import clock
from peerlink.events import announce
from peerlink.features.indicators import counters, recount, topics
from peerlink.features.programmes.queries import programme_zone
from peerlink.features.risks.events import CountersWrong
from peerlink.features.risks.judging import (
    Judged,
    evaluate,
    judge_participants,
    judge_programme,
    judge_volunteers,
)
from peerlink.features.risks.keeping import keep
from peerlink.features.risks.missing import ask_for_the_missing
from peerlink.features.risks.models import FlagState, RuleCount, StepKind
from peerlink.features.risks.queries import lock_open_flags
from peerlink.features.risks.rulebook import Subject
from peerlink.features.risks.standing_again import stand_again
from peerlink.features.risks.steps import write_step
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.queries import SERVING
from peerlink.store import gate
from peerlink.store.session import session

CHECKED_EVERY = 50
"""One in so many volunteers has their counters compared with the contacts each night, all on Sundays."""
SUNDAY = 6


def nightly_round(today: dt.date) -> None:
    """Do what time alone changes: counters, month ends, flags; doing it twice a day changes nothing."""
    with gate.opened("the rules judge without showing"):
        counters.advance(today)
        check_counters(today)
        _keep_month_end(today)
        judged = evaluate(today)
        _count(judged, today)
        wake(today)
        keep(judged, today)
        ask_for_the_missing(judged, today)


def look_again_at_volunteer(volunteer_id: uuid.UUID) -> None:
    """Judge one volunteer anew, in the transaction that changed something about them."""
    _look_again(Subject.VOLUNTEER, volunteer_id)


def look_again_as_before(volunteer_id: uuid.UUID, since: dt.datetime) -> None:
    """Judge one volunteer anew after something of a moment ago was taken back.

    What fell or closed since stands as it did, as far as it would without what has been taken back.
    """
    today = clock.today(programme_zone())
    with gate.opened("the rules judge without showing"):
        session.flush()
        judged = judge_volunteers(today, [volunteer_id])
        stand_again(judged, since)
        keep(judged, today, subject=Subject.VOLUNTEER, ids=[volunteer_id])


def look_again_at_participant(participant_id: uuid.UUID) -> None:
    """Judge one participant anew."""
    _look_again(Subject.PARTICIPANT, participant_id)


def look_again_at_everybody() -> None:
    """Judge everybody and the programme anew, before the night has come."""
    today = clock.today(programme_zone())
    with gate.opened("the rules judge without showing"):
        session.flush()
        counters.advance(today)
        keep_evaluated(evaluate(today), today)


def keep_evaluated(judged: Iterable[Judged], on: dt.date) -> None:
    """Keep what an evaluation of everything found on a day."""
    found = list(judged)
    _count(found, on)
    keep(found, on)


def check_counters(today: dt.date) -> int:
    """Compare some counters with the contacts, all of them on Sundays; where they differ count anew."""
    serving = session.scalars(select(Volunteer.id).where(Volunteer.status.in_(SERVING)))
    everybody = today.weekday() == SUNDAY
    some = [
        one for one in serving if everybody or one.int % CHECKED_EVERY == today.toordinal() % CHECKED_EVERY
    ]
    topics.forget(some)
    wrong = recount.differing(today, some)
    if wrong:
        announce(CountersWrong(by=None, n_volunteers=len(wrong)))
        recount.rebuild(today)
    return len(wrong)


def wake(today: dt.date) -> None:
    """Let flags that were put off come back on their day."""
    for flag in lock_open_flags():
        if flag.state is FlagState.SNOOZED and flag.snoozed_until is not None and flag.snoozed_until <= today:
            flag.state = FlagState.ACKNOWLEDGED if flag.acknowledged_at else FlagState.OPEN
            flag.snoozed_until = None
            write_step(flag, StepKind.WOKE)


def _look_again(subject: Subject, about_id: uuid.UUID) -> None:
    today = clock.today(programme_zone())
    judge = judge_volunteers if subject is Subject.VOLUNTEER else judge_participants
    with gate.opened("the rules judge without showing"):
        session.flush()
        if subject is Subject.VOLUNTEER:
            counters.reach(about_id, today)
        keep(judge(today, [about_id]), today, subject=subject, ids=[about_id])


def _keep_month_end(today: dt.date) -> None:
    last = today.replace(day=1) - dt.timedelta(days=1)
    asked = select(RuleCount.rule).where(RuleCount.on == last).limit(1)
    if session.scalar(asked) is None:
        _count(judge_programme(last), last)


def _count(judged: Iterable[Judged], on: dt.date) -> None:
    n = Counter((one.rule.id, one.rule.subject, one.level) for one in judged)
    told = Counter((one.rule.id, one.rule.subject, one.finding.objective().level) for one in judged)
    session.execute(delete(RuleCount).where(RuleCount.on == on))
    rows = [
        {"on": on, "rule": rule, "subject_kind": subject, "level": level}
        | {"n": n[rule, subject, level], "n_told": told[rule, subject, level]}
        for rule, subject, level in {*n, *told}
    ]
    if rows:
        session.execute(insert(RuleCount), rows)
    _forget_days_between(on)


def _forget_days_between(on: dt.date) -> None:
    for day in session.scalars(select(RuleCount.on).where(RuleCount.on < on).distinct()):
        if day.day != calendar.monthrange(day.year, day.month)[1]:
            session.execute(delete(RuleCount).where(RuleCount.on == day))
