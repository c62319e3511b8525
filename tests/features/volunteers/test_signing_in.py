"""Whoever has only a phone can become a volunteer who signs in: with the number, by a link handed over."""

import re
import uuid

import pytest
from flask import Flask
from sqlalchemy import select

from peerlink.errors import Refused
from peerlink.events import Message, Wording
from peerlink.features.accounts.models import ROLE_BITS, Account
from peerlink.features.accounts.queries import account_of_person
from peerlink.features.accounts.rules import FREE_TRIES, AccountDraft
from peerlink.features.accounts.service import invite as invite_to
from peerlink.features.notices import service as notices
from peerlink.features.notices.models import Notice
from peerlink.features.notices.rounds import send_due
from peerlink.features.volunteers import service
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.rules import VolunteerDraft
from peerlink.framework.vocabularies import VolunteerStatus
from peerlink.roles import Role
from peerlink.store import gate
from peerlink.store.session import reading, session, transaction
from tests.factories.former import let_leave
from tests.features.accounts.door import come_in
from tests.features.notices.letters import a_server, set_up
from tests.support import cast
from tests.support.visitor import Visitor

NUMBER, WORDS = "+44 7700 900555", "nine small boats at dawn"
NOOR = cast.Person("Noor", cast.ZOE.viewer)


def noor(phone: str | None = NUMBER, email: str | None = None) -> uuid.UUID:
    with transaction(), gate.opened("a test adds somebody"):
        draft = VolunteerDraft(given_name="Noor", phone=phone, email=email)
        return service.add_volunteer(draft, by=cast.CHIPO.viewer.account_id).id


def invited(chipos_desk: Visitor, who: uuid.UUID) -> tuple[str, str]:
    """Make the link on the volunteer's page; return the page and the way the link leads."""
    page = chipos_desk.send(f"/volunteers/{who}/invite", opened=f"/volunteers/{who}").text
    link = re.search(r"https?://[^<]*(/join/[^<]+)<", page)
    assert link
    return page, link[1]


def joined(app: Flask, chipos_desk: Visitor) -> uuid.UUID:
    who = noor()
    way = invited(chipos_desk, who)[1]
    phone = Visitor(app, None)
    assert "Next time you sign in with your phone number" in phone.visit(way).text
    assert phone.send(way, {"password": WORDS}).status_code == 303
    return who


def test_the_link_is_shown_with_what_they_sign_in_with_and_how_to_call_them(chipos_desk: Visitor) -> None:
    page, _way = invited(chipos_desk, noor())
    assert "They sign in with their phone number" in page
    assert f"<strong>{NUMBER}</strong>" in page
    assert 'href="tel:+447700900555"' in page
    assert "No e-mail reaches them." in page
    assert 'class="qr"' in page


def test_with_an_address_it_is_the_address(app: Flask, chipos_desk: Visitor) -> None:
    page, way = invited(chipos_desk, noor(email="noor@example.org"))
    assert "<strong>noor@example.org</strong>" in page
    assert "No e-mail reaches them." not in page
    assert "Next time you sign in with your e-mail address" in Visitor(app, None).visit(way).text


@pytest.mark.parametrize("spelling", [NUMBER, "00447700900555", "447700900555", " +44 (7700) 900-555 "])
def test_they_sign_in_with_their_number_however_it_is_spelt(
    app: Flask, chipos_desk: Visitor, spelling: str
) -> None:
    joined(app, chipos_desk)
    visitor, status, _page = come_in(app, NOOR, email=spelling, password=WORDS)
    assert status == 303
    assert NUMBER in visitor.visit("/me").text


@pytest.mark.parametrize(
    ("typed", "password"), [(NUMBER, "another word altogether"), ("+44 7700 900556", WORDS), ("Noor", WORDS)]
)
def test_anything_else_lets_nobody_in(app: Flask, chipos_desk: Visitor, typed: str, password: str) -> None:
    joined(app, chipos_desk)
    assert come_in(app, NOOR, email=typed, password=password)[1] == 422


def test_failed_tries_count_for_the_number_in_every_spelling(app: Flask, chipos_desk: Visitor) -> None:
    joined(app, chipos_desk)
    for n in range(FREE_TRIES):
        come_in(app, NOOR, email=(NUMBER, "00447700900555")[n % 2], password="wrong words here")
    _visitor, status, page = come_in(app, NOOR, email="447700900555", password=WORDS)
    assert (status, "Too many tries" in page) == (422, True)


def test_whoever_forgot_the_password_gets_another_link(app: Flask, chipos_desk: Visitor) -> None:
    who = joined(app, chipos_desk)
    way = invited(chipos_desk, who)[1]
    assert Visitor(app, None).send(way, {"password": "five grey geese resting"}).status_code == 303
    assert come_in(app, NOOR, email=NUMBER, password=WORDS)[1] == 422
    assert come_in(app, NOOR, email=NUMBER, password="five grey geese resting")[1] == 303


@pytest.mark.parametrize(
    ("phone", "said"),
    [(None, "an e-mail address or a phone number first"), ("12345 or my sister", "phone number in digits")],
)
def test_somebody_who_left_no_number_is_asked_for_one(
    chipos_desk: Visitor, phone: str | None, said: str
) -> None:
    who = noor(phone)
    refused = chipos_desk.send(f"/volunteers/{who}/invite", opened=f"/volunteers/{who}")
    assert refused.status_code == 422
    assert said in refused.text


