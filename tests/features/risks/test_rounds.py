"""Flags nobody takes up pass on, and the night changes nothing twice."""

import datetime as dt

import pytest
from sqlalchemy import select

from peerlink.errors import NotFound
from peerlink.features.accounts.models import Account
from peerlink.features.risks import service
from peerlink.features.risks.models import Flag, FlagStep, RuleCount, StepKind
from peerlink.features.risks.passing import pass_on
from peerlink.features.risks.queries import get_flag_to_move
from peerlink.features.risks.rounds import nightly_round
from peerlink.framework.vocabularies import ContactRequest
from peerlink.roles import Viewer
from peerlink.store import gate
from peerlink.store.session import reading, session, transaction
from tests.features.risks.happenings import (
    WORN,
    amina_answers,
    answers,
    in_days,
    in_hours,
    open_flags,
    today,
)
from tests.support.cast import AMINA_ID, DANA, SOL, ZOE_ID

pytestmark = pytest.mark.usefixtures("the_cast")


def amina_flag(rule: str = "R20") -> Flag:
    return open_flags(AMINA_ID)[rule]


def as_somebody(viewer: Viewer) -> gate.Access:
    return gate.Access(viewer.account_id, viewer.opens(), set())


def dana_does(deed: object, *args: object, rule: str = "R20") -> object:
    """Let Dana do a deed of the service about Amina's flag."""
    with gate.access(as_somebody(DANA.viewer)), transaction():
        flag = get_flag_to_move(amina_flag(rule).id, DANA.viewer)
        first = [flag] if deed in (service.act, service.record_talk, service.let_rest) else flag
        return deed(first, *args, DANA.viewer)  # type: ignore[operator]


@pytest.mark.parametrize(("hours", "passed"), [(23, False), (24, True)])
def test_a_critical_flag_nobody_takes_up_passes_on_after_a_day(hours: int, passed: bool) -> None:
    amina_answers(ContactRequest.TODAY)
    with in_hours(hours), transaction(), gate.opened("a test"):
        pass_on(today())
    assert (amina_flag().passed_to == SOL.viewer.account_id) is passed


@pytest.mark.parametrize(("hours", "passed"), [(7 * 24 - 1, False), (7 * 24, True)])
def test_an_alert_nobody_takes_up_passes_on_after_a_week(hours: int, passed: bool) -> None:
    amina_answers(**WORN)
    with in_hours(hours), transaction(), gate.opened("a test"):
        pass_on(today())
        pass_on(today())
    assert (amina_flag().passed_to == SOL.viewer.account_id) is passed


def test_what_somebody_has_taken_up_is_not_passed_on() -> None:
    amina_answers(ContactRequest.TODAY)
    dana_does(service.acknowledge, "On my way.")
    with in_days(9), transaction(), gate.opened("a test"):
        pass_on(today())
    assert amina_flag().passed_to is None


def test_a_volunteer_whom_nobody_supervises_is_handed_to_a_supervisor_at_once() -> None:
    answers(ZOE_ID, **WORN)
    assert open_flags(ZOE_ID)["R20"].passed_to in {DANA.viewer.account_id, SOL.viewer.account_id}


def test_a_supervisor_never_handles_a_flag_about_themself() -> None:
    with transaction(), gate.opened("a test"):
        session.get_one(Account, DANA.viewer.account_id).person_id = AMINA_ID
    amina_answers(**WORN)
    flag = amina_flag()
    assert flag.passed_to == SOL.viewer.account_id
    named = Viewer(DANA.viewer.account_id, DANA.viewer.roles, AMINA_ID)
    with gate.access(as_somebody(named)), transaction(), pytest.raises(NotFound):
        get_flag_to_move(flag.id, named)


def test_the_night_changes_nothing_the_second_time() -> None:
    amina_answers(**WORN)
    with transaction():
        nightly_round(today())
    once = picture()
    with transaction():
        nightly_round(today())
    assert picture() == once


def picture() -> list[object]:
    with reading():
        flags = select(Flag.id, Flag.version, Flag.level, Flag.state).order_by(Flag.id)
        counts = select(RuleCount.rule, RuleCount.on, RuleCount.level, RuleCount.n).order_by(
            RuleCount.on, RuleCount.rule, RuleCount.subject_kind, RuleCount.level
        )
        steps = select(FlagStep.id).where(FlagStep.kind != StepKind.ACTION).order_by(FlagStep.id)
        return [list(session.execute(one)) for one in (flags, counts, steps)]


def test_month_ends_are_kept_and_the_days_between_forgotten() -> None:
    last = today().replace(day=1) - dt.timedelta(days=1)
    with transaction():
        nightly_round(today())
    with in_days(1), transaction():
        nightly_round(today())
    with reading(), in_days(1):
        days = set(session.scalars(select(RuleCount.on)))
    assert last in days
    assert len(days - {last}) <= 2
