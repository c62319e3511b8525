"""Lets nobody be told of a check-in who takes a break or has left."""

from peerlink.events import announce, listen
from peerlink.features.volunteers.events import VolunteerStepped
from peerlink.features.wellbeing.events import CheckinRests
from peerlink.features.wellbeing.queries import waiting_of
from peerlink.framework.people_words import VolunteerStatus


def connect() -> None:
    """Listen for steps of volunteers."""
    listen(VolunteerStepped, rest)


def rest(event: VolunteerStepped) -> None:
    """Leave somebody in peace from the moment they no longer serve."""
    if event.after is not VolunteerStatus.ACTIVE:
        for checkin_id in waiting_of(event.volunteer_id):
            announce(CheckinRests(by=event.by, volunteer_id=event.volunteer_id, checkin_id=checkin_id))
