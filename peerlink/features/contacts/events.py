"""What can happen to a contact, and what counters above need to know of it."""

import datetime as dt
import uuid
from dataclasses import dataclass

from peerlink.events import Event
from peerlink.framework.contact_words import ContactStatus, MissedBy


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactFacts:
    """One contact as counters see it: readable facts only, the day and never the hour."""

    contact_id: uuid.UUID
    match_id: uuid.UUID
    volunteer_id: uuid.UUID
    participant_id: uuid.UUID
    day: dt.date
    planned_on: dt.date | None
    status: ContactStatus
    missed_by: MissedBy | None
    minutes: int
    areas: int
    """The five support areas, as bits."""
    late: bool
    heavy: bool
    difficult: bool


@dataclass(frozen=True, kw_only=True)
class _AboutContact(Event):
    contact_id: uuid.UUID
    match_id: uuid.UUID
    volunteer_id: uuid.UUID
    participant_id: uuid.UUID

    def about(self) -> tuple[uuid.UUID, ...]:
        return (self.volunteer_id, self.participant_id)


@dataclass(frozen=True, kw_only=True)
class ContactKept(_AboutContact):
    """A contact came, changed or went: take `before` out of the counters and put `after` in.

    Each deed announces a kind of its own; whoever keeps counters listens to this one for all of them.
    """

    before: ContactFacts | None
    """None where the contact is new."""
    after: ContactFacts | None
    """None where the contact was taken back."""


class ContactLogged(ContactKept):
    """A contact was written down as held."""


class ContactMissed(ContactKept):
    """A contact fell through."""


class ContactCancelled(ContactKept):
    """A contact was called off in good time."""


class ContactPlanned(ContactKept):
    """A contact was agreed for a later day."""


class ContactMoved(ContactKept):
    """A planned contact gave way to one on another day."""


class ContactUnconfirmed(ContactKept):
    """Nobody said what became of a planned contact."""


class ContactChanged(ContactKept):
    """What was written about a contact was put right."""


class ContactTakenBack(ContactKept):
    """A contact just written down was taken back."""


class AddendumWritten(_AboutContact):
    """Something was added to a contact that can no longer be changed."""


@dataclass(frozen=True, kw_only=True)
class NoteWarned(_AboutContact):
    """A note was kept although it looks like it holds what a note must not hold (R43)."""

    n_worries: int


class FollowUpPromised(_AboutContact):
    """Something was promised in a contact."""


class FollowUpKept(_AboutContact):
    """Something that had been promised was done."""


@dataclass(frozen=True, kw_only=True)
class CallAsked(_AboutContact):
    """A volunteer asks to be called after a contact; whoever supervises them is told."""

    today: bool = False
    """Whether the call should come today; else within the week."""
