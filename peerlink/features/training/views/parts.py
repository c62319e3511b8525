"""What the pages of training share."""

import datetime as dt

from flask import Blueprint

from peerlink import clock
from peerlink.errors import NotFound
from peerlink.features.programmes.queries import programme_zone
from peerlink.features.training.catalogue import name_in
from peerlink.features.training.models import TrainingSession
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.queries import get_volunteer
from peerlink.web.viewer import current_viewer

bp = Blueprint("training", __name__)


def own_record() -> Volunteer:
    """Return the record of the volunteer who is looking."""
    viewer = current_viewer()
    if viewer.person_id is None:
        raise NotFound
    return get_volunteer(viewer.person_id, viewer)


def today() -> dt.date:
    """Return the programme's day."""
    return clock.today(programme_zone())


def taught_in(one: TrainingSession, names: dict[str, str]) -> str:
    """Name what a session teaches."""
    return ", ".join(name_in(names, code) for code in one.modules)
