"""Who is away, and who looks after a volunteer meanwhile."""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Sequence

from sqlalchemy import Select, select

from peerlink.features.volunteers.models import Cover, Volunteer
from peerlink.features.volunteers.queries import SERVING
from peerlink.store.session import session


def covers_on(day: dt.date) -> dict[uuid.UUID, Cover]:
    """Return who is away on a day, by account, each with who covers."""
    found = session.scalars(_on(day))
    return {one.supervisor_id: one for one in found}


def cover_of(supervisor_id: uuid.UUID | None, day: dt.date) -> Cover | None:
    """Return a supervisor's absence on a day, None where they are there."""
    return session.scalars(_on(day).where(Cover.supervisor_id == supervisor_id)).first()


def covers_to_come(day: dt.date) -> Sequence[Cover]:
    """Return every absence that lasts on a day or is still to come, the earliest first."""
    asked = select(Cover).where(Cover.until_on >= day)
    return session.scalars(asked.order_by(Cover.from_on, Cover.id)).all()


def looking_after(volunteer: Volunteer, day: dt.date) -> uuid.UUID | None:
    """Name who looks after a volunteer on a day: the supervisor, or whoever covers; None for nobody."""
    away = cover_of(volunteer.supervisor_id, day)
    return volunteer.supervisor_id if away is None else away.by_id


def standing_in(supervisor_id: uuid.UUID | None, day: dt.date) -> uuid.UUID | None:
    """Name who does a supervisor's work on a day: the colleague who covers, else the supervisor themself."""
    away = cover_of(supervisor_id, day)
    return away.by_id if away is not None and away.by_id is not None else supervisor_id


def spans() -> dict[uuid.UUID, int]:
    """Return how many active or paused volunteers each supervisor has."""
    asked = select(Volunteer.supervisor_id).where(
        Volunteer.status.in_(SERVING), Volunteer.supervisor_id.is_not(None)
    )
    return dict(Counter(one for one in session.scalars(asked) if one is not None))


def _on(day: dt.date) -> Select[Cover]:
    return select(Cover).where(Cover.from_on <= day, Cover.until_on >= day)
