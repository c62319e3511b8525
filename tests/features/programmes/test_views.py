"""Pages about the programme: settings, sites, places, thresholds."""

import datetime as dt
import re
import uuid

import pytest
from flask import Flask

from peerlink import clock
from peerlink.features.programmes.models import Place, Programme, Site
from peerlink.features.programmes.queries import limits
from peerlink.features.programmes.wording import value_in_words
from peerlink.framework.parameters import PARAMETERS
from peerlink.framework.vocabularies import PlaceStatus
from peerlink.store import gate
from peerlink.store.session import session, transaction
from tests.support import cast
from tests.support.forms import as_typed
from tests.support.visitor import Visitor

SITE, PLACE = f"/programme/sites/{cast.SITE_ID}", f"/programme/places/{cast.PLACE_ID}"
LIMIT = "/programme/thresholds/supervision.interval_days"
PAGES = [
    "/programme",
    "/programme/settings",
    "/programme/sites/new",
    f"{SITE}/edit",
    "/programme/places",
    "/programme/places/new",
    PLACE,
    f"{PLACE}/edit",
    "/programme/thresholds",
    LIMIT,
]
DEEDS = [
    "/programme/settings",
    "/programme/sites/new",
    f"{SITE}/edit",
    "/programme/places/new",
    f"{PLACE}/edit",
    f"{PLACE}/step/suspended",
    f"{PLACE}/review",
    LIMIT,
    f"{LIMIT}/reset",
]
TODAY = clock.today("Europe/London")


def typed(visitor: Visitor, address: str, **fields: object) -> dict[str, object]:
    """Return what a browser sends from this page with some fields filled in."""
    return {**as_typed(visitor.visit(address).text), **fields}


def in_force() -> float:
    with transaction(), gate.opened("a test looks"):
        return limits().number("supervision.interval_days")


def place() -> Place:
    with transaction(), gate.opened("a test looks"):
        return session.get_one(Place, cast.PLACE_ID)


@pytest.mark.parametrize("address", PAGES)
def test_coordinator_and_administrator_open_every_page(
    chipos_desk: Visitor, adas_desk: Visitor, address: str
) -> None:
    assert chipos_desk.visit(address).status_code == 200
    assert adas_desk.visit(address).status_code == 200


@pytest.mark.parametrize("person", [cast.AMINA, cast.ZOE, cast.DANA, cast.PRIYA, cast.PRU])
def test_nobody_else_opens_any(app: Flask, the_cast: object, person: cast.Person) -> None:
    visitor = Visitor(app, person)
    assert {visitor.visit(address).status_code for address in PAGES} == {403}
    assert {visitor.send(address, opened="/me").status_code for address in DEEDS} == {403}


def test_what_is_not_there_is_not_found(adas_desk: Visitor) -> None:
    nowhere = uuid.uuid4()
    for address in (
        f"/programme/sites/{nowhere}/edit",
        f"/programme/places/{nowhere}",
        "/programme/thresholds/R99.nothing",
    ):
        assert adas_desk.visit(address).status_code == 404
    assert adas_desk.send(f"{PLACE}/step/nonsense", opened=PLACE).status_code == 404


@pytest.mark.parametrize("name", ["HIV friends", "Positive Lives", "The AIDS trust", "  ", "x" * 81])
def test_a_name_tells_outsiders_nothing(adas_desk: Visitor, name: str) -> None:
    data = typed(adas_desk, "/programme/settings", name=name)
    assert adas_desk.send("/programme/settings", data).status_code == 422


def test_settings_are_changed(adas_desk: Visitor) -> None:
    data = typed(adas_desk, "/programme/settings", name="Willow", timezone="Africa/Harare", under18="y")
    assert adas_desk.send("/programme/settings", data).status_code == 303
    with transaction(), gate.opened("a test looks"):
        one = session.query(Programme).one()
        assert (one.name, one.timezone, one.under18) == ("Willow", "Africa/Harare", True)


