"""What the pages of this room share."""

import uuid

from flask import Blueprint, url_for

from peerlink.web.page import say
from peerlink.words import _

bp = Blueprint("risks", __name__)


def say_done(text: str, deed_id: uuid.UUID) -> None:
    """Say what was done, with the way to take it back."""
    say(text, undo=url_for("risks.undo", deed_id=deed_id))


def said_for(code: str) -> str:
    """Say what choosing an action did."""
    return {
        "A01": _("Noted: talks with a psychologist were offered."),
        "A02": _("A debrief is booked."),
        "A03": _("Noted: the work was thanked for."),
        "A04": _("New matches are paused."),
        "A06": _("A talk is booked."),
    }.get(code, _("Written down."))
