"""What happened that must be handled, and what was done about it."""

import datetime as dt
import uuid

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from peerlink.framework.incident_words import IncidentStatus, IncidentType, RegulatorDecision
from peerlink.store.model import Field, SealedModel


class Incident(SealedModel):
    """One incident; `subject_id` is the person it is about, where that is known."""

    __tablename__ = "incident"
    __table_args__ = (Index("ix_incident_open", "status", "type"),)
    type: Mapped[IncidentType]
    severity: Mapped[int]
    """1 to 4."""
    status: Mapped[IncidentStatus]
    reported_on: Mapped[dt.date]
    closed_on: Mapped[dt.date | None]
    volunteer_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("volunteer.id"), index=True)
    participant_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("participant.id"), index=True)
    place_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("place.id"))
    about_account_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
    """Somebody of the staff it is about: they never see it."""
    handler_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"), index=True)
    reporter_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"), index=True)
    """None where nobody is to know who reported it, the programme included."""
    triage_due_at: Mapped[dt.datetime | None]
    """Until when somebody must have looked; None where it was closed when it came with a workbook."""
    told_stage: Mapped[int] = mapped_column(default=0)
    """How far word went that nobody has looked: 1 the handler, 2 a deputy."""
    breach_stage: Mapped[int] = mapped_column(default=0)
    """How far word went that the clocks of a breach run out: 1 after a day, 2 at the end."""
    ref: Field[str | None] = Field(found_by="number", unique=True)
    reported_at: Field[dt.datetime | None] = Field(dt.datetime)
    happened_on: Field[dt.date | None] = Field(dt.date)
    what: Field[str | None] = Field()
    whom: Field[str | None] = Field()
    """Whom it is about in the reporter's words, where they could not choose them."""
    harm: Field[str | None] = Field()
    wants_contact: Field[bool | None] = Field()
    data_kinds: Field[list[str] | None] = Field()
    n_people: Field[int | None] = Field()
    informed_on: Field[dt.date | None] = Field(dt.date)
    why_not_informed: Field[str | None] = Field()
    regulator: Field[RegulatorDecision | None] = Field(RegulatorDecision)
    regulator_why: Field[str | None] = Field()
    decided_at: Field[dt.datetime | None] = Field(dt.datetime)
    cause: Field[str | None] = Field()
    fix: Field[str | None] = Field()
    learning: Field[str | None] = Field()


class IncidentStep(SealedModel):
    """One thing done about an incident; only ever added to. `subject_id` is the incident's."""

    __tablename__ = "incident_step"
    incident_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("incident.id"), index=True)
    at: Field[dt.datetime] = Field(dt.datetime)
    by: Field[str | None] = Field()
    """None where the house did it, or somebody who stays unnamed."""
    came_from: Field[str | None] = Field()
    became: Field[str | None] = Field()
    """The state it went to; empty where only something was written or handed over."""
    handler: Field[str | None] = Field()
    """To whom it was handed over."""
    note: Field[str | None] = Field()
