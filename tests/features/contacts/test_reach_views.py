"""Who sees which contacts, and how much of them."""

import uuid
from typing import Any

import pytest

from peerlink.features.accounts.models import Account
from peerlink.store.session import session, transaction
from tests.factories.contacts import a_contact
from tests.features.contacts.looks import contacts
from tests.features.contacts.sending import form_of, post_again
from tests.support import cast
from tests.support.cast import AMINA_EFE, AMINA_ID, BEN, BEN_FOLA, EFE_ID
from tests.support.visitor import Visitor


def test_somebody_elses_match_is_not_there(aminas_phone: Visitor) -> None:
    sent = form_of(aminas_phone, how="phone")
    assert post_again(aminas_phone, "/log", sent | {"who": str(BEN_FOLA)}).status_code == 404
    assert aminas_phone.visit(f"/log/{BEN_FOLA}").status_code == 404
    assert aminas_phone.visit(f"/plan/{BEN_FOLA}").status_code == 404
    assert contacts() == []


def test_a_key_of_somebody_elses_contact_is_not_there(aminas_phone: Visitor) -> None:
    theirs = a_contact(by=BEN.viewer, match_id=BEN_FOLA)
    sent = form_of(aminas_phone, how="phone", key=str(theirs.contact_id))
    assert post_again(aminas_phone, "/log", sent).status_code == 404
    for address in ("", "/saved", "/change"):
        assert aminas_phone.visit(f"/contacts/{theirs.contact_id}{address}").status_code == 404


def test_amina_sees_her_own_list_and_zoe_an_empty_one(aminas_phone: Visitor, zoes_phone: Visitor) -> None:
    a_contact(note="a note of mine", support=frozenset({"support.emotional"}))
    page = aminas_phone.visit("/contacts").text
    assert "Efebird" in page
    assert "a note of mine" in page
    assert "Listening" in page
    assert "No contact yet" in zoes_phone.visit("/contacts").text


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("status=held", True), ("status=missed", False), ("area=support.emotional", True),
        ("area=support.appraisal", False), ("difficult=y", False), ("status=nonsense", True),
        ("page=2", False),
        ("page=x", True), ("page=-3", True),
    ],
)  # fmt: skip
def test_a_list_is_narrowed(aminas_phone: Visitor, asked: str, found: bool) -> None:
    a_contact(support=frozenset({"support.emotional.listening"}))
    assert ("Efebird" in aminas_phone.visit(f"/contacts?{asked}").text) is found


def test_the_coordinator_reads_contacts_with_names_and_notes(chipos_desk: Visitor) -> None:
    facts = a_contact(note="a note to read")
    for address in (f"/matches/{AMINA_EFE}/contacts", f"/participants/{EFE_ID}/contacts"):
        page = chipos_desk.visit(address).text
        assert "Efebird" in page
        assert "a note to read" in page
    assert "a note to read" in chipos_desk.visit(f"/contacts/{facts.contact_id}").text


def test_a_coordinator_of_one_site_sees_contacts_of_that_site(app: Any, the_cast: Any) -> None:
    facts = a_contact()
    addresses = (f"/matches/{AMINA_EFE}/contacts", f"/participants/{EFE_ID}/contacts")
    for site, status in ((cast.SITE_ID, 200), (uuid.uuid4(), 404)):
        with transaction():
            session.get_one(Account, cast.CHIPO.viewer.account_id).site_id = site
        desk = Visitor(app, cast.CHIPO)
        for address in (*addresses, f"/contacts/{facts.contact_id}"):
            assert desk.visit(address).status_code == status


def test_the_supervisor_sees_how_it_went_and_not_with_whom(danas_desk: Visitor, sols_desk: Visitor) -> None:
    facts = a_contact(note="not for her", effort=4, difficulty=frozenset({"crisis"}))
    for address in (f"/volunteers/{AMINA_ID}/contacts", f"/contacts/{facts.contact_id}"):
        page = danas_desk.visit(address)
        assert page.status_code == 200
        assert "not for her" not in page.text
        assert "Efe" not in page.text
        assert "heavy" in page.text
        assert sols_desk.visit(address).status_code == 404


ADDRESSES = ("/log", "/contacts", "/log/people", f"/log/{AMINA_EFE}", f"/plan/{AMINA_EFE}")


@pytest.mark.parametrize("person", [one for one in cast.EVERYBODY if not one.viewer.person_id], ids=str)
@pytest.mark.parametrize("address", ADDRESSES)
def test_pages_of_volunteers_are_closed_to_everybody_else(
    app: Any, the_cast: Any, person: cast.Person, address: str
) -> None:
    assert Visitor(app, person).visit(address).status_code == 403


@pytest.mark.parametrize("person", cast.EVERYBODY, ids=lambda one: one.name)
def test_a_contact_is_seen_by_just_those_it_concerns(app: Any, the_cast: Any, person: cast.Person) -> None:
    facts = a_contact()
    sees = person.name in {"Amina", "Chipo", "Dana"}
    assert Visitor(app, person).visit(f"/contacts/{facts.contact_id}").status_code == (200 if sees else 404)


def test_a_stranger_is_asked_to_sign_in(stranger: Visitor) -> None:
    assert stranger.visit("/log").location == "/sign-in"
