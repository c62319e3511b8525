"""What makes somebody ready for training and for serving, told through the services."""

import uuid

from peerlink import clock
from peerlink.features.recruitment import service
from peerlink.features.volunteers.models import Volunteer
from peerlink.framework.recruitment_words import Preparation
from peerlink.store import gate
from peerlink.store.session import session


def prepared(volunteer_id: uuid.UUID, *, but: str | None = None) -> None:
    """Talk everything through that comes before training, but one thing; inside a transaction."""
    today = clock.today("Europe/London")
    with gate.opened("a test talks everything through"):
        volunteer = session.get_one(Volunteer, volunteer_id)
        for what in Preparation:
            if what.value != but:
                service.keep_preparation(volunteer, what, today, None, by=None)
        for n in range(1 if but == "reference" else 2):
            service.ask_reference(volunteer, f"Referee {n}", today, by=None)
            service.answer_reference(volunteer, n, today, good=True, by=None)


def beside(volunteer_id: uuid.UUID, buddy_id: uuid.UUID) -> None:
    """Name a buddy; inside a transaction."""
    with gate.opened("a test names a buddy"):
        volunteer, buddy = (session.get_one(Volunteer, one) for one in (volunteer_id, buddy_id))
        service.name_buddy(volunteer, buddy, by=None)
