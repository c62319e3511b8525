"""Setting the way up, trying it, and saying how one wants to be told."""

import datetime as dt

import pytest
from sqlalchemy import select, update

from peerlink import clock
from peerlink.features.notices.models import Mail, Notice, Reach
from peerlink.features.notices.rounds import send_due
from peerlink.features.wellbeing.service import ask_and_expire
from peerlink.store import gate
from peerlink.store.session import reading, session, transaction
from tests.features.notices.letters import a_server, set_up
from tests.features.risks.happenings import today
from tests.support import cast
from tests.support.visitor import Visitor

TYPED = {
    "sender": "Updates",
    "address": "news@example.org",
    "site": "https://links.example.org/",
    "host": "mail.example.org",
    "security": "starttls",
    "port": "587",
    "username": "us",
    "password": "nine swift otters",
}


def test_the_way_is_kept_and_its_password_never_shown_again(chipos_desk: Visitor, adas_desk: Visitor) -> None:
    assert chipos_desk.send("/programme/messages", TYPED).status_code == 303
    page = adas_desk.visit("/programme/messages").text
    assert 'value="mail.example.org"' in page
    assert "https://links.example.org/sign-in" in page
    assert "nine swift otters" not in page
    adas_desk.send("/programme/messages", {**TYPED, "sender": "News", "password": ""})
    with reading(), gate.opened("a test looks"):
        kept = session.scalars(select(Mail)).one()
        assert (kept.sender, kept.password, kept.site) == (
            "News",
            "nine swift otters",
            "https://links.example.org",
        )


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("sender", "HIV news", "may not tell what the programme is about"),
        ("site", "http://links.example.org", "https://links.example.org, and no more"),
        ("security", "none", "Choose STARTTLS or TLS"),
        ("port", "many", "Not a valid integer"),
        ("sender", "", "Fill this in."),
    ],
)
def test_a_way_that_cannot_be_is_refused_and_nothing_typed_is_lost(
    chipos_desk: Visitor, field: str, typed: str, said: str
) -> None:
    refused = chipos_desk.send("/programme/messages", {**TYPED, field: typed})
    assert refused.status_code == 422
    assert said in refused.text
    assert 'value="news@example.org"' in refused.text


def test_one_to_oneself_shows_that_it_works(chipos_desk: Visitor) -> None:
    with a_server() as box:
        set_up(box.port)
        chipos_desk.send("/programme/messages/try", opened="/programme/messages")
        assert "Waiting" in chipos_desk.visit("/programme/messages").text
        assert send_due() == 1
    assert box.arrived[0][1] == ["chipo@example.org"]
    assert "No mail server is set up yet" not in chipos_desk.visit("/programme/messages").text


def test_a_way_that_fails_says_why(chipos_desk: Visitor) -> None:
    with a_server() as box:
        set_up(box.port)
    chipos_desk.send("/programme/messages/try", opened="/programme/messages")
    send_due()
    assert "The mail server does not answer." in chipos_desk.visit("/programme/messages").text


def test_only_whoever_can_set_mail_up_is_told_that_messages_wait_and_what_to_do(
    adas_desk: Visitor, chipos_desk: Visitor, danas_desk: Visitor, aminas_phone: Visitor
) -> None:
    assert "mail server" not in adas_desk.visit("/").text
    with transaction(), gate.opened("a test"):
        ask_and_expire(today())
    page = adas_desk.visit("/").text
    assert "Messages wait until a mail server is set up: 2" in page
    assert "Say which mail server sends them." in page
    for others in (chipos_desk, danas_desk, aminas_phone):
        assert "Messages wait" not in others.visit("/").text
    with a_server() as box:
        set_up(box.port)
    assert "could not be sent" not in adas_desk.visit("/").text
    with transaction():
        session.execute(update(Notice).values(due_at=Notice.queued_at))
    send_due_by_day()
    page = adas_desk.visit("/").text
    assert "Messages that could not be sent yet: 2" in page
    assert "The mail server does not answer." in page
    assert "could not be sent" not in chipos_desk.visit("/").text


def send_due_by_day() -> None:
    noon = clock.now().replace(hour=12) + dt.timedelta(days=1)
    with clock.turned_to(noon):
        send_due()


def test_without_a_way_there_is_nothing_to_try(chipos_desk: Visitor) -> None:
    assert "No mail server is set up yet" in chipos_desk.visit("/programme/messages").text
    assert chipos_desk.send("/programme/messages/try", opened="/programme/messages").status_code == 422


def test_everybody_says_how_they_are_told(aminas_phone: Visitor) -> None:
    page = aminas_phone.visit("/me/messages").text
    assert 'value="21"' in page
    aminas_phone.send("/me/messages", {"by_email": "no", "quiet_from": "20", "quiet_until": "9"})
    with reading():
        kept = session.get_one(Reach, cast.AMINA.viewer.account_id)
        assert (kept.by_email, kept.quiet_from, kept.quiet_until) == (False, 20, 9)
    refused = aminas_phone.send("/me/messages", {"by_email": "no", "quiet_from": "25", "quiet_until": "9"})
    assert refused.status_code == 422
    assert "An hour is 0 to 23." in refused.text


def test_a_check_in_that_is_due_is_told_to_its_volunteer(aminas_phone: Visitor) -> None:
    with transaction(), gate.opened("a test"):
        ask_and_expire(today())
    with reading():
        told = session.scalars(select(Notice.account_id)).all()
    assert set(told) == {cast.AMINA.viewer.account_id, cast.BEN.viewer.account_id}
