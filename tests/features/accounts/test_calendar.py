"""The private calendar: it says which hours are taken, to whoever has its address, and nothing else."""

import datetime as dt
import uuid
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from icalendar import Calendar

from peerlink import clock
from peerlink.features.accounts import feed, service
from peerlink.features.accounts.models import Account, CalendarFeed
from peerlink.features.accounts.sources import Appointment, calendar_sources, hear
from peerlink.features.accounts.timetable import Busy, written
from peerlink.roles import Viewer
from peerlink.store import gate
from peerlink.store.session import session, transaction
from tests.features.accounts.door import ELSEWHERE, HERE, somebody
from tests.scenarios.leaks import everything_logged
from tests.support import cast
from tests.support.forms import as_typed
from tests.support.visitor import SAYS_TOO_MUCH, Visitor

NEXT_WEEK = clock.now().replace(microsecond=0) + dt.timedelta(days=7)
HERS = Appointment(uuid.UUID(int=901), NEXT_WEEK, 45, initial="sol")


@pytest.fixture(autouse=True)
def _source(the_cast: object) -> Iterator[None]:
    def dates(viewer: Viewer, since: dt.date) -> list[Appointment]:
        return [HERS] if viewer == cast.AMINA.viewer and NEXT_WEEK.date() >= since else []

    hear(dates)
    hear(dates)
    yield
    calendar_sources.remove(dates)


def address_of(visitor: Visitor, **said: str) -> str:
    made = visitor.send("/me/calendar", said)
    assert made.status_code == 200
    return str(as_typed(made.text)["address"][0] if "address" in as_typed(made.text) else _shown(made.text))


def _shown(page: str) -> str:
    return next(part for part in page.split('"') if part.endswith(".ics"))


def opened(text: str | bytes) -> Any:
    return Calendar.from_ical(text)


def entries(app: Flask, address: str) -> list[dict[str, str]]:
    answer = somebody(app).visit(address)
    assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
    calendar = opened(answer.data)
    return [{str(name): str(one[name]) for name in one} for one in calendar.walk("VEVENT")]


def test_a_calendar_program_sees_an_hour_that_is_taken_and_no_word_more(
    app: Flask, aminas_phone: Visitor
) -> None:
    address = address_of(aminas_phone)
    answer = somebody(app).visit(address)
    calendar = opened(answer.data)
    (one,) = calendar.walk("VEVENT")
    assert set(one) == {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "CLASS", "STATUS", "TRANSP"}
    assert (one["SUMMARY"], one["CLASS"], one["STATUS"]) == ("Busy", "PRIVATE", "CONFIRMED")
    assert one["DTSTART"].dt == NEXT_WEEK
    assert one["DTEND"].dt - one["DTSTART"].dt == dt.timedelta(minutes=45)
    assert str(calendar["X-WR-CALNAME"]) == str(calendar["NAME"]) == "Planner"
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/London"]
    assert not SAYS_TOO_MUCH.search(answer.text)
    for word in ("Amina", "Sol", "peer", "PeerLink", "session", "support", HERS.id.hex, str(HERS.id)):
        assert word.lower() not in answer.text.lower()
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"


def test_one_letter_is_told_where_its_owner_chose_it(app: Flask, aminas_phone: Visitor) -> None:
    assert entries(app, address_of(aminas_phone, tells_initial="y"))[0]["SUMMARY"] == "Catch-up: S."


def test_an_entry_keeps_its_name_and_two_owners_entries_cannot_be_laid_together(
    app: Flask, aminas_phone: Visitor, monkeypatch: pytest.MonkeyPatch, bens_phone: Visitor
) -> None:
    address = address_of(aminas_phone)
    assert entries(app, address)[0]["UID"] == entries(app, address)[0]["UID"]
    monkeypatch.setattr("peerlink.features.accounts.feed.appointments_of", lambda *_: [HERS])
    assert entries(app, address_of(bens_phone))[0]["UID"] != entries(app, address)[0]["UID"]


