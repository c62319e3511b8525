"""Tells a volunteer's calendar which hours are taken by planned contacts."""

import datetime as dt
from collections.abc import Iterator

from sqlalchemy import select

from peerlink.features.accounts.sources import Appointment, hear
from peerlink.features.contacts.models import Contact, ContactDetail
from peerlink.features.contacts.queries import called_of, contacts_for, minutes_lately
from peerlink.features.contacts.rules import usual_minutes
from peerlink.framework.vocabularies import ContactStatus
from peerlink.roles import Role, Viewer
from peerlink.store.lookup import many

OFF = frozenset({ContactStatus.CANCELLED, ContactStatus.RESCHEDULED})
"""What became of a planned contact that takes nobody's time any more."""


def connect() -> None:
    """Fill in the calendar."""
    hear(appointments)


def appointments(viewer: Viewer, since: dt.date) -> Iterator[Appointment]:
    """Return a volunteer's own planned contacts from a day on, those called off as well."""
    if not viewer.is_a(Role.VOLUNTEER) or viewer.person_id is None:
        return
    asked = contacts_for(viewer).where(
        Contact.volunteer_id == viewer.person_id,
        Contact.planned_on >= since,
        Contact.status.in_([ContactStatus.PLANNED, *OFF]),
    )
    planned = many(asked)
    details = {
        one.id: one
        for one in many(select(ContactDetail).where(ContactDetail.id.in_([one.id for one in planned])))
    }
    names = called_of([one.participant_id for one in planned], viewer)
    minutes = usual_minutes(minutes_lately(viewer.person_id, None))
    for one in planned:
        at = details[one.id].planned_at if one.id in details else None
        if at is not None:
            yield Appointment(one.id, at, minutes, one.status in OFF, names.get(one.participant_id, ""))
