"""What the pages of this room share."""

import datetime as dt
import uuid
from collections.abc import Sequence

from flask import Blueprint

from peerlink import clock
from peerlink.features.programmes.queries import programme_zone
from peerlink.features.supervision.models import AgreedAction
from peerlink.features.supervision.queries import owners_of
from peerlink.web.viewer import current_viewer

bp = Blueprint("supervision", __name__)


def today() -> dt.date:
    """Return the programme's day."""
    return clock.today(programme_zone())


def in_words(actions: Sequence[AgreedAction]) -> dict[uuid.UUID, str]:
    """Say what was agreed and who does it."""
    owners = owners_of(actions, current_viewer())
    return {one.id: f"{owners[one.id]}: {one.what}" for one in actions}
