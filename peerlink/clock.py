"""The only place that asks what time it is."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from zoneinfo import ZoneInfo

_turned: ContextVar[dt.datetime | None] = ContextVar("turned", default=None)


def now() -> dt.datetime:
    """Return this moment, in UTC."""
    return _turned.get() or dt.datetime.now(dt.UTC)


def today(zone: str) -> dt.date:
    """Return the day it is in this time zone (an IANA name)."""
    return now().astimezone(ZoneInfo(zone)).date()


@contextmanager
def turned_to(moment: dt.datetime) -> Iterator[None]:
    """Let it be another moment for the time of a block, in this thread only: for stories told afterwards."""
    token = _turned.set(moment)
    try:
        yield
    finally:
        _turned.reset(token)
