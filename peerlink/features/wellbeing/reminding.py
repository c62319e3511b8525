"""Reminds volunteers once of a check-in that still waits, halfway through its time."""

import datetime as dt

from peerlink.events import announce
from peerlink.features.programmes.queries import limits
from peerlink.features.wellbeing.events import CheckinReminded
from peerlink.features.wellbeing.queries import not_reminded
from peerlink.features.wellbeing.rules import is_to_be_reminded


def remind(today: dt.date) -> int:
    """Announce each reminder once, and return how many; a night that was missed is made up for."""
    in_force, n = limits(), 0
    for checkin in not_reminded():
        if is_to_be_reminded(checkin.due_on, checkin.reminded_on, today, in_force):
            checkin.reminded_on = today
            announce(CheckinReminded(by=None, volunteer_id=checkin.volunteer_id, checkin_id=checkin.id))
            n += 1
    return n
