"""Who did and opened what: for those who watch over it, and for those who are looked at."""

import datetime as dt

import pytest
from flask import Flask

from peerlink.features.privacy.listeners import deeds_known
from peerlink.features.privacy.rules import Look, gathered
from peerlink.features.privacy.wording import PAGES, ROOMS, page_in_words
from peerlink.roles import Role
from peerlink.store import audit, gate, house
from peerlink.store.session import reading, session
from tests.store.tampering import findings
from tests.support import cast
from tests.support.visitor import Visitor

EFES_PAGE = f"/participants/{cast.EFE_ID}"
AMINAS_PAGE = f"/volunteers/{cast.AMINA_ID}"
TODAY = dt.date(2026, 3, 1)


def newest(deed: str) -> list[audit.Deed]:
    with reading(), gate.opened("a test looks"):
        return audit.deeds(session, deed=deed)


def test_the_trail_names_who_did_it_and_only_numbers_whom_it_is_about(
    prus_desk: Visitor, chipos_desk: Visitor
) -> None:
    chipos_desk.visit(EFES_PAGE)
    shown = prus_desk.visit("/audit").text
    assert "Chipo" in shown
    assert "opened" in shown
    assert cast.EFE_ID.hex[-8:] in shown
    assert not any(part in shown for part in ("Efe", "Efedottir", "900201"))


def test_reading_the_trail_stands_in_the_trail(prus_desk: Visitor) -> None:
    prus_desk.visit("/audit?deed=opened")
    [read] = newest("trail read")
    assert read.actor == cast.PRU.viewer.account_id
    assert read.detail == {"on": "", "deed": "opened"}
    assert "trail read" in prus_desk.visit("/audit").text
    assert findings() == []


def test_the_trail_is_narrowed_by_day_and_deed(prus_desk: Visitor, chipos_desk: Visitor) -> None:
    chipos_desk.visit(EFES_PAGE)
    assert "Nothing found" in prus_desk.visit("/audit?on=2020-01-01").text
    assert "Nothing found" in prus_desk.visit("/audit?deed=account closed").text
    assert EFES_PAGE not in prus_desk.visit("/audit?deed=opened").text
    shown = prus_desk.visit("/audit?deed=opened").text
    assert "on: a participant&#39;s page" in shown
    assert "participants.show" not in shown


@pytest.mark.parametrize("asked", ["on=yesterday", "deed=nonsense", "on=9999999-01-01"])
def test_a_narrowing_nobody_can_read_is_said_so(prus_desk: Visitor, asked: str) -> None:
    assert prus_desk.visit(f"/audit?{asked}").status_code == 422


@pytest.mark.parametrize("asked", ["before=0", "before=-5", "before=99999999999999999999999", "before=x"])
def test_a_page_that_is_not_there_breaks_nothing(prus_desk: Visitor, asked: str) -> None:
    assert prus_desk.visit(f"/audit?{asked}").status_code in {200, 422}


def test_a_long_trail_goes_on_to_another_page(
    prus_desk: Visitor, monkeypatch: pytest.MonkeyPatch, the_cast: house.House
) -> None:
    monkeypatch.setattr("peerlink.features.privacy.queries.A_PAGE", 3)
    for _again in range(5):
        prus_desk.visit("/audit")
    assert "before=" in prus_desk.visit("/audit").text


def test_every_deed_of_every_room_can_be_asked_for() -> None:
    known = deeds_known()
    assert {"opened", "changed", "trail read", "signed in", "account invited", "roles changed"} <= set(known)
    assert not any(deed.startswith("_") for deed in known)


def test_a_volunteer_learns_which_roles_looked_and_when_and_no_names(
    aminas_phone: Visitor, chipos_desk: Visitor
) -> None:
    assert "Nobody else" in aminas_phone.visit("/me/who-looked").text
    chipos_desk.visit(AMINAS_PAGE)
    shown = aminas_phone.visit("/me/who-looked").text
    assert "Coordinator" in shown
    assert "Chipo" not in shown


def test_ones_own_looking_is_left_out(aminas_phone: Visitor) -> None:
    assert aminas_phone.visit("/me/volunteering").status_code == 200
    assert newest("opened")
    aminas_phone.visit("/me")
    assert "Nobody else" in aminas_phone.visit("/me/who-looked").text


def test_another_volunteer_is_not_told_about_amina(zoes_phone: Visitor, chipos_desk: Visitor) -> None:
    chipos_desk.visit(AMINAS_PAGE)
    assert "Nobody else" in zoes_phone.visit("/me/who-looked").text


def test_a_coordinator_can_tell_a_participant_who_looked(chipos_desk: Visitor) -> None:
    chipos_desk.visit(EFES_PAGE)
    shown = chipos_desk.visit(f"{EFES_PAGE}/who-looked").text
    assert "Coordinator" in shown
    assert "their record" in shown


def test_a_supervisor_is_told_nothing_about_participants(danas_desk: Visitor) -> None:
    assert danas_desk.visit(f"{EFES_PAGE}/who-looked").status_code == 403
    assert danas_desk.visit(f"{AMINAS_PAGE}/who-looked").status_code == 403


def test_what_the_same_roles_opened_on_one_day_is_one_line() -> None:
    supervisor, coordinator = frozenset({Role.SUPERVISOR}), frozenset({Role.COORDINATOR})
    yesterday = TODAY - dt.timedelta(days=1)
    looks = gathered(
        [
            (yesterday, supervisor, ["volunteer"]),
            (TODAY, supervisor, ["checkin"]),
            (TODAY, supervisor, ["checkin", "volunteer"]),
            (TODAY, coordinator, ["volunteer"]),
        ]
    )
    assert looks == [
        Look(TODAY, supervisor, ("checkin", "volunteer"), 2),
        Look(TODAY, coordinator, ("volunteer",), 1),
        Look(yesterday, supervisor, ("volunteer",), 1),
    ]


def test_every_named_page_and_room_is_there(app: Flask) -> None:
    there = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert set(PAGES) <= there
    assert {one.partition(".")[0] for one in there if "." in one} - {"home"} == set(ROOMS)
    assert page_in_words("participants.change") == "participants"
    assert page_in_words("job") == "job"
