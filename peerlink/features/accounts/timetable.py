"""Writes a calendar that says nothing but which hours are taken."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from peerlink.words import _

NAME = "Planner"


@dataclass(frozen=True, slots=True)
class Busy:
    """One stretch of time that is taken."""

    name: str
    """What calendars know it by; it stays the same when the time moves."""
    starts_at: dt.datetime
    lasts: dt.timedelta
    is_off: bool
    initial: str


def written(taken: Iterable[Busy], zone: str, now: dt.datetime) -> bytes:
    """Write a calendar in a time zone: no place, no words, nobody who comes."""
    calendar = Calendar()
    calendar.add("prodid", f"-//{NAME}//{NAME}//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", NAME)
    calendar.add("x-wr-calname", NAME)
    for one in taken:
        calendar.add_component(_entry(one, ZoneInfo(zone), now))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _entry(one: Busy, zone: ZoneInfo, now: dt.datetime) -> Event:
    starts_at = one.starts_at.astimezone(zone)
    entry = Event()
    entry.add("uid", one.name)
    entry.add("dtstamp", now.astimezone(dt.UTC))
    entry.add("dtstart", starts_at)
    entry.add("dtend", (one.starts_at + one.lasts).astimezone(zone))
    entry.add("summary", _("Catch-up: %(initial)s.", initial=one.initial) if one.initial else _("Busy"))
    entry.add("class", "PRIVATE")
    entry.add("status", "CANCELLED" if one.is_off else "CONFIRMED")
    entry.add("transp", "TRANSPARENT" if one.is_off else "OPAQUE")
    return entry
