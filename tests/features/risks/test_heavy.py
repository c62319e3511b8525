"""What follows a heavy contact by itself, what stops it, and the call that was asked for."""

import datetime as dt
import uuid
from collections.abc import Iterator

import pytest
from sqlalchemy import select

from peerlink import clock, events
from peerlink.events import Event, Wording, listen
from peerlink.features.contacts import service as contacts
from peerlink.features.contacts.models import Contact
from peerlink.features.indicators import gather
from peerlink.features.programmes.queries import limits
from peerlink.features.risks.events import TaskGiven
from peerlink.features.risks.models import Task
from peerlink.features.risks.rulebook import Subject
from peerlink.features.risks.rules import rule_of
from peerlink.features.safety import service as safety
from peerlink.features.safety.models import SafetyCall
from peerlink.features.supervision import service as supervision
from peerlink.features.supervision.models import Supervision
from peerlink.features.supervision.rules import HeldDraft
from peerlink.features.volunteers.models import Volunteer
from peerlink.framework.care_words import Way
from peerlink.framework.levels import Level
from peerlink.framework.vocabularies import ContactRequest, SupervisionKind, SupervisionStatus
from peerlink.roles import Role
from peerlink.store import gate
from peerlink.store.session import reading, session, transaction
from tests.factories.contacts import a_contact, a_draft
from tests.features.risks.happenings import in_days, today
from tests.support.cast import AMINA, AMINA_ID, DANA

pytestmark = pytest.mark.usefixtures("the_cast")
SCHEDULED, CANCELLED = SupervisionStatus.SCHEDULED, SupervisionStatus.CANCELLED


@pytest.fixture
def heard() -> Iterator[list[Event]]:
    told: list[Event] = []
    listen(Event, told.append)
    yield told
    events._listeners[Event].remove(told.append)


def heavy(days_ago: int = 0, tag: str = "suicidality") -> uuid.UUID:
    at = clock.now() - dt.timedelta(days=days_ago, minutes=40)
    return a_contact(at=at, difficulty=frozenset({tag})).contact_id


def sessions() -> list[tuple[SupervisionStatus, dt.date, uuid.UUID | None]]:
    with reading():
        rows = session.scalars(select(Supervision).order_by(Supervision.held_on)).all()
        return [(one.status, one.held_on, one.about_contact_id) for one in rows]


def words() -> list[tuple[dt.date, bool]]:
    with reading():
        rows = session.scalars(select(Task).where(Task.way == Way.WORD).order_by(Task.due_on)).all()
        return [(one.due_on, one.done_at is not None) for one in rows]


def in_days_of(n: int) -> dt.date:
    return today() + dt.timedelta(days=n)


def by_then(n: int) -> dt.date:
    """Return the last working day of so many, today where there is none."""
    days = [today() + dt.timedelta(days=ahead) for ahead in range(n + 1)]
    return next((day for day in reversed(days) if day.weekday() < 5), days[-1])


def talked(kind: SupervisionKind = SupervisionKind.DEBRIEF, about: uuid.UUID | None = None) -> None:
    with transaction(), gate.opened("a test talks"):
        amina = session.get_one(Volunteer, AMINA_ID)
        draft = HeldDraft(held_on=today())
        supervision.record_held(amina, kind, draft, by=DANA.viewer.account_id, about_contact_id=about)


def test_a_heavy_contact_books_a_debrief_within_three_days_and_a_word_the_next(heard: list[Event]) -> None:
    contact_id = heavy()
    assert sessions() == [(SCHEDULED, by_then(3), contact_id)]
    assert words() == [(in_days_of(1), False)]
    with reading():
        assert session.scalars(select(Supervision)).one().supervisor_id == DANA.viewer.account_id
    told = [message for one in heard if isinstance(one, TaskGiven) for message in one.messages()]
    assert [(one.to, one.wording) for one in told] == [(DANA.viewer.account_id, Wording.UPDATE)]


def test_a_light_or_missed_contact_books_nothing() -> None:
    a_contact(effort=4)
    a_contact(difficulty=frozenset({"no_show"}))
    assert sessions() == []
    assert words() == []


def test_several_heavy_contacts_share_one_debrief_that_clears_them_all() -> None:
    heavy()
    heavy(tag="crisis")
    assert sessions() == [(SCHEDULED, by_then(3), None)], "about no single one, so that it clears both"
    assert words() == [(in_days_of(1), False)]


def test_what_was_written_down_late_is_due_at_once() -> None:
    heavy(days_ago=5)
    assert [one[:2] for one in sessions()] == [(SCHEDULED, today())]
    assert words() == [(today(), False)]


def test_a_talk_that_is_planned_by_then_is_enough() -> None:
    with transaction(), gate.opened("a test plans"):
        amina = session.get_one(Volunteer, AMINA_ID)
        supervision.schedule(amina, SupervisionKind.ONE_TO_ONE, in_days_of(3), by=DANA.viewer.account_id)
    heavy()
    assert len(sessions()) == 1
    assert words() == [(in_days_of(1), False)]


def test_a_talk_planned_for_later_is_not() -> None:
    with transaction(), gate.opened("a test plans"):
        amina = session.get_one(Volunteer, AMINA_ID)
        supervision.schedule(amina, SupervisionKind.ONE_TO_ONE, in_days_of(4), by=DANA.viewer.account_id)
    heavy()
    assert [on for _status, on, _about in sessions()] == [by_then(3), in_days_of(4)]


