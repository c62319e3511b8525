"""What the pages of matching share."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from flask import Blueprint

from peerlink import clock
from peerlink.features.matching.models import Match
from peerlink.features.participants.queries import participants_among
from peerlink.features.programmes.queries import programme_zone
from peerlink.features.volunteers.queries import volunteers_among
from peerlink.roles import Viewer
from peerlink.words import _

bp = Blueprint("matching", __name__)


@dataclass(frozen=True)
class Names:
    """How the two people of each match are called, as far as the viewer may know."""

    participants: dict[uuid.UUID, str]
    volunteers: dict[uuid.UUID, str]

    def who(self, match: Match) -> str:
        return self.participants.get(match.participant_id, _("Somebody"))

    def whom(self, match: Match) -> str:
        return self.volunteers.get(match.volunteer_id, _("Somebody"))


def names_of(matches: Iterable[Match], viewer: Viewer) -> Names:
    """Look up the names of everybody in these matches, two questions in all."""
    found = list(matches)
    seeking = participants_among([match.participant_id for match in found], viewer)
    offering = volunteers_among([match.volunteer_id for match in found], viewer)
    return Names(
        {one.id: one.called for one in seeking.values()},
        {one.id: one.called for one in offering.values()},
    )


def today() -> dt.date:
    """Return the day it is for the programme."""
    return clock.today(programme_zone())
