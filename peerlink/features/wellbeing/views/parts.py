"""What the pages about check-ins share."""

from flask import Blueprint

from peerlink.errors import NotFound
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.queries import get_volunteer
from peerlink.web.viewer import current_viewer

bp = Blueprint("wellbeing", __name__)


def own_record() -> Volunteer:
    """Return the record of the volunteer who is looking."""
    looking = current_viewer()
    if looking.person_id is None:
        raise NotFound
    return get_volunteer(looking.person_id, looking)
