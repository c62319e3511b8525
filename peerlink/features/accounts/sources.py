"""What stands in somebody's calendar; each room above fills in its own part."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from peerlink.roles import Viewer


@dataclass(frozen=True, slots=True)
class Appointment:
    """One time of somebody's that is taken; what for is said behind the sign-in only."""

    id: uuid.UUID
    """The record it comes from; what stands in the calendar cannot be led back to it."""
    starts_at: dt.datetime
    minutes: int
    is_off: bool = False
    """Whether it was called off: calendars are told, so that it does not stay in them."""
    initial: str = ""
    """The first letter of the other's alias; told only where the owner chose it."""


CalendarSource = Callable[[Viewer, dt.date], Iterable[Appointment]]
"""Gives a viewer's appointments from a day on, asked for on the viewer's behalf."""

calendar_sources: list[CalendarSource] = []


def hear(source: CalendarSource) -> None:
    """Listen to a source, once however often it is named."""
    if source not in calendar_sources:
        calendar_sources.append(source)


def appointments_of(viewer: Viewer, since: dt.date) -> list[Appointment]:
    """Return whatever any room knows of a viewer's time from a day on, the earliest first."""
    found = {one.id: one for source in calendar_sources for one in source(viewer, since)}
    return sorted(found.values(), key=lambda one: (one.starts_at, one.id))
