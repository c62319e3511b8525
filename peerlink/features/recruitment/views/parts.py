"""What the pages of recruitment share."""

import datetime as dt
import uuid
from collections.abc import Iterable

from flask import Blueprint

from peerlink import clock
from peerlink.errors import NotFound
from peerlink.features.accounts.queries import team_members
from peerlink.features.programmes.queries import programme_zone
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.queries import get_volunteer
from peerlink.web.viewer import current_viewer

bp = Blueprint("recruitment", __name__)


def today() -> dt.date:
    """Return the programme's day."""
    return clock.today(programme_zone())


def own_record() -> Volunteer:
    """Return the record of the volunteer who is looking."""
    viewer = current_viewer()
    if viewer.person_id is None:
        raise NotFound
    return get_volunteer(viewer.person_id, viewer)


def day_of(kept: str | None) -> dt.date | None:
    """Read a day as records keep it."""
    return dt.date.fromisoformat(kept) if kept else None


def colleagues(ids: Iterable[str | None]) -> dict[str, str]:
    """Return the names of colleagues by their account's id as it is kept (hex)."""
    found = team_members([uuid.UUID(one) for one in ids if one])
    return {one.hex: name for one, name in found.items()}
