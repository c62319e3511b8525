"""The only place that asks what time it is."""

import datetime as dt
from zoneinfo import ZoneInfo


def now() -> dt.datetime:
    """Return this moment, in UTC."""
    return dt.datetime.now(dt.UTC)


def today(zone: str) -> dt.date:
    """Return the day it is in this time zone (an IANA name)."""
    return now().astimezone(ZoneInfo(zone)).date()
