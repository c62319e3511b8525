"""Who is asked, when, and what becomes of a check-in nobody answered."""

import datetime as dt

import pytest
from sqlalchemy import select

from peerlink.errors import Refused
from peerlink.events import Event, Wording, listen
from peerlink.features.programmes.models import Programme
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.wellbeing import service
from peerlink.features.wellbeing.events import CheckinAsked
from peerlink.features.wellbeing.models import Checkin
from peerlink.framework.vocabularies import CheckinStatus, VolunteerStatus
from peerlink.store import gate
from peerlink.store.session import session, transaction
from tests.features.risks.happenings import today
from tests.support import cast

pytestmark = pytest.mark.usefixtures("the_cast")
ASKED, SKIPPED, EXPIRED = CheckinStatus.DUE, CheckinStatus.SKIPPED, CheckinStatus.EXPIRED


def night(days: int = 0) -> tuple[int, int]:
    with transaction(), gate.opened("a test"):
        return service.ask_and_expire(today() + dt.timedelta(days=days))


def of_amina() -> list[tuple[int, CheckinStatus]]:
    """Return Amina's check-ins: days from now on which each is due, and what became of it."""
    with transaction():
        rows = session.scalars(
            select(Checkin).where(Checkin.volunteer_id == cast.AMINA_ID).order_by(Checkin.due_on)
        )
        return [((one.due_on - today()).days, one.status) for one in rows]


def test_those_whose_first_match_is_four_weeks_old_are_asked_once() -> None:
    assert night() == (0, 2)
    assert night() == (0, 0)
    assert of_amina() == [(0, ASKED)]


def test_a_month_goes_by() -> None:
    night()
    assert night(14) == (0, 0)
    assert night(15) == (2, 0)
    assert night(30) == (0, 2)
    assert of_amina() == [(0, EXPIRED), (30, ASKED)]


def test_whoever_was_not_asked_for_months_is_asked_once_and_has_time_to_answer() -> None:
    with transaction(), gate.opened("a test"):
        service.ask(cast.AMINA_ID, today() - dt.timedelta(days=200))
    assert night() == (1, 2)
    assert night(14) == (0, 0)
    assert [days for days, status in of_amina() if status is ASKED] == [0]


def test_a_fortnightly_one_takes_the_place_of_the_one_before() -> None:
    with transaction(), gate.opened("a test"):
        session.scalars(select(Programme)).one().limits = {"checkin.interval_new_days": 14}
    night()
    assert night(14) == (2, 2)
    assert of_amina() == [(0, EXPIRED), (14, ASKED)]


def test_nobody_who_rests_is_asked() -> None:
    with transaction():
        session.get_one(Volunteer, cast.AMINA_ID).status = VolunteerStatus.PAUSED
    assert night() == (0, 1)
    assert of_amina() == []


def test_whoever_is_asked_is_told_once_and_whoever_begins_is_not() -> None:
    told: list[Event] = []
    listen(CheckinAsked, told.append)
    night()
    assert {one.to for event in told for one in event.messages()} == {cast.AMINA_ID, cast.BEN_ID}
    assert {one.wording for event in told for one in event.messages()} == {Wording.FORM}
    told.clear()
    with transaction(), gate.opened("a test"):
        service.ask(cast.ZOE_ID, today(), by=cast.ZOE.viewer.account_id)
    assert [event.messages() for event in told] == [()]


@pytest.mark.parametrize(("days", "able"), [(14, True), (15, False)])
def test_what_was_left_out_can_be_taken_up_while_it_could_be_answered(days: int, able: bool) -> None:
    with transaction(), gate.opened("a test"):
        due = today() - dt.timedelta(days=days)
        checkin = service.ask(cast.AMINA_ID, due, by=cast.AMINA.viewer.account_id)
        service.skip(checkin, "away", words="the sea", by=cast.AMINA.viewer.account_id)
        if able:
            again = service.take_up_latest(cast.AMINA.viewer)
            assert (again.status, again.skipped_reason, again.skipped_words) == (ASKED, None, None)
        else:
            with pytest.raises(Refused, match="too late"):
                service.take_up_latest(cast.AMINA.viewer)
