"""What the pages about participants share."""

import datetime as dt
import uuid

from flask import Blueprint

from peerlink import clock
from peerlink.features.participants.models import Participant
from peerlink.features.participants.rules import ConsentKind
from peerlink.features.programmes.queries import programme_zone, sites
from peerlink.framework.people_words import ParticipantStatus
from peerlink.roles import Viewer
from peerlink.words import N_, _

bp = Blueprint("participants", __name__)

S = ParticipantStatus
DEEDS = {
    S.WAITING: N_("Onto the waiting list"),
    S.ACTIVE: N_("Go on"),
    S.PAUSED: N_("Pause"),
    S.ENDING: N_("Begin the ending"),
    S.CLOSED: N_("Close"),
    S.REFERRED: N_("Take up again"),
    S.DECLINED: N_("They said no"),
    S.NOT_REACHED: N_("Could not be reached"),
}


def consents_of(participant: Participant) -> list[dict[str, object]]:
    """Lay out every consent there is, with the day it was given."""
    given = participant.consents or {}
    return [
        {
            "kind": kind.value,
            "label": _(kind.label),
            "on": dt.date.fromisoformat(given[kind.value]) if kind.value in given else None,
        }
        for kind in ConsentKind
    ]


def sites_of(viewer: Viewer) -> dict[uuid.UUID, str]:
    """Return the name of every site this viewer works for."""
    return {
        one: site.name for one, site in sites().items() if viewer.site_id is None or one == viewer.site_id
    }


def number(typed: object) -> int:
    """Read a page or version number; anything else is the first."""
    return int(str(typed)) if str(typed).isdecimal() and len(str(typed)) < 10 else 1


def today() -> dt.date:
    """Return the day it is where the programme is."""
    return clock.today(programme_zone())
