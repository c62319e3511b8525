"""The hours the team's days take, for calendars: of who is invited and has not said no, and who planned."""

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select

from peerlink.features.accounts.sources import Appointment
from peerlink.features.programmes.queries import programme_zone
from peerlink.features.recognition.models import Guest, TeamEvent
from peerlink.features.recognition.rules import USUAL_MINUTES
from peerlink.roles import Viewer
from peerlink.store.lookup import many


def appointments(viewer: Viewer, since: dt.date) -> Iterator[Appointment]:
    """Return the team's days a viewer takes part in from a day on, where their hour is known."""
    takes_part = TeamEvent.by_id == viewer.account_id
    if viewer.person_id is not None:
        invited = select(Guest.event_id).where(
            Guest.volunteer_id == viewer.person_id, Guest.coming.is_distinct_from(False)
        )
        takes_part = or_(takes_part, TeamEvent.id.in_(invited))
    zone = ZoneInfo(programme_zone())
    for one in many(select(TeamEvent).where(TeamEvent.day >= since, takes_part)):
        if one.hour:
            at = dt.datetime.combine(one.day, dt.time.fromisoformat(one.hour), zone).astimezone(dt.UTC)
            yield Appointment(one.id, at, USUAL_MINUTES, one.called_off_on is not None)
