"""Calls that must be taken, and people out on a visit: what cannot wait stands above everything."""

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from peerlink.features.home.desk import Line
from peerlink.features.matching.queries import my_matches
from peerlink.features.programmes.queries import programme_zone
from peerlink.features.safety.queries import open_calls, own_call, own_visit, visits_out
from peerlink.features.safety.shown import call_rows, time_of, visit_rows
from peerlink.features.safety.watching import BUDDY, DUTY
from peerlink.roles import Permission, Role, Viewer
from peerlink.words import _

STAFF = (Role.COORDINATOR, Role.SUPERVISOR)


def lines(viewer: Viewer, today: dt.date) -> Iterator[Line]:
    """Say who needs a call and who has it, who is not back, and whether the viewer is out themself."""
    if viewer.may(Permission.BE_ON_DUTY):
        yield from _calls(viewer, today)
    yield from _visits(viewer)
    if viewer.may(Permission.LOG_CONTACT):
        yield from _mine(viewer)


def _calls(viewer: Viewer, today: dt.date) -> Iterator[Line]:
    for row in call_rows(open_calls(viewer), viewer):
        asked = {"call_id": row.call.id}
        since = _("since %(when)s", when=time_of(row.call.opened_at))
        day = row.call.opened_at.astimezone(ZoneInfo(programme_zone())).date()
        if row.call.acknowledged_at is None:
            text, word = (
                _("A call is needed: %(who)s", who=row.who),
                _("Overdue") if row.is_late else _("Now"),
            )
            on = day if day < today else None
            yield Line(text, "safety.show_call", "call", "critical", word, since, on, asked)
        elif row.is_mine:
            text = _("You have a call: %(who)s", who=row.who)
            yield Line(text, "safety.show_call", "call", "alert", _("Yours"), since, asked=asked)


def _visits(viewer: Viewer) -> Iterator[Line]:
    for row in visit_rows(visits_out(viewer), viewer):
        if row.visit.volunteer_id == viewer.person_id:
            continue
        if row.stage >= (DUTY if viewer.is_a(*STAFF) else BUDDY):
            text = _("Not back from a visit: %(who)s", who=row.called)
            more = _("expected at %(when)s", when=time_of(row.visit.due_back_at))
            asked = {"visit_id": row.visit.id}
            yield Line(text, "safety.show_visit", "visit", "critical", _("Call them"), more, asked=asked)


def _mine(viewer: Viewer) -> Iterator[Line]:
    waiting = own_call(viewer)
    if waiting is not None:
        more = _("asked at %(when)s", when=time_of(waiting.opened_at))
        yield Line(_("You asked for a call"), "safety.show_help", "call", "watch", _("Asked"), more)
    out = own_visit(viewer)
    if out is not None:
        more = _("expected at %(when)s", when=time_of(out.due_back_at))
        asked = {"visit_id": out.id}
        yield Line(
            _("Say that you are back"), "safety.show_visit", "visit", "watch", _("Out"), more, asked=asked
        )


def going(viewer: Viewer, today: dt.date) -> Iterator[Line]:
    """Offer whoever is not out to say where they go: always there, so it stands last."""
    if viewer.may(Permission.LOG_CONTACT) and own_visit(viewer) is None and my_matches(viewer):
        yield Line(_("Going to a visit"), "safety.going", "visit")
