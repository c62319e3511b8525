"""Today: what needs somebody first, what can wait beside it, and what the days ahead hold."""

import datetime as dt
import uuid

import pytest
from flask import Flask

from peerlink import clock
from peerlink.features.accounts.models import ROLE_BITS, Account, AccountState
from peerlink.features.home.ahead import days_ahead
from peerlink.features.home.desk import Line, graver_first
from peerlink.features.programmes.models import Programme
from peerlink.features.risks.rounds import nightly_round
from peerlink.features.supervision import gathering
from peerlink.features.volunteers.models import Volunteer
from peerlink.roles import Role
from peerlink.store import gate
from peerlink.store.house import House
from peerlink.store.session import reading, session, transaction
from tests.features.recognition.happenings import an_event, thanked
from tests.features.supervision.deeds import planned
from tests.support import cast
from tests.support.cast import Person
from tests.support.visitor import Visitor

TODAY = clock.today("Europe/London")
DAY = dt.timedelta(days=1)


def line(text: str, tone: str) -> Line:
    return Line(text, "", "clock", tone)


def test_the_gravest_stands_first_and_what_is_equal_keeps_its_place() -> None:
    told = [
        line("a", "watch"),
        line("b", ""),
        line("c", "critical"),
        line("d", "ok"),
        line("e", "watch"),
        line("f", "alert"),
    ]
    assert [one.text for one in graver_first(told)] == ["c", "f", "a", "e"]


def ahead(person: Person) -> list[tuple[int, str, str]]:
    with reading(), gate.opened("a test looks"):
        return [((one.on - TODAY).days, one.text, one.more) for one in days_ahead(person.viewer, TODAY)]


@pytest.mark.usefixtures("the_cast")
def test_the_days_ahead_are_those_of_whoever_looks() -> None:
    planned(TODAY + 3 * DAY)
    planned(TODAY + 2 * DAY, of=cast.BEN)
    assert ahead(cast.DANA) == [(3, "One to one", "Amina A.")]
    assert ahead(cast.SOL) == [(2, "One to one", "Ben B.")]
    assert ahead(cast.CHIPO) == ahead(cast.AMINA) == ahead(cast.PRIYA) == []


@pytest.mark.usefixtures("the_cast")
@pytest.mark.parametrize(("days", "told"), [(0, True), (7, True), (8, False)])
def test_the_days_ahead_are_seven(days: int, told: bool) -> None:
    planned(TODAY + days * DAY)
    assert bool(ahead(cast.DANA)) is told


@pytest.mark.usefixtures("the_cast")
def test_a_group_is_one_line() -> None:
    with transaction(), gate.opened("a test invites a group"):
        session.get_one(Volunteer, cast.ZOE_ID).supervisor_id = cast.DANA.viewer.account_id
        session.flush()
        both = [session.get_one(Volunteer, one) for one in (cast.AMINA_ID, cast.ZOE_ID)]
        gathering.plan_group(uuid.uuid4(), both, TODAY, by=cast.DANA.viewer.account_id)
    assert ahead(cast.DANA) == [(0, "Group", "Volunteers: 2")]


def test_a_day_of_the_team_stands_ahead_of_whoever_plans_it(
    chipos_desk: Visitor, aminas_phone: Visitor, priyas_desk: Visitor
) -> None:
    an_event(TODAY + DAY, title="Lantern walk")
    assert "Lantern walk" in chipos_desk.visit("/").text
    assert "The days ahead" not in aminas_phone.visit("/").text
    assert "Lantern walk" not in priyas_desk.visit("/").text


def test_what_presses_stands_before_what_can_wait(chipos_desk: Visitor) -> None:
    page = chipos_desk.visit("/").text
    assert page.index("Needs you") < page.index("People waiting for a match")
    assert "Nothing presses" not in page


def test_a_desk_with_nothing_to_press_says_what_it_is_for(prus_desk: Visitor) -> None:
    assert "Nothing presses" in prus_desk.visit("/").text


def test_how_the_programme_stands_is_for_whoever_sees_its_flags(
    priyas_desk: Visitor, adas_desk: Visitor, aminas_phone: Visitor
) -> None:
    assert "How the programme stands" not in priyas_desk.visit("/").text
    with transaction():
        nightly_round(TODAY)
    page = priyas_desk.visit("/").text
    assert "How the programme stands" in page
    assert "/flags/board" in page
    for other in (adas_desk, aminas_phone):
        assert "How the programme stands" not in other.visit("/").text


def test_thanks_stand_above_everything_until_they_are_read(aminas_phone: Visitor) -> None:
    assert "Somebody thanks you" not in aminas_phone.visit("/").text
    thanked()
    page = aminas_phone.visit("/").text
    assert page.count("Somebody thanks you") == 1
    assert page.index("Somebody thanks you") < page.index("Who to reach next")


def test_a_new_programme_is_told_how_people_come_in(app: Flask, clean_database: House) -> None:
    one = cast.CHIPO
    with transaction():
        session.add(
            Account(
                id=one.viewer.account_id, email=one.email, name=one.name, state=AccountState.ACTIVE,
                role_bits=ROLE_BITS[Role.COORDINATOR],
            )
        )  # fmt: skip
        session.add(Programme(name="Riverbend", timezone="Europe/London", language="en"))
    page = Visitor(app, one).visit("/").text
    assert "Bring your people in" in page
    assert 'href="/import"' in page


def test_a_programme_with_people_is_not(chipos_desk: Visitor) -> None:
    assert "Bring your people in" not in chipos_desk.visit("/").text
