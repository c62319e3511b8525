"""Sessions past their day, what was agreed, who is overdue, who looks after too many."""

import datetime as dt
from collections.abc import Iterator

from peerlink.features.home.desk import Line
from peerlink.features.programmes.queries import limits
from peerlink.features.supervision.queries import coming_of_mine, held_by, open_actions, scheduled
from peerlink.features.supervision.service import due_list
from peerlink.features.volunteers.covers import spans
from peerlink.roles import Permission, Role, Viewer
from peerlink.words import _

SOON = dt.timedelta(days=7)


def lines(viewer: Viewer, today: dt.date) -> Iterator[Line]:
    """Say what waits in sessions, on both sides of them."""
    if viewer.may(Permission.CARE):
        yield from _held(viewer, today)
        yield from _agreed(viewer, today)
    if viewer.may(Permission.SEE_OWN) and viewer.person_id is not None:
        yield from _mine(viewer, today)
    if viewer.may(Permission.KEEP_VOLUNTEERS):
        yield from _too_many("supervision.team")
    elif viewer.is_a(Role.MANAGER):
        yield from _too_many("")


def _held(viewer: Viewer, today: dt.date) -> Iterator[Line]:
    late = {one.group_id or one.id for one in scheduled(held_by(viewer)) if one.held_on < today}
    if late:
        text = _("Sessions past their day; say what became of them: %(n)d", n=len(late))
        yield Line(text, "supervision.index", "calendar", "watch", _("Late"))
    unplanned = [one for one in due_list(viewer) if one.planned is None]
    overdue = [one for one in unplanned if one.due_on is not None and one.due_on < today]
    if overdue:
        more = ", ".join(one.volunteer.called for one in overdue[:3])
        text = _("Talks overdue and not planned: %(n)d", n=len(overdue))
        yield Line(text, "supervision.index", "clock", "watch", _("Plan"), more)


def _agreed(viewer: Viewer, today: dt.date) -> Iterator[Line]:
    mine = [one for one in open_actions(viewer) if one.owner_id == viewer.account_id]
    late = [one for one in mine if one.due_on is not None and one.due_on < today]
    if late:
        text = _("What you agreed to do, past its day: %(n)d", n=len(late))
        yield Line(text, "supervision.index", "ok", "watch", _("Late"), late[0].what)


def _mine(viewer: Viewer, today: dt.date) -> Iterator[Line]:
    coming = next(iter(coming_of_mine(viewer, today)), None)
    if coming is not None and coming.held_on <= today + SOON:
        text, more = _("Your next session: %(kind)s", kind=_(coming.kind.label)), _("The agenda is there")
        yield Line(text, "supervision.mine", "calendar", more=more, on=coming.held_on)
    mine = [one for one in open_actions(viewer) if one.owner_id is None]
    late = [one for one in mine if one.due_on is not None and one.due_on < today]
    if late:
        text = _("You agreed to: %(what)s", what=late[0].what)
        yield Line(text, "supervision.mine", "ok", "watch", _("Late"), _("By"), late[0].due_on)
    elif mine:
        yield Line(_("Things you agreed to do: %(n)d", n=len(mine)), "supervision.mine", "ok")


def _too_many(endpoint: str) -> Iterator[Line]:
    most = limits().whole("supervision.max_span")
    over = sum(n > most for n in spans().values())
    if over:
        text = _("Supervisors who look after more than %(most)d volunteers: %(n)d", most=most, n=over)
        yield Line(text, endpoint, "group", "watch", _("Too many"))