def test_a_talk_that_took_place_already_leaves_nothing_to_book() -> None:
    talked()
    heavy()
    assert [status for status, *_rest in sessions()] == [SupervisionStatus.HELD]
    assert words() == []


@pytest.mark.parametrize("kind", [SupervisionKind.DEBRIEF, SupervisionKind.ONE_TO_ONE])
def test_any_talk_after_it_does_the_word_and_calls_off_the_debrief(kind: SupervisionKind) -> None:
    heavy()
    talked(kind)
    assert sorted(status for status, *_rest in sessions()) == [CANCELLED, SupervisionStatus.HELD]
    assert words() == [(in_days_of(1), True)]


def test_a_group_meeting_is_no_debrief() -> None:
    heavy()
    talked(SupervisionKind.GROUP)
    assert SCHEDULED in [status for status, *_rest in sessions()]
    assert words() == [(in_days_of(1), False)]


def test_a_debrief_about_another_contact_does_not_clear_this_one() -> None:
    first = heavy(days_ago=1)
    heavy()
    talked(about=first)
    assert SCHEDULED in [status for status, *_rest in sessions()]


def test_a_contact_put_right_to_not_heavy_takes_both_away() -> None:
    contact_id = heavy()
    with transaction(), gate.opened("a test puts it right"):
        right = a_draft(id=contact_id, at=clock.now() - dt.timedelta(minutes=40))
        contacts.change_contact(contact_id, right, AMINA.viewer)
    assert [status for status, *_rest in sessions()] == [CANCELLED]
    assert words() == []


def test_a_contact_taken_back_takes_both_away() -> None:
    contact_id = heavy()
    with transaction(), gate.opened("a test takes it back"):
        contacts.take_back(contact_id, AMINA.viewer)
    assert [status for status, *_rest in sessions()] == [CANCELLED]
    assert words() == []


def test_one_of_two_put_right_leaves_the_other_its_debrief() -> None:
    first, second = heavy(), heavy(tag="crisis")
    with transaction(), gate.opened("a test"):
        contacts.take_back(second, AMINA.viewer)
    assert sessions() == [(SCHEDULED, by_then(3), first)]
    assert words() == [(in_days_of(1), False)]


def test_a_contact_that_becomes_heavy_when_put_right_books_both() -> None:
    facts = a_contact()
    with transaction(), gate.opened("a test"):
        contacts.change_contact(
            facts.contact_id,
            a_draft(id=facts.contact_id, difficulty=frozenset({"bereavement"})),
            AMINA.viewer,
        )
    assert len(sessions()) == 1
    assert len(words()) == 1


def test_what_is_booked_keeps_r26_quiet_when_it_is_held_and_not_when_it_is_missed() -> None:
    heavy()

    def found() -> Level:
        with reading(), gate.opened("a test judges"):
            facts = gather.volunteer_facts(today(), [AMINA_ID], recount=True)[AMINA_ID]
            parts = rule_of("R26", Subject.VOLUNTEER).judge(facts, limits()).parts
            return parts[2].level

    with in_days(4):
        assert found() is Level.CRITICAL
    with in_days(3), transaction(), gate.opened("a test holds it"):
        planned = session.scalars(select(Supervision)).one()
        supervision.hold(planned, HeldDraft(held_on=today()), by=DANA.viewer.account_id)
    with in_days(4):
        assert found() is Level.OK


def test_where_nobody_looks_after_somebody_a_coordinator_has_the_word() -> None:
    with transaction():
        session.get_one(Volunteer, AMINA_ID).supervisor_id = None
    heavy()
    assert sessions() == []
    with reading():
        assert session.scalars(select(Task.owner_role)).one() is Role.COORDINATOR


def asks(wish: ContactRequest) -> None:
    with reading():
        contact_id = session.scalars(select(Contact.id)).first()
    assert contact_id is not None
    with transaction(), gate.opened("a test asks"):
        contacts.ask_call(contact_id, wish, AMINA.viewer)


def calls() -> list[tuple[Way | None, dt.date, bool]]:
    with reading():
        rows = session.scalars(select(Task).where(Task.way != Way.WORD)).all()
        return [(one.way, one.due_on, one.done_at is not None) for one in rows]


def test_a_call_asked_for_is_on_the_supervisors_list_until_they_talk(heard: list[Event]) -> None:
    a_contact(effort=4)
    asks(ContactRequest.THIS_WEEK)
    assert calls() == [(Way.CALL_WEEK, in_days_of(7), False)]
    asks(ContactRequest.TODAY)
    assert calls() == [(Way.CALL_TODAY, today(), False)], "sooner, and still one"
    told = [message for one in heard if isinstance(one, TaskGiven) for message in one.messages()]
    assert [one.wording for one in told] == [Wording.UPDATE, Wording.NOW]
    talked()
    assert calls() == [(Way.CALL_TODAY, today(), True)]


def test_a_call_taken_care_of_by_whoever_was_on_duty_leaves_the_list() -> None:
    a_contact(effort=4)
    asks(ContactRequest.TODAY)
    with transaction(), gate.opened("a test closes the call"):
        call = session.scalars(select(SafetyCall)).one()
        safety.close_call(call, "Rang, and agreed on Monday.", by=DANA.viewer.account_id)
    assert calls() == [(Way.CALL_TODAY, today(), True)]
