"""What lies in the store about contacts, seen from outside of any page."""

import uuid

from sqlalchemy import select

from peerlink.features.contacts.models import Contact, ContactDetail
from peerlink.store import gate
from peerlink.store.session import reading, session


def kept(contact_id: uuid.UUID) -> tuple[Contact, ContactDetail]:
    """Return a contact and its detail as they lie there."""
    with reading(), gate.opened("a test looks"):
        contact, detail = session.get_one(Contact, contact_id), session.get_one(ContactDetail, contact_id)
        detail.open_record("sealed")
        detail.open_record("note")
        session.expunge_all()
        return contact, detail


def contacts() -> list[Contact]:
    """Return every contact there is."""
    with reading():
        found = list(session.scalars(select(Contact)))
        session.expunge_all()
        return found


def note_of(contact_id: uuid.UUID) -> str | None:
    """Return the note of a contact as it lies there."""
    with reading(), gate.opened("a test looks"):
        return session.get_one(ContactDetail, contact_id).note
