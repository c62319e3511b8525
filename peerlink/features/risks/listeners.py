"""Judges whoever something happened to, in the same transaction."""

import uuid
from typing import Protocol

from peerlink.events import listen
from peerlink.features.contacts.events import ContactKept
from peerlink.features.matching import sources
from peerlink.features.matching.events import AboutMatch
from peerlink.features.risks.queries import held_back
from peerlink.features.risks.rounds import look_again_at_participant, look_again_at_volunteer
from peerlink.features.supervision.events import SupervisionHeld
from peerlink.features.training.events import TrainingRecorded
from peerlink.features.volunteers.events import OfferChanged, VolunteerStepped
from peerlink.features.wellbeing.events import CheckinAnswered


class AboutVolunteer(Protocol):
    """Something that happened to a volunteer."""

    @property
    def volunteer_id(self) -> uuid.UUID: ...


def connect() -> None:
    """Listen for what rules look at, and tell matching whom to spare (H17).

    Counters listen for contacts too, and stand before this in the list of listeners.
    """
    listen(CheckinAnswered, about_volunteer)
    listen(SupervisionHeld, about_volunteer)
    listen(TrainingRecorded, about_volunteer)
    listen(OfferChanged, about_volunteer)
    listen(VolunteerStepped, about_volunteer)
    listen(ContactKept, about_pair)
    listen(AboutMatch, about_pair)
    sources.hear(sources.held_back_sources, held_back)


def about_volunteer(event: AboutVolunteer) -> None:
    """Judge the volunteer."""
    look_again_at_volunteer(event.volunteer_id)


def about_pair(event: ContactKept | AboutMatch) -> None:
    """Judge both of the two."""
    look_again_at_volunteer(event.volunteer_id)
    look_again_at_participant(event.participant_id)
