"""Pages about volunteers: who opens them, and what they refuse."""

import datetime as dt
import re
import uuid

import pytest
from flask import Flask

from peerlink import clock
from peerlink.features.volunteers.models import Volunteer
from peerlink.framework.vocabularies import VolunteerStatus
from peerlink.store import gate, names
from peerlink.store.session import session, transaction
from tests.factories.recruitment import prepared
from tests.factories.volunteers import a_volunteer
from tests.support import cast
from tests.support.forms import as_typed
from tests.support.visitor import Visitor

AMINA, BEN = f"/volunteers/{cast.AMINA_ID}", f"/volunteers/{cast.BEN_ID}"
NEW, MINE = "/volunteers/new", "/me/volunteering"
SEEN = ["/volunteers", AMINA]
KEPT = [NEW, f"{AMINA}/edit", f"{AMINA}/step/paused"]
DEEDS = [NEW, f"{AMINA}/edit", f"{AMINA}/step/paused", f"{AMINA}/rest", f"{AMINA}/resume", f"{AMINA}/invite"]
S = VolunteerStatus
TODAY = clock.today("Europe/London")


def typed(visitor: Visitor, address: str, **fields: object) -> dict[str, object]:
    """Return what a browser sends from this page with some fields filled in."""
    return {**as_typed(visitor.visit(address).text), **fields}


def of(volunteer_id: uuid.UUID, name: str) -> object:
    with transaction(), gate.opened("a test looks"):
        return getattr(session.get_one(Volunteer, volunteer_id), name)


@pytest.mark.parametrize("address", SEEN + KEPT)
def test_a_coordinator_opens_every_page(chipos_desk: Visitor, address: str) -> None:
    assert chipos_desk.visit(address).status_code == 200


def test_a_supervisor_sees_their_own_and_changes_nothing(danas_desk: Visitor) -> None:
    assert {danas_desk.visit(address).status_code for address in SEEN} == {200}
    assert {danas_desk.visit(address).status_code for address in KEPT} == {403}
    assert {danas_desk.send(address, opened="/volunteers").status_code for address in DEEDS} == {403}
    assert danas_desk.visit(BEN).status_code == 404
    assert "Ben" not in danas_desk.visit("/volunteers").text


@pytest.mark.parametrize("person", [cast.AMINA, cast.ZOE, cast.PRIYA, cast.PRU, cast.ADA])
def test_nobody_else_opens_any(app: Flask, the_cast: object, person: cast.Person) -> None:
    visitor = Visitor(app, person)
    assert {visitor.visit(address).status_code for address in SEEN + KEPT} == {403}
    assert {visitor.send(address, opened="/me").status_code for address in DEEDS} == {403}


def test_a_supervisor_reads_nothing_about_participants(danas_desk: Visitor) -> None:
    with transaction(), gate.opened("a test keeps two apart"):
        session.get_one(Volunteer, cast.AMINA_ID).keep_apart = ["P202", "P777"]
    text = danas_desk.visit(AMINA).text
    assert not re.search(r"Efe|Fola|Gift|P202|P777", text)


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"Amina", "Ben", "Zoe"}),
        ("status=left", set()),
        ("supervisor=nobody", {"Zoe"}),
        (f"supervisor={cast.DANA.viewer.account_id.hex}", {"Amina"}),
        ("status=x&supervisor=x&site=x&page=0", {"Amina", "Ben", "Zoe"}),
    ],
)
def test_the_list_is_narrowed(chipos_desk: Visitor, query: str, shown: set[str]) -> None:
    text = chipos_desk.visit(f"/volunteers?{query}").text
    assert {name for name in ("Amina", "Ben", "Zoe") if f"{name} {name[0]}." in text} == shown


def test_somebody_is_found_within_reach(chipos_desk: Visitor, danas_desk: Visitor) -> None:
    with transaction(), gate.opened("a test names somebody"):
        names.put("volunteer", cast.BEN_ID, "Ben Bensson")
    for text in ("bens", "v102", "+44 7700 900102", "BEN@example.org"):
        found = chipos_desk.send("/volunteers/search", {"text": text}, opened="/volunteers")
        assert BEN in found.text
        out_of_reach = danas_desk.send("/volunteers/search", {"text": text}, opened="/volunteers")
        assert BEN not in out_of_reach.text
        assert "Nobody found" in out_of_reach.text


def test_somebody_is_added_brought_to_training_and_refused_without_modules(chipos_desk: Visitor) -> None:
    data = typed(
        chipos_desk, NEW, given_name="Noor", email="noor@example.org", capacity="2", agreed_hours="8",
        supervisor=cast.DANA.viewer.account_id.hex, agreement_on=TODAY.isoformat(),
    )  # fmt: skip
    address = str(chipos_desk.send(NEW, data).location)
    assert chipos_desk.send(f"{address}/step/screening", opened=address).status_code == 303
    refused = chipos_desk.send(f"{address}/step/training", opened=address)
    assert refused.status_code == 422
    assert "Still missing before training begins" in refused.text
    assert f'href="{address}/getting-started"' in refused.text, "what is missing is one tap away"
    with transaction():
        prepared(uuid.UUID(address.rpartition("/")[2]))
    assert chipos_desk.send(f"{address}/step/training", opened=address).status_code == 303
    answer = chipos_desk.send(f"{address}/step/active", opened=address)
    assert answer.status_code == 422
    assert "No mandatory training" in answer.text


