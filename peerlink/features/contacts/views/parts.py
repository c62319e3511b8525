"""What the pages about contacts share."""

import datetime as dt
import uuid
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, g
from werkzeug import Response

from peerlink import clock
from peerlink.features.contacts.queries import (
    NextContact,
    called_of,
    people_to_log,
)
from peerlink.features.programmes.queries import places
from peerlink.roles import Role
from peerlink.web.page import page
from peerlink.web.viewer import current_viewer

bp = Blueprint("contacts", __name__)


def lean(template: str, status: int = 200, **context: Any) -> Response:
    """Answer with a page that a volunteer sees lean, and everybody else at a desk."""
    on_phone = not current_viewer().is_a(Role.COORDINATOR, Role.SUPERVISOR)
    return page(template, status, lean=on_phone, **context)


def people_here() -> list[NextContact]:
    """Return everybody the volunteer walks with, in the order they are likely to be logged."""
    return people_to_log(current_viewer(), now_here().date())


def now_here() -> dt.datetime:
    """Return this minute in the programme's time zone, as a form field has it."""
    return clock.now().astimezone(ZoneInfo(g.zone)).replace(tzinfo=None, second=0, microsecond=0)


def called(of: Any) -> str | None:
    """Return how the participant of a match or contact is called, as far as this viewer may know."""
    return called_of([of.participant_id], current_viewer()).get(of.participant_id)


def place_names() -> dict[uuid.UUID, str]:
    """Return the name of every place."""
    return {one: place.name for one, place in places().items()}
