"""Flags that need somebody."""

import datetime as dt
from collections.abc import Iterator

from peerlink.features.home.desk import Line
from peerlink.features.risks.queries import care_flags, intact, open_flags_for, volunteers_in
from peerlink.features.risks.shown import see_all
from peerlink.features.risks.untaught import part
from peerlink.framework.levels import Level
from peerlink.roles import Permission, Viewer
from peerlink.store.lookup import many
from peerlink.words import _


def lines(viewer: Viewer, today: dt.date) -> Iterator[Line]:
    """Say which flags need the viewer today or this week, and which may be closed."""
    if not viewer.may(Permission.SEE_FLAGS):
        return
    cares = viewer.may(Permission.CARE)
    flags, _damaged = intact(care_flags(viewer) if cares else many(open_flags_for(viewer)))
    seen = see_all(flags, viewer)
    done = sum(one.flag.may_close_on is not None for one in seen)
    alone, untaught = part(seen)
    for level, text in (
        (Level.CRITICAL, _("Flags that need somebody today: %(n)d")),
        (Level.ALERT, _("Flags that need somebody this week: %(n)d")),
    ):
        these = [one.flag for one in alone if one.wants is level]
        n = len(these) + (untaught is not None and untaught.wants is level)
        if n:
            endpoint, icon = ("risks.care", "care") if cares else ("risks.flags", "flag")
            more = ", ".join(sorted(one.called for one in volunteers_in(these).values())) if cares else ""
            yield Line(text % {"n": n}, endpoint, icon, level.value, _(level.label), more)
    if done:
        yield Line(_("Flags to be closed with a word on how it ended: %(n)d", n=done), "risks.flags", "ok")
