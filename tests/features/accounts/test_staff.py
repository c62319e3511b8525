"""The administrator's pages: who can sign in, and what each of them may see."""

import re
import uuid

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from peerlink.features.accounts.models import ROLE_BITS, AccountState
from peerlink.features.accounts.rules import SEES
from peerlink.roles import OPENS, Role
from peerlink.store import house
from tests.factories.accounts import give_password
from tests.store.tampering import change, findings, rows_of
from tests.support import cast
from tests.support.visitor import Outline, Visitor

NEW = {"name": "Nadia Noor", "email": "nadia@example.org", "roles": ["supervisor"], "site": ""}


def kept(person: cast.Person) -> dict:
    [row] = rows_of("account", id=person.viewer.account_id)
    return row


def bits(*roles: Role) -> int:
    return sum(ROLE_BITS[role] for role in roles)


def at(person: cast.Person, deed: str = "") -> str:
    return f"/accounts/{person.viewer.account_id}{deed}"


def link_on(page: str) -> str:
    found = re.search(r"<code>https://localhost(/join/[\w-]+)</code>", page)
    assert found
    return found[1]


def test_every_role_says_what_it_sees_and_what_it_never_sees() -> None:
    assert set(SEES) == set(Role)
    assert all(seen and never for seen, never in SEES.values())


def test_what_is_promised_never_to_be_seen_never_opens() -> None:
    assert not OPENS[Role.COORDINATOR] & {"checkin", "checkin.diary", "flag.answers", "account.secret"}
    assert not OPENS[Role.COORDINATOR] & {"supervision", "supervision.note", "agreed_action", "response"}
    assert not OPENS[Role.SUPERVISOR] & {"participant", "contact_detail.note", "match", "follow_up"}
    assert not OPENS[Role.SUPERVISOR] & {"claim", "receipt", "stipend_agreement", "pay_details", "screening"}
    of_nobody = OPENS[Role.CLINIC_LIAISON]
    assert "participant" not in of_nobody
    assert "volunteer" not in of_nobody
    money = {"claim", "receipt", "stipend_agreement", "pay_details"}
    for role, sees in (
        (Role.ADMIN, {"mail"}),
        (Role.PRIVACY_LEAD, {"flag", "flag_step", "task", "incident_step"}),
        (Role.MANAGER, {"flag", "flag_step", "task", "incident_step", "safety_call", "balance", *money}),
        (Role.SAFEGUARDING_LEAD, {"incident_step", "safety_call"}),
    ):
        assert OPENS[role] - of_nobody == sees
    assert all("account.secret" not in opens for opens in OPENS.values())


def test_the_list_names_the_staff_and_on_another_page_the_volunteers(adas_desk: Visitor) -> None:
    staff, volunteers = adas_desk.visit("/accounts").text, adas_desk.visit("/accounts?who=volunteers").text
    assert "Chipo" in staff
    assert "Amina" not in staff
    assert "Amina" in volunteers
    assert "Chipo" not in volunteers


def test_whoever_is_invited_chooses_a_password_and_sets_a_second_lock_up(
    app: Flask, adas_desk: Visitor
) -> None:
    assert "Never sees: Who a participant is" in adas_desk.visit("/accounts/new").text
    made = adas_desk.send("/accounts/new", NEW)
    assert made.status_code == 200
    join = link_on(made.text)
    nadia = Visitor(app, None)
    assert nadia.send(join, {"password": cast.PASSWORD}).location == "/"
    assert nadia.visit("/").location == "/sign-in/code"
    assert nadia.visit(join).status_code == 422, "a link works once"
    assert findings() == []


@pytest.mark.parametrize(
    ("said", "because"),
    [
        ({"roles": []}, "at least one role"),
        ({"name": ""}, "Type a name"),
        ({"email": "nowhere"}, "e-mail address to sign in"),
        ({"email": "ＡＤＡ@example.org"}, "already"),
        ({"roles": ["volunteer"]}, "not a valid choice"),
        ({"roles": ["emperor"]}, "not a valid choice"),
        ({"site": uuid.UUID(int=999).hex}, "Not a valid choice"),
    ],
)
def test_an_invitation_nobody_could_use_is_refused(
    adas_desk: Visitor, said: dict[str, object], because: str
) -> None:
    answer = adas_desk.send("/accounts/new", NEW | said)
    assert answer.status_code == 422
    assert because in answer.text


def test_the_same_invitation_again_is_one_account_and_its_last_link_opens(
    app: Flask, adas_desk: Visitor
) -> None:
    hidden = Outline(adas_desk.visit("/accounts/new").text).hidden

    def sent() -> TestResponse:
        return adas_desk.client.post("/accounts/new", data=hidden | NEW, base_url="https://localhost")

    answers = [sent() for _tap in range(3)]
    assert [one.status_code for one in answers] == [200] * 3
    [newest] = rows_of("account", state=AccountState.INVITED)
    *before, last = [link_on(one.text) for one in answers]
    nadia = Visitor(app, None)
    assert {nadia.visit(link).status_code for link in before} == {404}
    assert nadia.send(last, {"password": cast.PASSWORD}).location == "/"
    late = sent()
    assert (late.status_code, late.location) == (303, f"/accounts/{newest['id']}")


