"""Supervision sessions past their day, and those to come."""

import datetime as dt
from collections.abc import Iterator

from peerlink.features.home.desk import Line
from peerlink.features.supervision.queries import scheduled_for
from peerlink.roles import Permission, Viewer
from peerlink.words import _

SOON = dt.timedelta(days=7)


def lines(viewer: Viewer, today: dt.date) -> Iterator[Line]:
    """Say which sessions are late and which come in the next days."""
    if not viewer.may(Permission.CARE):
        return
    soon = [one for one in scheduled_for(viewer) if one.held_on <= today + SOON]
    late = sum(one.held_on < today for one in soon)
    if late:
        text = _("Sessions past their day; say what became of them: %(n)d", n=late)
        yield Line(text, "supervision.index", "calendar", "watch", _("Late"))
    if len(soon) > late:
        yield Line(
            _("Sessions in the next 7 days: %(n)d", n=len(soon) - late), "supervision.index", "calendar"
        )
