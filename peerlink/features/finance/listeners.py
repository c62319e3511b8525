"""Ends the stipend of somebody who leaves."""

from peerlink import clock
from peerlink.events import listen
from peerlink.features.finance.service import end_with
from peerlink.features.programmes.queries import programme_zone
from peerlink.features.volunteers.events import VolunteerStepped
from peerlink.framework.people_words import VolunteerStatus


def connect() -> None:
    """Listen for volunteers who leave."""
    listen(VolunteerStepped, let_end)


def let_end(event: VolunteerStepped) -> None:
    """End the stipend on the day a volunteer leaves."""
    if event.after is VolunteerStatus.LEFT:
        end_with(event.volunteer_id, clock.today(programme_zone()), by=event.by)
