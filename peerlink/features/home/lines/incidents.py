"""Incidents that wait for somebody, the overdue ones first."""

import datetime as dt
from collections.abc import Iterator

from peerlink.features.home.desk import Line
from peerlink.features.incidents.queries import listed
from peerlink.features.incidents.shown import is_late
from peerlink.framework.incident_words import IncidentStatus
from peerlink.roles import Permission, Viewer
from peerlink.store.sealing import intact
from peerlink.words import _


def lines(viewer: Viewer, today: dt.date) -> Iterator[Line]:
    """Say which incidents are overdue, which nobody has looked at, and which the viewer has."""
    if not viewer.may(Permission.HANDLE_INCIDENTS):
        return
    rows, _n_damaged = intact(listed(viewer))
    late = [one for one in rows if is_late(one)]
    new = [one for one in rows if one.status is IncidentStatus.REPORTED and one not in late]
    mine = [one for one in rows if one.handler_id == viewer.account_id and one not in (*late, *new)]
    if late:
        text, more = _("Incidents past their time: %(n)d", n=len(late)), _("Somebody must look now.")
        asked = {"show": "late"}
        yield Line(text, "incidents.index", "alert", "critical", _("Overdue"), more, asked=asked)
    if new:
        text = _("Incidents nobody has looked at yet: %(n)d", n=len(new))
        tone = "alert" if max(one.severity for one in new) > 2 else "watch"
        yield Line(text, "incidents.index", "alert", tone, _("Look"))
    if mine:
        text = _("Incidents with you: %(n)d", n=len(mine))
        yield Line(text, "incidents.index", "alert", asked={"show": "mine"})
