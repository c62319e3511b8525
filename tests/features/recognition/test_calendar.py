"""The team's days in the calendars of who takes part: the hour that is taken, and nothing else."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from peerlink import clock
from peerlink.features.accounts import feed
from peerlink.features.accounts.sources import Appointment, appointments_of
from peerlink.features.recognition import service
from peerlink.features.recognition.queries import get_team_event
from peerlink.features.recognition.rules import EventDraft
from peerlink.framework.care_words import TeamEventKind
from peerlink.store import gate
from peerlink.store.session import transaction
from tests.features.recognition.happenings import an_event, today
from tests.support import cast

pytestmark = pytest.mark.usefixtures("the_cast")
SOON = clock.today("Europe/London") + dt.timedelta(days=3)
BOTH = (cast.AMINA_ID, cast.BEN_ID)


def taken(of: cast.Person, since: dt.date | None = None) -> list[Appointment]:
    granted = gate.Access(None, of.viewer.opens(), {of.viewer.account_id})
    with transaction(), gate.access(granted):
        return appointments_of(of.viewer, since or today())


def test_it_is_in_the_calendar_of_who_is_invited_and_of_who_planned_it_and_nobody_elses() -> None:
    event = an_event(SOON, BOTH)
    at = dt.datetime.combine(SOON, dt.time(18), ZoneInfo("Europe/London")).astimezone(dt.UTC)
    for who in (cast.AMINA, cast.BEN, cast.CHIPO):
        assert taken(who) == [Appointment(event.id, at, 120)]
    others = [who for who in cast.EVERYBODY if who not in (cast.AMINA, cast.BEN, cast.CHIPO)]
    assert [taken(who) for who in others] == [[]] * len(others)


@pytest.mark.parametrize(("coming", "n"), [(True, 1), (None, 1), (False, 0)])
def test_who_said_no_keeps_the_hour(coming: bool | None, n: int) -> None:
    event = an_event(SOON, BOTH)
    if coming is not None:
        with transaction(), gate.opened("a test answers"):
            service.say_coming(get_team_event(event.id, cast.AMINA.viewer), cast.AMINA.viewer, coming=coming)
    assert (len(taken(cast.AMINA)), len(taken(cast.BEN))) == (n, 1)


def test_one_called_off_is_told_as_off_and_one_before_or_without_an_hour_not_at_all() -> None:
    event = an_event(SOON)
    with transaction(), gate.opened("a test calls it off"):
        service.call_off(get_team_event(event.id, cast.CHIPO.viewer), by=cast.CHIPO.viewer.account_id)
    assert [one.is_off for one in taken(cast.AMINA)] == [True]
    assert taken(cast.AMINA, SOON + dt.timedelta(days=1)) == []
    with transaction(), gate.opened("a test plans one without an hour"):
        draft = EventDraft(day=SOON, kind=TeamEventKind.GATHERING, title="Tea")
        service.plan_event(draft, BOTH, by=cast.CHIPO.viewer.account_id)
    assert taken(cast.BEN) == []


@pytest.mark.parametrize("tells_initial", [True, False])
def test_the_feed_says_busy_and_no_word_of_it(tells_initial: bool) -> None:
    an_event(SOON, title="Marzipanharbour")
    with transaction():
        secret = feed.make_feed(cast.AMINA.viewer.account_id, tells_initial=tells_initial)
    with transaction():
        written = feed.calendar_behind(secret, "Europe/London")
    assert written is not None
    assert b"Marzipan" not in written
    entries: list[Any] = Calendar.from_ical(written).walk("VEVENT")
    (one,) = entries
    assert (one["SUMMARY"], one["CLASS"], one["DTEND"].dt - one["DTSTART"].dt) == (
        "Busy",
        "PRIVATE",
        dt.timedelta(hours=2),
    )
    with transaction():
        feed.take_back_feed(cast.AMINA.viewer.account_id)
    with transaction():
        assert feed.calendar_behind(secret, "Europe/London") is None