def test_a_duplicate_is_hinted_and_added_anyway(chipos_desk: Visitor) -> None:
    data = typed(chipos_desk, NEW, given_name="Amna", family_name="Aminasson", birth_year="1990")
    with transaction(), gate.opened("a test names somebody"):
        names.put("volunteer", cast.AMINA_ID, "Amina Aminasson")
    answer = chipos_desk.send(NEW, data)
    assert answer.status_code == 422
    assert AMINA in answer.text
    assert chipos_desk.send(NEW, {**data, "anyway": "y"}).status_code == 303


def test_the_second_to_save_is_shown_both_versions(chipos_desk: Visitor) -> None:
    first, second = (typed(chipos_desk, f"{AMINA}/edit", capacity=n) for n in ("4", "5"))
    assert chipos_desk.send(f"{AMINA}/edit", first).status_code == 303
    answer = chipos_desk.send(f"{AMINA}/edit", second)
    assert answer.status_code == 422
    cells = re.findall(r"People at most</th><td[^>]*>([^<]*)</td><td[^>]*>([^<]*)</td>", answer.text)
    assert cells == [("5", "4")]
    assert of(cast.AMINA_ID, "capacity") == 4


def test_everything_a_record_says_survives_the_form(chipos_desk: Visitor) -> None:
    said = {
        "skills": ("support.instrumental.daily.food", "support.emotional", "u=u", "grief_of_our_own"),
        "limits": ("violence", "something_else"), "life_stages": ("parent",), "communities": ("faith group",),
        "gender": "woman", "languages": {"sw": "first"}, "capacity": 0, "agreed_hours": 12,
        "supervisor_id": cast.SOL.viewer.account_id, "keep_apart": ("P1",), "places": (cast.PLACE_ID.hex,),
        "vetting_until": TODAY, "diagnosed_year": 2010,
    }  # fmt: skip
    new = a_volunteer(**said)
    address = f"/volunteers/{new}/edit"
    assert chipos_desk.send(address, as_typed(chipos_desk.visit(address).text)).status_code == 303
    for name, value in said.items():
        assert of(new, name) == (list(value) if isinstance(value, tuple) else value), name


def test_new_people_are_put_off_and_it_can_be_undone(chipos_desk: Visitor) -> None:
    until = TODAY + dt.timedelta(days=30)
    assert chipos_desk.send(f"{AMINA}/rest", {"until": until.isoformat()}, opened=AMINA).status_code == 303
    assert of(cast.AMINA_ID, "no_new_matches_until") == until
    assert f'action="{AMINA}/resume"' in chipos_desk.visit(AMINA).text
    assert chipos_desk.send(f"{AMINA}/resume", opened=AMINA).status_code == 303
    assert of(cast.AMINA_ID, "no_new_matches_until") is None
    assert chipos_desk.send(f"{AMINA}/rest", {"until": "2001-01-01"}, opened=AMINA).status_code == 422


def test_a_link_to_sign_in_is_shown_once(chipos_desk: Visitor) -> None:
    new = a_volunteer(email="noor@example.org")
    page = chipos_desk.send(f"/volunteers/{new}/invite", opened=f"/volunteers/{new}")
    link = re.search(r"https?://[^<]*(/join/[^<]+)<", page.text)
    assert link
    assert Visitor.visit(chipos_desk, link[1]).status_code == 200
    without = a_volunteer()
    assert (
        chipos_desk.send(f"/volunteers/{without}/invite", opened=f"/volunteers/{without}").status_code == 422
    )


def test_a_volunteer_keeps_their_own_offer(aminas_phone: Visitor) -> None:
    assert aminas_phone.visit(MINE).status_code == 200
    data = typed(aminas_phone, MINE, capacity="1", until="")
    assert aminas_phone.send(MINE, data).status_code == 303
    assert (of(cast.AMINA_ID, "capacity"), of(cast.AMINA_ID, "agreed_hours")) == (1, 14)
    assert of(cast.AMINA_ID, "availability") == ["mon 09:00-12:00", "thu 17:00-20:00"]
    until = TODAY + dt.timedelta(days=7)
    assert aminas_phone.send(f"{MINE}/rest", {"until": until.isoformat()}, opened=MINE).status_code == 303
    assert of(cast.AMINA_ID, "no_new_matches_until") == until
    assert aminas_phone.send(f"{MINE}/resume", opened=MINE).status_code == 303
    refused = aminas_phone.send(MINE, {**data, "availability": "whenever"})
    assert refused.status_code == 422
    assert "whenever" in refused.text


@pytest.mark.parametrize("person", [cast.CHIPO, cast.DANA, cast.PRIYA, cast.PRU, cast.ADA])
def test_it_is_a_page_for_volunteers_alone(app: Flask, the_cast: object, person: cast.Person) -> None:
    assert Visitor(app, person).visit(MINE).status_code == 403


def test_a_step_that_is_none_is_not_here(chipos_desk: Visitor) -> None:
    assert chipos_desk.visit(f"{AMINA}/step/nonsense").status_code == 404
