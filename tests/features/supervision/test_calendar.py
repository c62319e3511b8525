"""Sessions in the calendars of both sides: the hour, and for a group one entry."""

import datetime as dt
import uuid
from zoneinfo import ZoneInfo

import pytest

from peerlink.features.accounts.sources import Appointment, appointments_of
from peerlink.features.supervision import covering, gathering, service
from peerlink.features.supervision.models import Supervision
from peerlink.features.supervision.rules import HeldDraft
from peerlink.features.volunteers.models import Volunteer
from peerlink.store import gate
from peerlink.store.session import session, transaction
from tests.features.risks.happenings import in_days
from tests.features.supervision.deeds import DANA, DAY, TODAY, covered, held, planned
from tests.support import cast

pytestmark = pytest.mark.usefixtures("the_cast")
THREE = dt.time(15)


def taken(of: cast.Person, since: dt.date = TODAY - 30 * DAY) -> list[Appointment]:
    granted = gate.Access(None, of.viewer.opens(), {of.viewer.account_id})
    with transaction(), gate.access(granted):
        return appointments_of(of.viewer, since)


def test_an_hour_agreed_on_is_taken_on_both_sides_and_nobody_elses() -> None:
    one = planned(TODAY + 3 * DAY, at=THREE)
    at = dt.datetime.combine(TODAY + 3 * DAY, THREE, ZoneInfo("Europe/London"))
    hers, danas = taken(cast.AMINA), taken(cast.DANA)
    assert hers == [Appointment(one, at.astimezone(dt.UTC), 45, initial="D")]
    assert danas == [Appointment(one, at.astimezone(dt.UTC), 45, initial="A")]
    others = [who for who in cast.EVERYBODY if who not in (cast.AMINA, cast.DANA)]
    assert [taken(who) for who in others] == [[]] * len(others)


def test_without_an_hour_nothing_is_taken() -> None:
    planned(TODAY + 3 * DAY)
    held(TODAY)
    assert taken(cast.AMINA) == taken(cast.DANA) == []


def test_what_was_called_off_is_off_and_what_was_moved_has_no_hour() -> None:
    off, moved = planned(TODAY + 3 * DAY, at=THREE), planned(TODAY, at=THREE)
    with transaction(), gate.opened("a test"):
        service.cancel(session.get_one(Supervision, off), by=DANA)
    assert [(one.id, one.is_off) for one in taken(cast.AMINA)] == [(moved, False), (off, True)]
    with transaction(), gate.opened("a test"):
        draft = HeldDraft(held_on=TODAY - DAY)
        service.hold(session.get_one(Supervision, moved), draft, by=DANA)
    assert [one.id for one in taken(cast.AMINA)] == [off]


def test_a_group_is_one_entry_for_the_supervisor_and_each_others_own() -> None:
    group_id = held(TODAY)
    with transaction(), gate.opened("a test gathers two"):
        session.get_one(Volunteer, cast.BEN_ID).supervisor_id = DANA
        session.flush()
        both = [session.get_one(Volunteer, who) for who in (cast.AMINA_ID, cast.BEN_ID)]
        gathering.plan_group(group_id, both, TODAY + DAY, by=DANA, at=THREE)
    assert [(one.id, one.minutes, one.initial) for one in taken(cast.DANA)] == [(group_id, 90, "")]
    assert len(taken(cast.AMINA)) == len(taken(cast.BEN)) == 1
    assert taken(cast.AMINA)[0].id != taken(cast.BEN)[0].id
    with transaction(), gate.opened("a test calls it off"):
        gathering.call_group_off(gathering.get_group(group_id, cast.DANA.viewer), by=DANA)
    assert [one.is_off for one in taken(cast.DANA)] == [True]


def test_only_what_is_from_a_day_on_is_given() -> None:
    planned(TODAY + 3 * DAY, at=THREE)
    assert taken(cast.AMINA, TODAY + 4 * DAY) == []
    assert len(taken(cast.AMINA, TODAY + 3 * DAY)) == 1


def in_calendars() -> dict[str, list[dt.date]]:
    """Return on which days whose calendar has something."""
    everybody = {"Amina": cast.AMINA, "Dana": cast.DANA, "Sol": cast.SOL}
    return {name: [one.starts_at.date() for one in taken(who)] for name, who in everybody.items()}


@pytest.mark.parametrize("now", [0, 3, 6])
def test_on_the_days_of_a_cover_they_are_in_the_calendar_of_who_covers(now: int) -> None:
    before, first, last, after = (TODAY + days * DAY for days in (1, 2, 4, 5))
    covered(2, 4)
    for on in (before, first, last, after):
        planned(on, at=THREE)
    with in_days(now):
        assert in_calendars() == {
            "Amina": [before, first, last, after],
            "Dana": [before, after],
            "Sol": [first, last],
        }


def test_one_planned_before_the_cover_moves_over_and_back_when_it_ends() -> None:
    on = TODAY + 3 * DAY
    planned(on, at=THREE)
    one = covered(2, 4)
    assert in_calendars() == {"Amina": [on], "Dana": [], "Sol": [on]}
    assert [one.initial for one in taken(cast.AMINA)] == ["S"]
    assert [one.initial for one in taken(cast.SOL)] == [""], "not before they look after her"
    with in_days(2):
        assert [one.initial for one in taken(cast.SOL)] == ["A"]
    with transaction():
        covering.end_cover(covering.get_cover(one), by=DANA)
    assert in_calendars() == {"Amina": [on], "Dana": [on], "Sol": []}


def test_where_nobody_covers_it_stays_where_it_was() -> None:
    on = TODAY + 3 * DAY
    planned(on, at=THREE)
    covered(2, 4, by=None)
    assert in_calendars() == {"Amina": [on], "Dana": [on], "Sol": []}


def test_a_colleagues_own_sessions_are_not_moved_by_anothers_cover() -> None:
    on = TODAY + 3 * DAY
    planned(on, of=cast.BEN, at=THREE)
    covered(2, 4)
    assert in_calendars() == {"Amina": [], "Dana": [], "Sol": [on]}
    with transaction(), gate.opened("a test moves Ben to nobody"):
        session.get_one(Volunteer, cast.BEN_ID).supervisor_id = None
    assert in_calendars()["Sol"] == []


def test_a_group_of_those_covered_is_one_entry_in_the_calendar_of_who_covers() -> None:
    group_id = uuid.uuid4()
    with transaction(), gate.opened("a test gathers two"):
        session.get_one(Volunteer, cast.BEN_ID).supervisor_id = DANA
        session.flush()
        both = [session.get_one(Volunteer, who) for who in (cast.AMINA_ID, cast.BEN_ID)]
        gathering.plan_group(group_id, both, TODAY + 3 * DAY, by=DANA, at=THREE)
    covered(2, 4)
    assert [one.id for one in taken(cast.SOL)] == [group_id]
    assert taken(cast.DANA) == []