def test_what_was_called_off_is_told_to_calendars() -> None:
    off = Busy("a", NEXT_WEEK, dt.timedelta(minutes=30), True, "")
    (one,) = opened(written([off], "Africa/Harare", clock.now())).walk("VEVENT")
    assert (one["STATUS"], one["TRANSP"]) == ("CANCELLED", "TRANSPARENT")


def test_hours_are_right_on_both_sides_of_the_summer() -> None:
    zone = ZoneInfo("Europe/London")
    moments = [dt.datetime(2027, month, 10, 15, tzinfo=zone) for month in (1, 7)]
    taken = [Busy(str(n), at, dt.timedelta(hours=1), False, "") for n, at in enumerate(moments)]
    calendar = opened(written(taken, "Europe/London", clock.now()))
    assert [one["DTSTART"].dt for one in calendar.walk("VEVENT")] == moments
    assert [one["DTSTART"].params["TZID"] for one in calendar.walk("VEVENT")] == ["Europe/London"] * 2


def test_a_new_address_ends_the_one_before_and_it_can_be_stopped(app: Flask, aminas_phone: Visitor) -> None:
    first = address_of(aminas_phone)
    second = address_of(aminas_phone)
    assert somebody(app).visit(first).status_code == 404
    assert somebody(app).visit(second).status_code == 200
    assert "Stop it now" in aminas_phone.visit("/me/calendar").text
    assert aminas_phone.send("/me/calendar/take-back", opened="/me/calendar").status_code == 303
    assert somebody(app).visit(second).status_code == 404
    assert "Stop it now" not in aminas_phone.visit("/me/calendar").text


def test_the_table_keeps_no_secret(aminas_phone: Visitor) -> None:
    secret = address_of(aminas_phone).rpartition("/")[2].removesuffix(".ics")
    with transaction():
        (kept,) = session.query(CalendarFeed).all()
    assert secret.encode() not in kept.secret_hash
    assert len(secret) >= 43
    assert secret not in aminas_phone.visit("/me/calendar").text


def test_a_closed_account_and_a_run_out_address_have_no_calendar(
    app: Flask, aminas_phone: Visitor, bens_phone: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    hers, his = address_of(aminas_phone), address_of(bens_phone)
    with transaction(), gate.opened("a test closes an account"):
        service.close_account(session.get_one(Account, cast.AMINA.viewer.account_id), by=None)
    assert somebody(app).visit(hers).status_code == 404
    with transaction():
        last = session.get_one(CalendarFeed, cast.BEN.viewer.account_id).until_on
    turned = dt.datetime.combine(last, dt.time(12), dt.UTC)
    monkeypatch.setattr(clock, "now", lambda: turned)
    assert somebody(app).visit(his).status_code == 200
    turned += dt.timedelta(days=1)
    assert somebody(app).visit(his).status_code == 404
    with transaction():
        assert feed.feed_of(cast.BEN.viewer.account_id) is None


def test_whoever_guesses_waits_and_nobody_else_does(app: Flask, aminas_phone: Visitor) -> None:
    address = address_of(aminas_phone)
    guesser = somebody(app, network=HERE)
    for n in range(5):
        assert guesser.visit(f"/calendar/guess{n}.ics").status_code == 404
    assert guesser.visit(address).status_code == 404, "while they must wait, nothing is told at all"
    assert somebody(app, network=ELSEWHERE).visit(address).status_code == 200


def test_the_address_stands_in_no_log(
    app: Flask, aminas_phone: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    with everything_logged(caplog):
        address = address_of(aminas_phone)
        secret = address.rpartition("/")[2].removesuffix(".ics")
        somebody(app).visit(address)
        somebody(app).visit(f"/calendar/{secret[:-1]}.ics")
    assert secret[:-1] not in caplog.text
