"""Not back in time: what whoever is out, their buddy and whoever is on duty see, and who stands in."""

import datetime as dt
import uuid

import pytest
from flask import Flask

from peerlink import clock
from peerlink.events import Event
from peerlink.features.accounts.models import ROLE_BITS, Account, AccountState
from peerlink.features.safety.models import LoneVisit
from peerlink.features.safety.watching import watch_visits
from peerlink.features.volunteers.models import Volunteer
from peerlink.framework.safety_words import DutyKind
from peerlink.roles import Role
from peerlink.store import audit, gate
from peerlink.store.session import reading, session, transaction
from tests.features.safety.happenings import HOUR, MINUTE, MONDAY_TEN, at, on_duty, set_out, told
from tests.support import cast
from tests.support.visitor import Visitor

pytestmark = pytest.mark.usefixtures("the_cast")
DUE = MONDAY_TEN + HOUR
SECOND = dt.timedelta(seconds=1)
AMINA, BEN = cast.AMINA_ID, cast.BEN_ID
CHIPO, DANA, SOL = (one.viewer.account_id for one in (cast.CHIPO, cast.DANA, cast.SOL))
ALL_RIGHT, BUDDY_TOLD, ALL_TOLD = (
    "Are you all right? Your buddy is told soon.",
    "Your buddy has been told.",
    "Your buddy and whoever is on duty have been told.",
)


def with_buddy(**changes: object) -> None:
    with transaction(), gate.opened("a test names a buddy"):
        amina = session.get_one(Volunteer, AMINA)
        for name, said in ({"buddy_id": BEN} | changes).items():
            setattr(amina, name, said)


def out() -> uuid.UUID:
    on_duty(cast.CHIPO, DutyKind.COORDINATOR, MONDAY_TEN.date())
    with clock.turned_to(MONDAY_TEN):
        return set_out()


def watched(moment: dt.datetime) -> None:
    with at(moment):
        watch_visits(moment.date())


@pytest.mark.parametrize(
    ("late", "amina", "ben", "chipo"),
    [
        (30 * MINUTE - SECOND, None, False, False),
        (30 * MINUTE, ALL_RIGHT, False, False),
        (45 * MINUTE - SECOND, ALL_RIGHT, False, False),
        (45 * MINUTE, BUDDY_TOLD, True, False),
        (60 * MINUTE - SECOND, BUDDY_TOLD, True, False),
        (60 * MINUTE, ALL_TOLD, True, True),
    ],
    ids=str,
)
def test_what_each_of_the_three_sees(
    app: Flask, late: dt.timedelta, amina: str | None, ben: bool, chipo: bool
) -> None:
    with_buddy()
    visit_id = out()
    for minute in range(-1, 61):
        if minute * MINUTE <= late:
            watched(DUE + minute * MINUTE)
    with clock.turned_to(DUE + late):
        mine = Visitor(app, cast.AMINA).visit(f"/visits/{visit_id}").text
        assert [one for one in (ALL_RIGHT, BUDDY_TOLD, ALL_TOLD) if one in mine] == ([amina] if amina else [])
        assert ("Help now" in mine) is (amina is not None)
        bens = Visitor(app, cast.BEN)
        assert ("Not back from a visit: Amina A." in bens.visit("/").text) is ben
        theirs = bens.visit(f"/visits/{visit_id}")
        assert theirs.status_code == (200 if ben else 404)
        assert ("tel:+447700900101" in theirs.text) is ben
        assert "Room 3" not in theirs.text, "where they are is for whoever is on duty"
        desk = Visitor(app, cast.CHIPO)
        assert ("Not back from a visit: Amina A." in desk.visit("/").text) is chipo
        assert "Room 3" in desk.visit(f"/visits/{visit_id}").text, "somebody knows the place and the time"


def test_that_a_buddy_looked_stands_in_the_trail(app: Flask) -> None:
    with_buddy()
    visit_id = out()
    watched(DUE + 45 * MINUTE)
    with clock.turned_to(DUE + 46 * MINUTE):
        Visitor(app, cast.BEN).visit(f"/visits/{visit_id}")
    with reading():
        looks = audit.deeds(session, about=AMINA, deed="opened", newest=20)
        assert any(
            one.actor == cast.BEN.viewer.account_id and "volunteer" in one.detail["kinds"] for one in looks
        )


def test_a_buddy_no_message_reaches_is_stood_in_for(heard: list[Event], app: Flask) -> None:
    with_buddy()
    visit_id = out()
    with transaction(), gate.opened("a test closes an account"):
        session.get_one(Account, cast.BEN.viewer.account_id).state = AccountState.CLOSED
    watched(DUE + 45 * MINUTE)
    assert told(heard) == [AMINA, DANA]
    with clock.turned_to(DUE + 46 * MINUTE):
        page = Visitor(app, cast.AMINA).visit(f"/visits/{visit_id}").text
    assert "Whoever looks after you has been told." in page
    assert "Your buddy" not in page


def test_whoever_only_reads_check_ins_is_not_told_of_a_visit(heard: list[Event], app: Flask) -> None:
    with_buddy(buddy_id=None, reader_id=SOL)
    visit_id = out()
    watched(DUE + 45 * MINUTE)
    assert told(heard) == [AMINA, DANA]
    with clock.turned_to(DUE + 46 * MINUTE):
        assert Visitor(app, cast.DANA).visit(f"/visits/{visit_id}").status_code == 200
        assert Visitor(app, cast.SOL).visit(f"/visits/{visit_id}").status_code == 404


def test_with_nobody_beside_them_whoever_is_on_duty_hears_at_once(heard: list[Event]) -> None:
    with_buddy(buddy_id=None, supervisor_id=None)
    out()
    watched(DUE + 44 * MINUTE)
    assert told(heard) == [AMINA]
    watched(DUE + 45 * MINUTE)
    assert told(heard) == [AMINA, CHIPO]


def test_whoever_is_on_duty_and_out_themself_is_stood_in_for(heard: list[Event]) -> None:
    with transaction(), gate.opened("a test gives somebody two parts"):
        both = ROLE_BITS[Role.VOLUNTEER] | ROLE_BITS[Role.COORDINATOR]
        session.get_one(Account, cast.BEN.viewer.account_id).role_bits = both
    on_duty(cast.BEN, DutyKind.COORDINATOR, MONDAY_TEN.date())
    with clock.turned_to(MONDAY_TEN):
        set_out(cast.BEN)
    watched(DUE + 60 * MINUTE)
    assert told(heard) == [BEN, SOL, CHIPO]


def test_nobody_hears_twice_when_they_come_back_and_say_it_was_too_early(heard: list[Event]) -> None:
    with_buddy()
    visit_id = out()
    watched(DUE + 45 * MINUTE)
    heard.clear()
    with at(DUE + 46 * MINUTE):
        session.get_one(LoneVisit, visit_id).checked_out_at = clock.now()
    watched(DUE + 61 * MINUTE)
    assert told(heard) == []
    with at(DUE + 62 * MINUTE):
        session.get_one(LoneVisit, visit_id).checked_out_at = None
    watched(DUE + 62 * MINUTE)
    assert told(heard) == [CHIPO]
