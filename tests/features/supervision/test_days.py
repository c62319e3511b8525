"""A session is booked for a day on which somebody is there, and lands with whoever looks after her then."""

import datetime as dt
import uuid

import pytest
from sqlalchemy import select

from peerlink import clock
from peerlink.events import listen
from peerlink.features.risks import service as risks
from peerlink.features.risks.deeds import ActionDraft
from peerlink.features.risks.events import TaskGiven
from peerlink.features.risks.queries import get_flag_to_move
from peerlink.features.supervision import covering, service
from peerlink.features.supervision.covering import CoverDraft
from peerlink.features.supervision.days import day_by
from peerlink.features.supervision.models import Supervision
from peerlink.features.supervision.rules import HeldDraft
from peerlink.features.volunteers.models import Cover, Volunteer
from peerlink.framework.vocabularies import ContactRequest
from peerlink.store import gate
from peerlink.store.session import reading, session, transaction
from tests.factories.contacts import a_contact
from tests.features.risks.happenings import WORN, amina_answers, open_flags, today
from tests.features.supervision.deeds import DANA, DAY, SOL, planned, sessions
from tests.support import cast
from tests.support.visitor import Visitor

pytestmark = pytest.mark.usefixtures("the_cast")
MON, TUE, WED, THU, FRI, SAT, SUN = range(7)
NOON = dt.time(12)


def the_next(weekday: int) -> dt.datetime:
    """Return noon of the next such day, tomorrow or later."""
    first = clock.today("Europe/London") + DAY
    on = first + ((weekday - first.weekday()) % 7) * DAY
    return dt.datetime.combine(on, NOON, dt.UTC)


def away(first: int, last: int, *, by: uuid.UUID | None, of: uuid.UUID = DANA) -> None:
    with transaction(), gate.opened("a test arranges a cover"):
        draft = CoverDraft(from_on=today() + first * DAY, until_on=today() + last * DAY, by_id=by)
        covering.arrange_cover(of, draft, by=of)


def acts(who: cast.Person = cast.DANA, code: str = "A06") -> None:
    granted = gate.Access(who.viewer.account_id, who.viewer.opens(), set())
    with gate.access(granted), transaction():
        flag = get_flag_to_move(open_flags(cast.AMINA_ID)["R20"].id, who.viewer)
        risks.act([flag], ActionDraft(code=code), who.viewer)


def booked() -> list[tuple[int, uuid.UUID | None]]:
    """Return in how many days each session is, and who holds it."""
    with reading():
        rows = session.scalars(select(Supervision).order_by(Supervision.held_on)).all()
        return [((one.held_on - today()).days, one.supervisor_id) for one in rows]


@pytest.mark.parametrize(
    ("weekday", "critical", "days"),
    [
        (MON, False, 7),
        (SAT, False, 6),
        (SUN, False, 5),
        (MON, True, 2),
        (THU, True, 1),
        (FRI, True, 0),
        (SAT, True, 2),
        (SUN, True, 2),
    ],
)
def test_it_is_within_seven_or_two_days_and_on_no_weekend(weekday: int, critical: bool, days: int) -> None:
    with clock.turned_to(the_next(weekday)):
        if critical:
            amina_answers(ContactRequest.TODAY)
        else:
            amina_answers(**WORN)
        acts()
        assert booked() == [(days, DANA)]
        assert (today() + days * DAY).weekday() < SAT


def test_where_everything_left_is_a_weekend_the_due_day_stands() -> None:
    with clock.turned_to(the_next(SAT)), reading():
        amina = session.get_one(Volunteer, cast.AMINA_ID)
        assert day_by(amina, today()) == today()
        assert day_by(amina, today() + DAY) == today() + DAY
        assert day_by(amina, today() + 2 * DAY) == today() + 2 * DAY


