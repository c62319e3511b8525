"""What the pages about volunteers share."""

import uuid

from flask import Blueprint

from peerlink.errors import NotFound
from peerlink.features.accounts.queries import supervisors
from peerlink.features.programmes.queries import approved_places, places
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.queries import get_volunteer
from peerlink.framework.people_words import VolunteerStatus
from peerlink.web.viewer import current_viewer
from peerlink.words import N_

bp = Blueprint("volunteers", __name__)

S = VolunteerStatus
DEEDS = {
    S.SCREENING: N_("Begin screening"),
    S.TRAINING: N_("Begin training"),
    S.ACTIVE: N_("Make active"),
    S.PAUSED: N_("Pause"),
    S.LEFT: N_("Leaves the programme"),
    S.WITHDRAWN: N_("Withdrew"),
    S.DECLINED: N_("Decline"),
    S.APPLICANT: N_("Comes back"),
}


def own_record() -> Volunteer:
    """Return the record of the volunteer who is looking."""
    viewer = current_viewer()
    if viewer.person_id is None:
        raise NotFound
    return get_volunteer(viewer.person_id, viewer)


def places_for(volunteer: Volunteer | None) -> dict[uuid.UUID, str]:
    """Return the approved places, and those the volunteer chose before."""
    chosen = set(volunteer.places or []) if volunteer else set()
    kept = {one: place for one, place in places().items() if one.hex in chosen}
    return {one: place.name for one, place in {**approved_places(), **kept}.items()}


def supervisor_names() -> dict[str, str]:
    """Return the name of everybody who supervises."""
    return {one.id.hex: one.name for one in supervisors()}


def number(typed: object) -> int:
    """Read a page or version number; anything else is the first."""
    return int(str(typed)) if str(typed).isdecimal() and len(str(typed)) < 10 else 1