def test_a_new_link_ends_the_one_before(app: Flask, adas_desk: Visitor) -> None:
    first = link_on(adas_desk.send("/accounts/new", NEW).text)
    [newest] = rows_of("account", state=AccountState.INVITED)
    page = f"/accounts/{newest['id']}"
    second = link_on(adas_desk.send(f"{page}/link", opened=page).text)
    stranger = Visitor(app, None)
    assert stranger.visit(first).status_code == 404
    assert stranger.visit(second).status_code == 200


def test_whoever_is_signed_out_everywhere_is_out(adas_desk: Visitor, chipos_desk: Visitor) -> None:
    assert chipos_desk.visit("/me").status_code == 200
    adas_desk.send(at(cast.CHIPO, "/sign-out"), opened=at(cast.CHIPO))
    assert chipos_desk.visit("/me").location == "/sign-in"


def test_other_roles_end_every_sign_in(adas_desk: Visitor, priyas_desk: Visitor) -> None:
    changed = adas_desk.send(at(cast.PRIYA, "/roles"), {"roles": ["coordinator"]}, opened=at(cast.PRIYA))
    assert changed.status_code == 303
    assert kept(cast.PRIYA)["role_bits"] == bits(Role.COORDINATOR)
    assert priyas_desk.visit("/me").location == "/sign-in"


def test_a_coordinator_can_be_given_one_site(adas_desk: Visitor) -> None:
    said = {"roles": ["coordinator"], "site": cast.SITE_ID.hex}
    adas_desk.send(at(cast.CHIPO, "/roles"), said, opened=at(cast.CHIPO))
    assert kept(cast.CHIPO)["site_id"] == cast.SITE_ID


def test_a_closed_account_lets_nobody_in(app: Flask, adas_desk: Visitor, danas_desk: Visitor) -> None:
    adas_desk.send(at(cast.DANA, "/close"), opened=at(cast.DANA))
    assert kept(cast.DANA)["state"] is AccountState.CLOSED
    assert danas_desk.visit("/me").location == "/sign-in"
    assert adas_desk.send(at(cast.DANA, "/link"), opened="/accounts/new").status_code == 422
    assert "closed" in adas_desk.visit("/accounts").text


@pytest.mark.parametrize("deed", ["/close", "/roles", "/authenticator"])
def test_nobody_does_it_to_themselves(adas_desk: Visitor, deed: str) -> None:
    answer = adas_desk.send(at(cast.ADA, deed), {"roles": ["coordinator", "admin"]}, opened="/accounts/new")
    assert answer.status_code == 422
    assert kept(cast.ADA)["role_bits"] == bits(Role.ADMIN)
    assert kept(cast.ADA)["state"] is AccountState.ACTIVE


def test_a_volunteer_stays_one_whatever_else_they_do(adas_desk: Visitor) -> None:
    adas_desk.send(at(cast.AMINA, "/roles"), {"roles": ["supervisor"]}, opened=at(cast.AMINA))
    assert kept(cast.AMINA)["role_bits"] == bits(Role.VOLUNTEER, Role.SUPERVISOR)


def test_an_account_that_is_not_there_is_not_found(adas_desk: Visitor) -> None:
    assert adas_desk.visit(f"/accounts/{uuid.uuid4()}").status_code == 404


def test_a_damaged_account_does_not_hide_the_others(adas_desk: Visitor, the_cast: house.House) -> None:
    change("account", {"sealed": b"nonsense"}, id=cast.DANA.viewer.account_id)
    listed = adas_desk.visit("/accounts")
    assert listed.status_code == 200
    assert "Chipo" in listed.text
    assert adas_desk.visit(at(cast.DANA)).status_code == 422


def test_an_own_password_needs_the_one_before_and_ends_the_other_browsers(
    app: Flask, aminas_phone: Visitor
) -> None:
    elsewhere = Visitor(app, cast.AMINA)
    give_password(cast.AMINA)
    new = "eleven mild otters resting"
    wrong = aminas_phone.send("/me/password", {"old": "wrong", "password": new})
    assert wrong.status_code == 422
    assert elsewhere.visit("/me").status_code == 200
    changed = aminas_phone.send("/me/password", {"old": cast.PASSWORD, "password": new})
    assert changed.location == "/me"
    assert aminas_phone.visit("/me").status_code == 200
    assert elsewhere.visit("/me").location == "/sign-in"
    assert aminas_phone.send("/me/password", {"old": cast.PASSWORD, "password": new}).status_code == 422