@pytest.mark.parametrize(
    ("first", "last", "by", "days", "holder"),
    [
        (0, 20, SOL, 7, SOL),
        (7, 7, SOL, 7, SOL),
        (0, 6, SOL, 7, DANA),
        (8, 20, SOL, 7, DANA),
        (4, 20, None, 3, DANA),
        (2, 6, None, 7, DANA),
        (0, 20, None, 7, DANA),
    ],
)
@pytest.mark.parametrize("who", [cast.DANA, cast.SOL])
def test_it_lands_with_whoever_looks_after_her_that_day(
    who: cast.Person, first: int, last: int, by: uuid.UUID | None, days: int, holder: uuid.UUID
) -> None:
    with clock.turned_to(the_next(MON)):
        amina_answers(**WORN)
        away(first, last, by=by)
        if who is cast.SOL and (by is None or first > 0):
            return
        acts(who)
        assert booked() == [(days, holder)]


def test_a_reader_of_her_choice_holds_what_they_plan_themself() -> None:
    with clock.turned_to(the_next(MON)):
        with transaction():
            session.get_one(Volunteer, cast.AMINA_ID).reader_id = SOL
        amina_answers(**WORN)
        acts(cast.SOL)
        assert booked() == [(7, SOL)]


@pytest.mark.parametrize(("weekday", "days"), [(MON, 3), (TUE, 3), (WED, 2), (THU, 1), (FRI, 3), (SAT, 3)])
def test_a_debrief_is_booked_within_three_days_and_on_no_weekend(weekday: int, days: int) -> None:
    with clock.turned_to(the_next(weekday)):
        a_contact(at=clock.now() - dt.timedelta(minutes=40), difficulty=frozenset({"crisis"}))
        assert booked() == [(days, DANA)]


@pytest.mark.parametrize(("by", "told"), [(SOL, SOL), (None, DANA)])
def test_a_debrief_and_the_word_about_it_go_to_whoever_covers(by: uuid.UUID | None, told: uuid.UUID) -> None:
    heard: list[TaskGiven] = []
    listen(TaskGiven, heard.append)
    with clock.turned_to(the_next(MON)):
        away(0, 10, by=by)
        a_contact(at=clock.now() - dt.timedelta(minutes=40), difficulty=frozenset({"crisis"}))
        assert booked() == [(3, told)]
        assert [one.to for one in heard] == [told]


def test_what_is_planned_by_hand_lands_there_too() -> None:
    with clock.turned_to(the_next(MON)):
        away(2, 4, by=SOL)
        for days in (1, 3, 5):
            planned(today() + days * DAY)
        assert sessions("supervisor_id") == [DANA, SOL, DANA]


def test_what_the_colleague_would_have_held_goes_back_when_the_cover_ends_early() -> None:
    with clock.turned_to(the_next(MON)):
        away(0, 4, by=SOL)
        planned(today(), of=cast.BEN)
        for days in (0, 3, 5):
            planned(today() + days * DAY)
        assert sessions("supervisor_id") == [SOL, SOL, DANA]
        with transaction():
            (cover,) = session.query(Cover).all()
            covering.end_cover(cover, by=DANA)
        assert sessions("supervisor_id") == [DANA, DANA, DANA]
        assert sessions("supervisor_id", cast.BEN_ID) == [SOL], "their own stay theirs"


def test_what_was_held_while_covered_stays_with_who_held_it() -> None:
    with clock.turned_to(the_next(MON)):
        away(0, 4, by=SOL)
        one = planned(today())
        with transaction(), gate.opened("Sol holds it"):
            service.hold(session.get_one(Supervision, one), HeldDraft(held_on=today()), by=SOL)
        with transaction():
            covering.end_cover(session.query(Cover).one(), by=DANA)
        assert sessions("supervisor_id") == [SOL]


def test_one_planned_before_the_cover_says_who_will_be_there(aminas_phone: Visitor) -> None:
    planned(clock.today("Europe/London") + 3 * DAY)
    assert "with Dana" in aminas_phone.visit("/me/sessions").text
    away(2, 4, by=SOL)
    page = aminas_phone.visit("/me/sessions").text
    assert "with Sol" in page
    assert "with Dana" not in page
