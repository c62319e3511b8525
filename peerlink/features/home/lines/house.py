"""What an administrator looks after."""

import datetime as dt
from collections.abc import Iterator

from peerlink.features.accounts.queries import n_invited
from peerlink.features.home.desk import Line
from peerlink.features.privacy.endings import n_missed
from peerlink.roles import Permission, Viewer
from peerlink.store.claims import last_runs
from peerlink.words import _


def lines(viewer: Viewer, today: dt.date) -> Iterator[Line]:
    """Say whether the nightly round ran, and which invitations are open."""
    if not viewer.may(Permission.KEEP_ACCOUNTS):
        return
    run = last_runs().get("nightly round")
    ran_on = dt.date.fromisoformat(run.slot) if run else None
    last = _("Last") if ran_on else _("It has not run yet.")
    if ran_on is None or ran_on < today - dt.timedelta(days=1):
        yield Line(_("The nightly round did not run"), "", "clock", "alert", _("Look"), last, ran_on)
    else:
        yield Line(_("The nightly round ran"), "", "clock", "ok", _("Fine"), last, ran_on)
    missed = n_missed(today)
    if missed:
        more = _("It is tried again every minute; the server's log says what is in the way.")
        text = _("Records not deleted, although their day is over: %(n)d", n=missed)
        yield Line(text, "", "alert", "critical", _("Look"), more)
    n = n_invited(viewer)
    if n:
        yield Line(_("Invitations still open: %(n)d", n=n), "staff.index", "mail")
    more = _("The command peerlink audit verify tells whether anybody changed it.")
    yield Line(_("Look the trail over"), "privacy.index", "history", more=more)
