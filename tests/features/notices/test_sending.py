"""Messages arrive word for word, once for each occasion, over a way that is private; failing loses none."""

import re
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from peerlink import clock
from peerlink.events import Wording
from peerlink.features.accounts.models import Account, AccountState
from peerlink.features.notices.queries import post
from peerlink.features.notices.rounds import send_due
from peerlink.framework.message_words import Security, Trouble
from peerlink.framework.telling import tells
from peerlink.store.session import reading, session, transaction
from tests.features.notices.deeds import NOON, in_minutes, queue, rows
from tests.features.notices.letters import (
    PASSWORD,
    SITE,
    USER,
    a_server,
    certified,
    only_with_password,
    set_up,
)
from tests.support import cast

pytestmark = pytest.mark.usefixtures("the_cast")
AMINA, DANA = cast.AMINA.viewer.account_id, cast.DANA.viewer.account_id


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[None]:
    with clock.turned_to(NOON):
        yield


def test_a_message_arrives_word_for_word() -> None:
    queue(cast.AMINA_ID)
    with a_server() as box:
        set_up(box.port)
        assert send_due() == 1
    sender, recipients, content = box.arrived[0]
    assert (sender, recipients) == ("news@example.org", ["amina@example.org"])
    lines = content.replace(b"\r\n", b"\n").decode("ascii")
    assert re.sub(r"<[0-9a-f]{32}@", "<ID@", lines) == (
        "From: Updates <news@example.org>\n"
        "To: amina@example.org\n"
        "Subject: You have an update.\n"
        "Date: Tue, 30 Jun 2026 11:00:00 +0000\n"
        "Message-ID: <ID@example.org>\n"
        "Auto-Submitted: auto-generated\n"
        'Content-Type: text/plain; charset="utf-8"\n'
        "Content-Transfer-Encoding: 7bit\n"
        "MIME-Version: 1.0\n"
        "\n"
        "You have an update.\n"
        "\n"
        f"{SITE}/sign-in\n"
    )
    assert box.greetings == ["example.org"]


def test_no_message_says_who_or_why() -> None:
    for n, wording in enumerate(Wording):
        queue(DANA, wording, f"flag about Amina {n}")
    with a_server() as box:
        set_up(box.port)
        assert send_due() == len(Wording)
    said = re.sub(r"\r\nTo: .*", "", b"".join(content for _from, _to, content in box.arrived).decode())
    assert not tells(said)
    for word in ("Amina", "Dana", "Riverbend", "flag", "PeerLink", "check-in", "volunteer"):
        assert word.lower() not in said.lower()


def test_an_occasion_is_told_once_however_often_it_is_asked_for() -> None:
    assert [queue(AMINA), queue(cast.AMINA_ID), queue(AMINA)] == [True, False, False]
    with a_server() as box:
        set_up(box.port)
        assert (send_due(), send_due()) == (1, 0)
        assert queue(AMINA) is False
        assert queue(AMINA, key="another") is True
        assert send_due() == 1
    assert len(box.arrived) == 2


def test_several_occasions_that_wait_together_are_one_letter() -> None:
    for n in range(5):
        queue(DANA, Wording.UPDATE, f"occasion {n}")
    queue(DANA, Wording.NOW, "urgent")
    with a_server() as box:
        set_up(box.port)
        assert send_due() == 2
    assert len(box.arrived) == 2
    assert all(one.sent_at is not None for one in rows())


def test_who_cannot_sign_in_is_not_told() -> None:
    with transaction():
        session.get_one(Account, AMINA).state = AccountState.CLOSED
    assert queue(cast.AMINA_ID) is False
    assert queue(uuid.uuid4()) is False
    queue(DANA)
    with transaction():
        session.get_one(Account, DANA).state = AccountState.CLOSED
    with a_server() as box:
        set_up(box.port)
        assert send_due() == 0
    assert (box.arrived, rows()) == ([], [])


def test_without_a_mail_server_messages_wait_and_are_not_tried() -> None:
    queue(AMINA)
    assert send_due() == 0
    assert [(one.tries, one.sent_at) for one in rows()] == [(0, None)]


def test_a_server_that_does_not_answer_keeps_the_queue_and_pauses_grow() -> None:
    queue(AMINA)
    with a_server() as box:
        set_up(box.port)
    moments = (0.0, 0.5, 1.1, 5.0, 6.2, 20.0, 21.3)
    tried = []
    for minutes in moments:
        with in_minutes(minutes):
            send_due()
            tried.append(rows()[0].tries)
    assert tried == [1, 1, 2, 2, 3, 3, 4]
    with reading():
        assert post().trouble is Trouble.NO_ANSWER
    with a_server() as box, in_minutes(200):
        set_up(box.port)
        assert send_due() == 1
    assert rows()[0].trouble is None


def test_one_recipient_refused_does_not_keep_the_others() -> None:
    queue(AMINA)
    queue(DANA)
    with a_server() as box:
        box.refuses = "amina"
        set_up(box.port)
        assert send_due() == 1
    assert {one.account_id: one.trouble for one in rows()} == {AMINA: Trouble.RECIPIENT, DANA: None}


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
def test_the_way_is_private_and_the_password_goes_nowhere_else(security: Security, tmp_path: Path) -> None:
    shown, trusts = certified(tmp_path)
    settings = (
        {"ssl_context": shown, "auth_require_tls": False}
        if security is Security.TLS
        else {"tls_context": shown, "require_starttls": True}
    )
    queue(AMINA)
    with a_server(**settings, authenticator=only_with_password) as box:
        set_up(box.port, security, username=USER, password="wrong")
        assert send_due(context=trusts) == 0
        assert rows()[0].trouble is Trouble.SIGN_IN
        set_up(box.port, security, username=USER, password=PASSWORD)
        with in_minutes(2):
            assert send_due(context=trusts) == 1
        set_up(box.port, security, username=USER)
        queue(AMINA, key="with the password that is kept")
        with in_minutes(3):
            assert send_due(context=trusts) == 1
    assert PASSWORD not in str(box.arrived)


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
def test_a_certificate_nobody_vouches_for_is_not_trusted(security: Security, tmp_path: Path) -> None:
    shown, _trusts = certified(tmp_path)
    settings = {"ssl_context": shown} if security is Security.TLS else {"tls_context": shown}
    queue(AMINA)
    with a_server(**settings) as box:
        set_up(box.port, security)
        assert send_due() == 0
    assert box.arrived == []
    assert rows()[0].trouble is Trouble.NOT_TRUSTED


def test_a_server_without_tls_is_not_spoken_to_in_the_clear() -> None:
    queue(AMINA)
    with a_server() as box:
        set_up(box.port, Security.STARTTLS)
        assert send_due() == 0
    assert box.arrived == []
    assert rows()[0].trouble is Trouble.NOT_TRUSTED