def test_two_who_share_a_phone_are_told_what_to_do(chipos_desk: Visitor) -> None:
    invited(chipos_desk, noor())
    second = noor("0044 7700 900555")
    refused = chipos_desk.send(f"/volunteers/{second}/invite", opened=f"/volunteers/{second}")
    assert refused.status_code == 422
    assert "Somebody signs in with this phone number already." in refused.text


@pytest.mark.usefixtures("the_cast")
def test_the_staff_needs_an_address() -> None:
    draft = AccountDraft(NUMBER, "Noor", frozenset({Role.COORDINATOR}))
    with transaction(), gate.opened("a test invites"), pytest.raises(Refused, match="an e-mail address"):
        invite_to(draft, by=None)


@pytest.mark.parametrize(
    ("number", "password"),
    [
        (NUMBER, "447700900555"),
        (NUMBER, "+44 7700 900555"),
        (NUMBER, "07700 900 555"),
        (NUMBER, "07700900555noor"),
        ("07700 900555", "+447700900555"),
    ],
)
def test_a_password_is_not_the_number(app: Flask, chipos_desk: Visitor, number: str, password: str) -> None:
    way = invited(chipos_desk, noor(number))[1]
    assert Visitor(app, None).send(way, {"password": password}).status_code == 422


@pytest.mark.parametrize("email", [None, "noor@example.org"])
def test_whoever_left_and_comes_back_gets_a_link_and_nothing_of_what_was(
    app: Flask, chipos_desk: Visitor, email: str | None
) -> None:
    who = noor(email=email)
    old = invited(chipos_desk, who)[1]
    assert Visitor(app, None).send(old, {"password": WORDS}).status_code == 303
    with transaction(), gate.opened("a test lets her serve, on the staff too"):
        one, account = session.get_one(Volunteer, who), account_of_person(who)
        assert account is not None
        one.status, account.role_bits = VolunteerStatus.ACTIVE, account.role_bits | ROLE_BITS[Role.SUPERVISOR]
        account.totp, account.recovery = "a secret", ["a code"]
    let_leave(who)
    with transaction(), gate.opened("a test lets her come back"):
        service.step(session.get_one(Volunteer, who), VolunteerStatus.APPLICANT, by=None)
    way = invited(chipos_desk, who)[1]
    with reading(), gate.opened("a test looks"):
        account = account_of_person(who)
        assert account is not None
        assert (account.password, account.totp, account.recovery) == (None, None, None)
    typed = email or NUMBER
    assert come_in(app, NOOR, email=typed, password=WORDS)[1] == 422
    assert Visitor(app, None).send(way, {"password": "five grey geese resting"}).status_code == 303
    assert come_in(app, NOOR, email=typed, password="five grey geese resting")[1] == 303
    with reading(), gate.opened("a test looks"):
        account = account_of_person(who)
        assert account is not None
        assert account.roles == {Role.VOLUNTEER}


def test_a_volunteer_with_a_number_alone_does_not_join_the_staff(
    app: Flask, chipos_desk: Visitor, adas_desk: Visitor
) -> None:
    who = joined(app, chipos_desk)
    with reading(), gate.opened("a test looks"):
        account = account_of_person(who)
        assert account is not None
        page, account_id = f"/accounts/{account.id}", account.id
    refused = adas_desk.send(f"{page}/roles", {"roles": ["coordinator"]}, opened=page)
    assert refused.status_code == 422
    with reading():
        assert session.get_one(Account, account_id).roles == {Role.VOLUNTEER}


def test_no_message_is_sent_to_a_number(app: Flask, chipos_desk: Visitor) -> None:
    who = joined(app, chipos_desk)
    with transaction():
        assert notices.queue(Message(who, Wording.NOW, "one"))
    with a_server() as box:
        set_up(box.port)
        assert send_due() == 0
    with reading():
        assert (box.arrived, list(session.scalars(select(Notice)))) == ([], [])


def test_their_own_page_says_that_no_e_mail_reaches_them(
    app: Flask, chipos_desk: Visitor, aminas_phone: Visitor
) -> None:
    joined(app, chipos_desk)
    visitor = come_in(app, NOOR, email=NUMBER, password=WORDS)[0]
    said, asked = "no e-mail reaches you", "Tell me by e-mail"
    page, hers = visitor.visit("/me/messages").text, aminas_phone.visit("/me/messages").text
    assert (said in page, asked in page) == (True, False)
    assert (said in hers, asked in hers) == (False, True)


def test_the_number_is_sealed_with_the_account(app: Flask, chipos_desk: Visitor) -> None:
    who = joined(app, chipos_desk)
    with reading(), gate.opened("a test looks"):
        account = account_of_person(who)
        assert account is not None
        assert (account.email, account.has_address) == (NUMBER, False)
        assert session.get_one(Volunteer, who).phone == NUMBER
        row = session.execute(select(Account.__table__).where(Account.id == account.id)).one()
    assert not any("900555" in str(value) for value in row)
