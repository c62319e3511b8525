"""The programme to be set up, its people to be brought in, and places to look at again."""

import datetime as dt
from collections.abc import Iterator

from peerlink.features.home.desk import Line
from peerlink.features.participants.queries import participant_counts
from peerlink.features.programmes.queries import find_programme, limits, places
from peerlink.features.volunteers.queries import volunteer_counts
from peerlink.framework.vocabularies import PlaceStatus
from peerlink.roles import Permission, Viewer
from peerlink.words import _


def lines(viewer: Viewer, today: dt.date) -> Iterator[Line]:
    """Say what is still to be set up, who is still to come, and which places are due for another look."""
    if not viewer.may(Permission.KEEP_PROGRAMME):
        return
    if find_programme() is None:
        yield Line(
            _("Set the programme up: name, language, time zone"),
            "programmes.index",
            "home",
            "watch",
            _("First"),
        )
        return
    if viewer.may(Permission.IMPORT) and not (
        any(participant_counts(viewer).values()) or any(volunteer_counts(viewer).values())
    ):
        text, more = (
            _("Bring your people in"),
            _("From a workbook at once, or one by one on their own pages."),
        )
        yield Line(text, "moving.start", "upload", "watch", _("First"), more)
    oldest = today - dt.timedelta(days=limits().whole("place.review_days"))
    approved = [one for one in places().values() if one.status is PlaceStatus.APPROVED]
    due = sum(one.reviewed_on is None or one.reviewed_on < oldest for one in approved)
    if due:
        yield Line(
            _("Places due for another look: %(n)d", n=due), "programmes.index", "place", "watch", _("Due")
        )
