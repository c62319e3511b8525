"""Flags open, rise, fall and close with what happens, in the transaction in which it happens."""

import datetime as dt
import threading

import pytest
from sqlalchemy import select

from peerlink.errors import NotFound, Refused
from peerlink.features.accounts.models import Account
from peerlink.features.risks import service
from peerlink.features.risks.deeds import ActionDraft, NotNow
from peerlink.features.risks.judging import judge_volunteers
from peerlink.features.risks.keeping import keep
from peerlink.features.risks.models import Flag, FlagState, FlagStep, RuleCount, StepKind
from peerlink.features.risks.passing import pass_on
from peerlink.features.risks.queries import get_flag_to_move, held_back
from peerlink.features.risks.rounds import nightly_round
from peerlink.features.risks.rulebook import Subject
from peerlink.features.supervision.models import Supervision
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.wellbeing import service as wellbeing
from peerlink.features.wellbeing.models import Checkin
from peerlink.features.wellbeing.rules import CheckinDraft
from peerlink.framework.levels import Level
from peerlink.framework.vocabularies import ContactRequest, SupervisionStatus, VolunteerStatus
from peerlink.roles import Viewer
from peerlink.store import gate
from peerlink.store.session import reading, session, transaction
from tests.features.risks.happenings import (
    FINE,
    WORN,
    amina_answers,
    answers,
    in_days,
    in_hours,
    open_flags,
    today,
)
from tests.support.cast import AMINA, AMINA_ID, BEN_ID, DANA, SOL, ZOE_ID

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


def test_a_check_in_that_crosses_a_line_raises_its_flag_in_the_same_transaction() -> None:
    with transaction(), gate.opened("a test answers"):
        checkin = wellbeing.ask(AMINA_ID, today())
        draft = CheckinDraft(FINE, ContactRequest.TODAY)
        wellbeing.answer(checkin, draft, by=AMINA.viewer.account_id)
        raised = session.scalars(select(Flag).where(Flag.rule == "R20")).one()
        assert (raised.level, raised.state) == (Level.CRITICAL, FlagState.OPEN)


def test_a_dropped_answer_leaves_neither_answer_nor_flag() -> None:
    class Dropped(Exception):
        pass

    def answer_and_drop() -> None:
        with transaction():
            amina_answers(ContactRequest.TODAY)
            raise Dropped

    with pytest.raises(Dropped):
        answer_and_drop()
    assert "R20" not in open_flags(AMINA_ID)
    with reading():
        assert session.scalars(select(Checkin.id)).all() == []


def test_a_check_in_that_crosses_no_line_raises_nothing() -> None:
    amina_answers()
    assert "R20" not in open_flags(AMINA_ID)


def test_one_volunteers_answer_moves_nobody_elses_flags() -> None:
    answers(BEN_ID, **WORN)
    assert "R20" in open_flags(BEN_ID)
    assert open_flags(AMINA_ID) == {}


def test_a_flag_rises_with_what_is_found_and_is_asked_about_anew() -> None:
    amina_answers(**{f"v{n}": 2 for n in range(1, 8)})
    assert amina_flag().level is Level.WATCH
    dana_does(service.acknowledge, "I will ring.")
    assert amina_flag().state is FlagState.ACKNOWLEDGED
    with in_days(30):
        amina_answers(**WORN)
    risen = amina_flag()
    assert (risen.level, risen.state, risen.acknowledged_at) == (Level.CRITICAL, FlagState.OPEN, None)
    assert risen.since_on == risen.opened_on + dt.timedelta(days=30)


def test_a_flag_does_not_fall_before_its_clears_text_came_true() -> None:
    amina_answers(**WORN)
    for month in (1, 2, 3):
        with in_days(30 * month):
            amina_answers()
    assert amina_flag().level is Level.ALERT, "no action is recorded"


def test_a_cleared_alert_waits_for_a_person_and_closes_with_a_note() -> None:
    amina_answers(**WORN)
    dana_does(service.act, ActionDraft(code="A01"))
    for month in (1, 2):
        with in_days(30 * month):
            amina_answers()
    flag = amina_flag()
    assert flag.may_close_on is not None
    with pytest.raises(Refused):
        dana_does(service.close, " ")
    dana_does(service.close, "She sleeps again.")
    assert "R20" not in open_flags(AMINA_ID)


def test_a_flag_is_not_closed_by_wish() -> None:
    amina_answers(**WORN)
    with pytest.raises(Refused):
        dana_does(service.close, "It will pass.")


def test_a_watch_closes_by_itself() -> None:
    amina_answers(v8=1)
    assert amina_flag("R10").level is Level.WATCH
    for month in (1, 2):
        with in_days(30 * month):
            amina_answers()
    assert "R10" not in open_flags(AMINA_ID)


def test_who_leaves_service_keeps_no_flag_but_those_a_person_closes() -> None:
    amina_answers(**WORN, v8=1)
    with transaction(), gate.opened("a test"):
        session.get_one(Volunteer, AMINA_ID).status = VolunteerStatus.LEFT
        keep(judge_volunteers(today(), [AMINA_ID]), today(), subject=Subject.VOLUNTEER, ids=[AMINA_ID])
    flags = open_flags(AMINA_ID)
    assert "R10" not in flags
    assert flags["R20"].may_close_on == today()


