"""On which day a session is best booked that is due by another, and who holds it."""

import datetime as dt
import uuid

from peerlink import clock
from peerlink.features.programmes.queries import programme_zone
from peerlink.features.supervision.rules import is_working_day
from peerlink.features.volunteers.covers import looking_after
from peerlink.features.volunteers.models import Volunteer


def day_by(volunteer: Volunteer, due_on: dt.date) -> dt.date:
    """Return the last working day by a due day on which somebody looks after a volunteer.

    Where everybody is away on all of them it is the last working day, and where there is none the due day.
    """
    today = clock.today(programme_zone())
    days = [due_on - dt.timedelta(days=n) for n in range((due_on - today).days + 1)]
    working = [day for day in days if is_working_day(day)]
    there = [day for day in working if looking_after(volunteer, day) is not None]
    return next(iter(there or working), due_on)


def holder_on(volunteer: Volunteer, on: dt.date, by: uuid.UUID | None) -> uuid.UUID | None:
    """Name who holds a session on a day that somebody plans: whoever looks after the volunteer then.

    Who does not look after them, such as a reader of their choice, holds what they plan themself.
    """
    today = clock.today(programme_zone())
    if by is not None and by in (volunteer.supervisor_id, looking_after(volunteer, today)):
        return looking_after(volunteer, on) or by
    return by
