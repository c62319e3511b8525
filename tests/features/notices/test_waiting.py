"""When a message comes, what happens when somebody vanishes, and when it is forgotten."""

import datetime as dt
import ssl
from collections.abc import Iterator

import pytest

from peerlink import clock
from peerlink.events import Wording
from peerlink.features.notices import rounds, service
from peerlink.features.notices.post import Way, deliver
from peerlink.features.notices.rounds import send_due
from peerlink.features.notices.rules import ReachDraft
from peerlink.framework.message_words import Trouble
from peerlink.store.session import _session, transaction
from tests.features.notices.deeds import NOON, in_minutes, queue, rows
from tests.features.notices.letters import (
    a_server,
    set_up,
)
from tests.support import cast

pytestmark = pytest.mark.usefixtures("the_cast")
AMINA, DANA = cast.AMINA.viewer.account_id, cast.DANA.viewer.account_id


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[None]:
    with clock.turned_to(NOON):
        yield


def test_at_night_only_what_is_urgent_comes() -> None:
    queue(AMINA, Wording.FORM)
    queue(DANA, Wording.NOW)
    with a_server() as box:
        set_up(box.port)
        with in_minutes(10 * 60):
            assert send_due() == 1
        assert box.arrived[0][1] == ["dana@example.org"]
        with in_minutes(19 * 60 + 59):
            assert send_due() == 0
        with in_minutes(20 * 60):
            assert send_due() == 1


def test_whoever_wants_no_mail_gets_none_but_is_called_when_on_duty() -> None:
    for who in (AMINA, DANA):
        with transaction():
            service.choose_reach(who, ReachDraft(False, 21, 8))
        queue(who, Wording.UPDATE)
        queue(who, Wording.NOW, "urgent")
    with a_server() as box:
        set_up(box.port)
        send_due()
    assert [(to, b"needed" in content) for _sender, to, content in box.arrived] == [
        (["dana@example.org"], True)
    ]
    assert [one.account_id for one in rows()] == [DANA]


def test_nothing_is_written_while_the_server_is_spoken_to(monkeypatch: pytest.MonkeyPatch) -> None:
    queue(AMINA)
    spoken = []

    def watched(
        way: Way, letters: list[service.Letter], context: ssl.SSLContext | None = None
    ) -> Iterator[tuple[service.Letter, Trouble | None]]:
        for one in deliver(way, letters, context):
            spoken.append(_session.get())
            yield one

    monkeypatch.setattr(rounds, "deliver", watched)
    with a_server() as box:
        set_up(box.port)
        assert send_due() == 1
    assert spoken == [None]


def test_whoever_vanishes_while_sending_costs_one_duplicate_and_no_message() -> None:
    queue(AMINA)
    with transaction():
        assert len(service.take_due()) == 1
    with a_server() as box:
        set_up(box.port)
        with in_minutes(9):
            assert send_due() == 0
        with in_minutes(10):
            assert send_due() == 1


def test_two_who_send_at_once_send_nothing_twice() -> None:
    queue(AMINA)
    with transaction():
        first, second = service.take_due(), service.take_due()
    assert (len(first), len(second)) == (1, 0)


def test_what_is_no_news_any_longer_is_dropped() -> None:
    queue(AMINA)
    with clock.turned_to(NOON + dt.timedelta(days=14)):
        send_due()
        assert len(rows()) == 1
    with clock.turned_to(NOON + dt.timedelta(days=14, minutes=1)):
        send_due()
        assert rows() == []


def test_that_somebody_was_told_is_forgotten_in_time() -> None:
    queue(AMINA)
    with a_server() as box:
        set_up(box.port)
        send_due()
        for days, n in ((180, 1), (181, 0)):
            with clock.turned_to(NOON + dt.timedelta(days=days)):
                send_due()
                assert len(rows()) == n


def test_the_table_says_nothing_about_anything() -> None:
    queue(DANA, Wording.NOW, "flag R20 about Amina")
    one = rows()[0]
    kept = {name: value for name, value in vars(one).items() if not name.startswith("_")}
    assert set(kept) == {
        *("id", "account_id", "occasion", "wording", "queued_at", "due_at", "claimed_at", "sent_at"),
        *("tries", "trouble"),
    }
    assert "R20" not in str(kept)
