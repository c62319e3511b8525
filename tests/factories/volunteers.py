"""Volunteers made up for tests."""

import uuid

from peerlink.features.volunteers import service
from peerlink.features.volunteers.rules import VolunteerDraft
from peerlink.store import gate
from peerlink.store.session import transaction


def volunteer_draft(**said: object) -> VolunteerDraft:
    return VolunteerDraft(**{"given_name": "Thandeka", "family_name": "Mokoena", "birth_year": 1988, **said})


def a_volunteer(**said: object) -> uuid.UUID:
    """Add an applicant the way the app does."""
    with transaction(), gate.opened("a test makes somebody up"):
        return service.add_volunteer(volunteer_draft(**said), by=None).id
