"""Flags open, rise, fall and close with what happens, in the transaction in which it happens."""

import datetime as dt

import pytest
from sqlalchemy import select

from peerlink.errors import NotFound, Refused
from peerlink.features.risks import service
from peerlink.features.risks.deeds import ActionDraft, NotNow
from peerlink.features.risks.judging import judge_volunteers
from peerlink.features.risks.keeping import keep
from peerlink.features.risks.models import Flag, FlagState
from peerlink.features.risks.queries import get_cared_for, get_flag_to_move, held_back
from peerlink.features.risks.rounds import nightly_round
from peerlink.features.risks.rulebook import Subject
from peerlink.features.supervision.models import Supervision
from peerlink.features.volunteers.models import Volunteer
from peerlink.framework.levels import Level
from peerlink.framework.vocabularies import ContactRequest, SupervisionStatus, VolunteerStatus
from peerlink.roles import Viewer
from peerlink.store import gate
from peerlink.store.session import reading, session, transaction
from tests.features.risks.happenings import (
    WORN,
    amina_answers,
    in_days,
    open_flags,
    today,
)
from tests.support.cast import AMINA_ID, DANA, SOL

pytestmark = pytest.mark.usefixtures("the_cast")


def amina_flag(rule: str = "R20") -> Flag:
    return open_flags(AMINA_ID)[rule]


def as_somebody(viewer: Viewer) -> gate.Access:
    return gate.Access(viewer.account_id, viewer.opens(), set())


def dana_does(deed: object, *args: object, rule: str = "R20") -> object:
    """Let Dana do a deed of the service about Amina's flag."""
    with gate.access(as_somebody(DANA.viewer)), transaction():
        flag = get_flag_to_move(amina_flag(rule).id, DANA.viewer)
        if deed is service.record_talk:
            args = ([flag], *args)
            flag = get_cared_for(AMINA_ID, DANA.viewer)  # type: ignore[assignment]
        first = [flag] if deed in (service.act, service.let_rest) else flag
        return deed(first, *args, DANA.viewer)  # type: ignore[operator]


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
        assert dt.timedelta(days=5) <= session_made.held_on - today() <= dt.timedelta(days=7)
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


def test_a_critical_flag_keeps_new_matches_away_until_the_supervisor_releases_it() -> None:
    amina_answers(ContactRequest.TODAY)
    with reading():
        assert held_back(today()) == {AMINA_ID}
    dana_does(service.release, "We agreed on one more.")
    with reading():
        assert held_back(today()) == set()
