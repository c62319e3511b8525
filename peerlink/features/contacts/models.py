"""The times two people were in touch, and the support given."""

import datetime as dt
import uuid

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, synonym

from peerlink.framework.contact_words import Channel, ContactStatus, MissedBy, PlaceRating
from peerlink.store.model import Bits, Field, Model, SealedModel

OUTSTANDING = text("status IN ('planned', 'unconfirmed')")
"""A contact whose outcome nobody has entered; said the same way wherever it is asked for."""

NOT_SAFE = text("rating = 'not_safe'")
"""A contact whose place was rated not safe."""


class Contact(Model):
    """What windows and counters need of one contact, readable: the day, never the hour."""

    __tablename__ = "contact"
    __table_args__ = (
        # All that is asked of one person's whole history at each contact stands in the index itself.
        Index("ix_contact_of_volunteer", "volunteer_id", "day", "status"),
        Index("ix_contact_of_participant", "participant_id", "day", "status", "missed_by", "planned_on"),
        Index("ix_contact_of_match", "match_id", "day"),
        # The few that rules look at one by one, so that nobody reads the whole log to find them.
        Index(
            "ix_contact_heavy",
            *("day", "id", "volunteer_id", "participant_id", "status"),
            sqlite_where=text("heavy = 1"),
            postgresql_where=text("heavy"),
        ),
        Index("ix_contact_not_safe", "day", "volunteer_id", sqlite_where=NOT_SAFE, postgresql_where=NOT_SAFE),
        Index("ix_contact_not_entered", "planned_on", sqlite_where=OUTSTANDING, postgresql_where=OUTSTANDING),
    )
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, insert_default=uuid.uuid4)
    match_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("match.id"))
    volunteer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("volunteer.id"))
    participant_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("participant.id"))
    day: Mapped[dt.date]
    """The day it was held; where it was not held, the day it was planned for."""
    planned_on: Mapped[dt.date | None]
    status: Mapped[ContactStatus]
    missed_by: Mapped[MissedBy | None]
    """Whose side missed or cancelled it."""
    minutes: Mapped[int] = mapped_column(default=0)
    channel: Mapped[Channel | None]
    place_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("place.id"))
    in_clinic: Mapped[bool | None]
    support: Mapped[Bits] = mapped_column(default=0)
    """Sub-types and areas alone, as bits of peerlink.framework.support."""
    areas: Mapped[int] = mapped_column(default=0)
    """The five areas, as bits."""
    late: Mapped[bool] = mapped_column(default=False)
    """Held outside of service hours (R25)."""
    heavy: Mapped[bool] = mapped_column(default=False)
    """Carries a heavy difficulty tag; which one is sealed."""
    difficult: Mapped[bool] = mapped_column(default=False)
    """Carries a tag of R22's negative list; which one is sealed."""
    rating: Mapped[PlaceRating | None]

    subject_id: Mapped[uuid.UUID] = synonym("participant_id")
    """Whose key seals the rest of it."""


class ContactDetail(SealedModel):
    """The rest of a contact, sealed under the participant's key; `id` is the contact's."""

    __tablename__ = "contact_detail"
    planned_at: Field[dt.datetime | None] = Field(dt.datetime)
    started_at: Field[dt.datetime | None] = Field(dt.datetime)
    ref: Field[str | None] = Field(found_by="number", unique=True)
    techniques: Field[list[str] | None] = Field()
    topics: Field[list[str] | None] = Field()
    bridging: Field[list[str] | None] = Field()
    difficulty: Field[list[str] | None] = Field()
    effort: Field[int | None] = Field()
    """0 (light) to 4 (heavy), as the volunteer felt it; None where not said."""
    helped: Field[bool | None] = Field()
    logged_by: Field[str | None] = Field()
    logged_at: Field[dt.datetime | None] = Field(dt.datetime)
    sent: Field[str | None] = Field()
    """What the form said when it was first sent, as a digest: the same form sent again is told by it."""
    late_reason: Field[str | None] = Field()
    """Why a coordinator wrote it down after the time for it."""
    asked_call_at: Field[dt.datetime | None] = Field(dt.datetime)
    call: Field[str | None] = Field()
    """Whether its author wants a call after it, as a ContactRequest; None where they have not said."""
    note: Field[str | None] = Field(record="note")
    past: Field[list[dict[str, object]] | None] = Field(record="note")
    """What it said before each change: {"at", "by", "was"}; only ever added to."""
    addenda: Field[list[dict[str, str]] | None] = Field(record="note")
    """What was added when it could no longer be changed: {"at", "by", "text"}."""


class FollowUp(SealedModel):
    """Something promised in a contact; `subject_id` is the participant."""

    __tablename__ = "follow_up"
    contact_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contact.id"))
    match_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("match.id"), index=True)
    due_on: Mapped[dt.date | None]
    done_on: Mapped[dt.date | None]
    what: Field[str] = Field()
