"""The hours training takes, for calendars: of whoever is enrolled and of whoever teaches."""

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select

from peerlink.features.accounts.sources import Appointment
from peerlink.features.programmes.queries import programme_zone
from peerlink.features.training.models import Attendance, TrainingSession
from peerlink.framework.training_words import AttendanceStatus, TrainingSessionStatus
from peerlink.roles import Viewer
from peerlink.store.lookup import many


def appointments(viewer: Viewer, since: dt.date) -> Iterator[Appointment]:
    """Return the training a viewer takes part in or teaches from a day on, where its hour is known."""
    mine = TrainingSession.held_by == viewer.account_id
    if viewer.person_id is not None:
        enrolled = select(Attendance.session_id).where(
            Attendance.volunteer_id == viewer.person_id, Attendance.status != AttendanceStatus.EXCUSED
        )
        mine = or_(mine, TrainingSession.id.in_(enrolled))
    zone = ZoneInfo(programme_zone())
    for one in many(select(TrainingSession).where(TrainingSession.on >= since, mine)):
        if one.begins:
            at = dt.datetime.combine(one.on, dt.time.fromisoformat(one.begins), zone).astimezone(dt.UTC)
            yield Appointment(one.id, at, one.minutes, one.status is TrainingSessionStatus.CANCELLED)