def test_two_at_once_raise_one_flag() -> None:
    with transaction(), gate.opened("a test"):
        session.add(
            Checkin(
                subject_id=AMINA_ID, volunteer_id=AMINA_ID, due_on=today(), answered_on=today(),
                status="answered", answers={**FINE, **WORN}, request="today",
            )
        )  # fmt: skip
    ready = threading.Barrier(2)
    troubles: list[BaseException] = []

    def judge() -> None:
        try:
            ready.wait(5)
            with transaction(), gate.opened("a test judges"):
                judged = judge_volunteers(today(), [AMINA_ID])
                keep(judged, today(), subject=Subject.VOLUNTEER, ids=[AMINA_ID])
        except BaseException as trouble:
            troubles.append(trouble)

    both = [threading.Thread(target=judge) for _n in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert troubles == []
    with reading():
        rules = session.scalars(select(Flag.rule).where(Flag.about_id == AMINA_ID)).all()
    assert len(rules) == len(set(rules)) > 0


def test_a_flag_rests_for_28_days_at_most_and_never_where_safety_hangs_on_it() -> None:
    amina_answers(v8=1, **WORN)
    with pytest.raises(Refused):
        dana_does(service.snooze, today() + dt.timedelta(days=29), "Later.", rule="R10")
    with pytest.raises(Refused):
        dana_does(service.snooze, today() + dt.timedelta(days=7), "", rule="R10")
    with pytest.raises(Refused):
        dana_does(service.let_rest, NotNow.TALKED, rule="R20")
    dana_does(service.snooze, today() + dt.timedelta(days=28), "Agreed.", rule="R10")
    assert amina_flag("R10").state is FlagState.SNOOZED


def test_a_resting_flag_comes_back_on_its_day() -> None:
    amina_answers(v8=1)
    dana_does(service.let_rest, NotNow.ONE_OFF, rule="R10")
    for days, state in ((27, FlagState.SNOOZED), (28, FlagState.OPEN)):
        with in_days(days), transaction():
            nightly_round(today())
        assert amina_flag("R10").state is state


def test_an_action_books_the_session_by_its_day_and_can_be_taken_back() -> None:
    amina_answers(**WORN)
    deed_id = dana_does(service.act, ActionDraft(code="A06"))
    with reading():
        session_made = session.scalars(select(Supervision)).one()
        assert session_made.held_on == today() + dt.timedelta(days=7)
        assert session_made.supervisor_id == DANA.viewer.account_id
    assert amina_flag().state is FlagState.ACKNOWLEDGED
    with gate.access(as_somebody(DANA.viewer)), transaction():
        service.take_back(deed_id, DANA.viewer)
    with reading():
        assert session.scalars(select(Supervision)).one().status is SupervisionStatus.CANCELLED
    assert amina_flag().state is FlagState.OPEN


def test_nobody_takes_back_what_somebody_else_did() -> None:
    amina_answers(**WORN)
    deed_id = dana_does(service.act, ActionDraft(code="A06"))
    with gate.access(as_somebody(SOL.viewer)), transaction(), pytest.raises(NotFound):
        service.take_back(deed_id, SOL.viewer)


def test_a_pause_of_new_matches_puts_back_what_was_before() -> None:
    amina_answers(**WORN)
    deed_id = dana_does(service.act, ActionDraft(code="A04", days=28))
    with reading():
        assert session.get_one(Volunteer, AMINA_ID).no_new_matches_until == today() + dt.timedelta(days=28)
    with gate.access(as_somebody(DANA.viewer)), transaction():
        service.take_back(deed_id, DANA.viewer)
    with reading():
        assert session.get_one(Volunteer, AMINA_ID).no_new_matches_until is None


def test_a_talk_is_a_session_and_answers_the_wish_to_be_called() -> None:
    amina_answers(ContactRequest.TODAY)
    assert amina_flag().level is Level.CRITICAL
    dana_does(service.record_talk, "She is safe, and tired.")
    with reading():
        assert session.scalars(select(Supervision)).one().status is SupervisionStatus.HELD
    assert amina_flag().acknowledged_by == DANA.viewer.account_id


def test_an_alert_is_taken_up_with_a_word_about_it() -> None:
    amina_answers(**WORN)
    with pytest.raises(Refused):
        dana_does(service.acknowledge, None)
    dana_does(service.acknowledge, "I ring her tonight.")
    with pytest.raises(Refused):
        dana_does(service.acknowledge, "Again.")


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


def test_a_critical_flag_keeps_new_matches_away_until_the_supervisor_releases_it() -> None:
    amina_answers(ContactRequest.TODAY)
    with reading():
        assert held_back(today()) == {AMINA_ID}
    dana_does(service.release, "We agreed on one more.")
    with reading():
        assert held_back(today()) == set()


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
