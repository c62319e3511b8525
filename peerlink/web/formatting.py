"""How days, moments and names are written on a page."""

import datetime as dt
import hashlib
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from flask import Flask, current_app, g, url_for
from flask_babel import format_currency, format_date, format_datetime, format_decimal, gettext
from markupsafe import Markup, escape

from peerlink import clock
from peerlink.framework.money import as_decimal
from peerlink.words import _

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
A_MONDAY = dt.date(2024, 1, 1)


def init_app(app: Flask) -> None:
    """Teach the templates to write."""
    app.jinja_env.filters.update(day=day, moment=moment, ago=ago, number=number, initials=initials, slot=slot)
    app.jinja_env.filters.update(money=money)
    app.jinja_env.globals.update(asset=asset, gettext=say)


def say(text: str, **values: object) -> Markup:
    """Say a text in the reader's language, with these values put in.

    It is text and never markup, and where nothing is put in a per cent sign is only a per cent sign: many
    reasons of thresholds have one.
    """
    said = escape(gettext(text))
    return said % values if values else said


def day(value: dt.date | None, style: str = "medium") -> str:
    """Write a day, or a dash where there is none."""
    return "–" if value is None else str(format_date(value, style))


def moment(value: dt.datetime | None) -> str:
    """Write a moment in the programme's time zone."""
    return "–" if value is None else str(format_datetime(_here(value), "d MMM y, HH:mm", rebase=False))


def ago(value: dt.date | dt.datetime | None) -> str:
    """Say how long ago a day was, in whole days."""
    if value is None:
        return "–"
    then = _here(value).date() if isinstance(value, dt.datetime) else value
    days = (_here(clock.now()).date() - then).days
    if days == 0:
        return _("today")
    if days == 1:
        return _("yesterday")
    if days == -1:
        return _("tomorrow")
    return _("%(n)s days ago", n=days) if days > 0 else _("in %(n)s days", n=-days)


def number(value: float | None) -> str:
    """Write a number as the language does."""
    return "–" if value is None else str(format_decimal(value))


def money(amount: int | None, currency: str | None) -> str:
    """Write an amount as the language does, with its currency where there is one."""
    if amount is None:
        return "–"
    if currency is None:
        return str(format_decimal(as_decimal(amount), "#,##0.00"))
    return str(format_currency(as_decimal(amount), currency))


def slot(value: str) -> str:
    """Write a weekly time, kept as `mon 18:00-20:00`, with the weekday as the language has it."""
    weekday, _space, hours = value.partition(" ")
    if weekday not in WEEKDAYS:
        return value
    name = format_date(A_MONDAY + dt.timedelta(days=WEEKDAYS.index(weekday)), "ccc")
    return f"{name} {hours}"


def initials(name: str) -> str:
    """Make the two letters of a round sign from a name."""
    return "".join(part[0] for part in name.split()[:2]).upper()


def asset(name: str) -> str:
    """Return the address of a static file; it changes with the file, so that it can be kept for ever."""
    known: dict[str, str] = g.setdefault("assets", {})
    if name not in known:
        path = Path(str(current_app.static_folder)) / name
        known[name] = url_for("static", filename=name, v=_digest(str(path), path.stat().st_mtime_ns))
    return known[name]


@lru_cache(maxsize=256)
def _digest(path: str, _stamp: int) -> str:
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()[:10]


def _here(value: dt.datetime) -> dt.datetime:
    return value.astimezone(ZoneInfo(g.get("zone", "UTC")))
