"""Forms that wait for a volunteer, and results they chose to show."""

import datetime as dt
from collections.abc import Iterator

from peerlink.features.home.desk import Line
from peerlink.features.questionnaires.queries import n_shared_since, waiting_for_me
from peerlink.roles import Permission, Viewer
from peerlink.words import _

LATELY = dt.timedelta(days=7)


def lines(viewer: Viewer, today: dt.date) -> Iterator[Line]:
    """Say which short forms wait, and whether somebody showed a result to the viewer this week."""
    if viewer.may(Permission.ANSWER_CHECKIN):
        n = len(waiting_for_me(viewer))
        if n:
            yield Line(_("Short forms that wait for you: %(n)d", n=n), "questionnaires.mine", "file")
    if viewer.may(Permission.CARE):
        n = n_shared_since(viewer, today - LATELY)
        if n:
            text = _("Results volunteers showed you this week: %(n)d", n=n)
            yield Line(text, "questionnaires.shared", "file")
