"""Messages that cannot be sent."""

import datetime as dt
from collections.abc import Iterator

from peerlink import clock
from peerlink.features.home.desk import Line
from peerlink.features.notices.queries import has_mail, post
from peerlink.roles import Permission, Viewer
from peerlink.words import _

LATE = dt.timedelta(hours=12)
"""What waits longer than a night does not wait for the morning."""


def lines(viewer: Viewer, _today: dt.date) -> Iterator[Line]:
    """Say to whoever looks after the house that messages wait, why, and what to do: nobody else can."""
    if not (viewer.may(Permission.KEEP_ACCOUNTS) and viewer.may(Permission.KEEP_PROGRAMME)):
        return
    how = post()
    if not how.n_waiting:
        return
    if not has_mail():
        text = _("Messages wait until a mail server is set up: %(n)d", n=how.n_waiting)
        more = _("Say which mail server sends them. Until then people are told only when they sign in.")
        yield Line(text, "notices.settings", "mail", "watch", _("Set up"), more)
    elif how.trouble or (how.waiting_since is not None and how.waiting_since < clock.now() - LATE):
        text = _("Messages that could not be sent yet: %(n)d", n=how.n_waiting)
        more = (
            _(how.trouble.label) if how.trouble else _("See whether the way to the mail server still works.")
        )
        yield Line(text, "notices.settings", "mail", "watch", _("Look"), more)