@pytest.mark.parametrize("address", ["/programme/settings", f"{SITE}/edit", f"{PLACE}/edit"])
def test_the_second_to_save_is_shown_both_versions(
    adas_desk: Visitor, chipos_desk: Visitor, address: str
) -> None:
    first, second = typed(adas_desk, address, name="Alder"), typed(chipos_desk, address, name="Willow")
    assert adas_desk.send(address, first).status_code == 303
    answer = chipos_desk.send(address, second)
    assert answer.status_code == 422
    cell = r"<t[hd][^>]*>([^<]*)</t[hd]>"
    assert re.findall(f'<tr role="row">{cell * 3}</tr>', answer.text)[1:] == [("Name", "Willow", "Alder")]
    again = {**as_typed(answer.text), "name": "Willow"}
    assert chipos_desk.send(address, again).status_code == 303


def test_a_site_is_added_under_a_number_of_its_own(chipos_desk: Visitor) -> None:
    new = "/programme/sites/new"
    assert chipos_desk.send(new, typed(chipos_desk, new, name="Hilltop")).status_code == 303
    assert chipos_desk.send(new, typed(chipos_desk, new, name="Other", ref="s1")).status_code == 422
    with transaction(), gate.opened("a test looks"):
        assert sorted(one.ref for one in session.query(Site)) == ["S1", "S2"]


def test_a_place_is_proposed_checked_approved_and_looked_at(chipos_desk: Visitor) -> None:
    new = "/programme/places/new"
    address = str(chipos_desk.send(new, typed(chipos_desk, new, name="Library")).location)
    assert chipos_desk.send(f"{address}/step/approved", opened=address).status_code == 422
    assert chipos_desk.send(f"{address}/review", opened=address).status_code == 422
    for state in ("checked", "approved"):
        assert chipos_desk.send(f"{address}/step/{state}", opened=address).status_code == 303
    text = chipos_desk.visit(address).text
    assert [word for word in ("Proposed", "Checked", "Approved") if word in text] == [
        "Proposed", "Checked", "Approved",
    ]  # fmt: skip


@pytest.mark.parametrize(("days", "due"), [(364, False), (365, True)])
def test_an_approved_place_is_looked_at_again_within_a_year(
    chipos_desk: Visitor, days: int, due: bool
) -> None:
    with transaction(), gate.opened("a test lets time pass"):
        session.get_one(Place, cast.PLACE_ID).reviewed_on = TODAY - dt.timedelta(days=days)
    assert ("Look at it again" in chipos_desk.visit("/programme/places").text) is due
    assert chipos_desk.send(f"{PLACE}/review", opened=PLACE).status_code == 303
    assert place().reviewed_on == TODAY


def test_a_suspended_place_can_come_back(chipos_desk: Visitor) -> None:
    assert chipos_desk.send(f"{PLACE}/step/suspended", opened=PLACE).status_code == 303
    assert place().status is PlaceStatus.SUSPENDED
    assert f'action="{PLACE}/step/approved"' in chipos_desk.visit("/programme").text


def test_a_threshold_is_set_with_its_reason_and_put_back(chipos_desk: Visitor) -> None:
    assert chipos_desk.send(LIMIT, typed(chipos_desk, LIMIT, value="30")).status_code == 422
    data = typed(chipos_desk, LIMIT, value="30", why="We meet monthly.")
    assert chipos_desk.send(LIMIT, data).status_code == 303
    assert in_force() == 30
    text = chipos_desk.visit(LIMIT).text
    assert "We meet monthly." in text
    assert "Chipo" in text
    assert chipos_desk.send(f"{LIMIT}/reset", opened=LIMIT).status_code == 303
    assert in_force() == 42
    assert chipos_desk.send(f"{LIMIT}/reset", opened=LIMIT).status_code == 422
    assert "Back to the default" in chipos_desk.visit(LIMIT).text


@pytest.mark.parametrize("value", ["", "many", "-1", "1 2", "1.5"])
def test_a_threshold_that_cannot_be_is_refused(chipos_desk: Visitor, value: str) -> None:
    data = typed(chipos_desk, LIMIT, value=value, why="Because.")
    assert chipos_desk.send(LIMIT, data).status_code == 422
    assert in_force() == 42


def test_every_threshold_is_said_in_words(adas_desk: Visitor) -> None:
    text = adas_desk.visit("/programme/thresholds").text
    for said in (
        "watch 25 %, alert 35 %, critical 50 %",
        "watch 40 %, alert 25 %",
        "7 points, 15 points",
        "21 days",
        "8:00",
        "Every fifth volunteer gone in a year.</a>",
    ):
        assert said in text
    assert all(value_in_words(one, one.default) for one in PARAMETERS)
