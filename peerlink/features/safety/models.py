"""Who is called, who is on duty, and who is out on a visit."""

import datetime as dt
import uuid

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from peerlink.framework.safety_words import DutyKind, SafetyCause, VisitEnd, VisitPlace
from peerlink.store.model import Field, Model, SealedModel


class SafetyPlan(SealedModel):
    """What the programme has agreed for the day somebody is in danger; one row, about nobody."""

    __tablename__ = "safety_plan"
    numbers: Field[list[dict[str, str]] | None] = Field()
    """Local crisis numbers: {"name", "number", "hours"}."""
    words: Field[str | None] = Field()
    """What people read before anything else."""
    path: Field[str | None] = Field()
    """The written path: who does what, in which order."""
    card: Field[str | None] = Field()
    """What a volunteer keeps to when somebody speaks of not wanting to live."""
    duty_phone: Field[str | None] = Field()
    days: Field[list[str] | None] = Field()
    hours_from: Field[str | None] = Field()
    hours_to: Field[str | None] = Field()


class DutyTurn(Model):
    """Somebody's turn on duty: from one day to another, both included, or one weekday in that time."""

    __tablename__ = "duty_turn"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, insert_default=uuid.uuid4)
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"), index=True)
    kind: Mapped[DutyKind]
    from_on: Mapped[dt.date]
    until_on: Mapped[dt.date]
    weekday: Mapped[int | None]
    """0 is Monday; None is every day."""


class SafetyCall(SealedModel):
    """Somebody who needs a call without delay; `subject_id` is whoever it is about. Why is sealed."""

    __tablename__ = "safety_call"
    __table_args__ = (UniqueConstraint("source_id"),)
    volunteer_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("volunteer.id"), index=True)
    participant_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("participant.id"), index=True)
    source_id: Mapped[uuid.UUID | None]
    """The check-in, contact or form it came from; it opens one call only."""
    opened_at: Mapped[dt.datetime]
    due_at: Mapped[dt.datetime]
    """Until when somebody must have taken it."""
    acknowledged_at: Mapped[dt.datetime | None]
    holder_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"), index=True)
    passed_stage: Mapped[int] = mapped_column(default=0)
    """How far it went by itself: 1 a deputy, 2 the manager."""
    closed_on: Mapped[dt.date | None] = mapped_column(index=True)
    cause: Field[SafetyCause] = Field(SafetyCause)
    trail: Field[list[dict[str, str]] | None] = Field()
    """What was done: {"at", "by", "what"}; only ever added to."""
    done: Field[str | None] = Field()
    """How it ended, in words."""


class LoneVisit(SealedModel):
    """A volunteer on a visit; `subject_id` is the volunteer. Where they are is never tracked."""

    __tablename__ = "lone_visit"
    volunteer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("volunteer.id"), index=True)
    match_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("match.id"))
    contact_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("contact.id"))
    place_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("place.id"))
    started_at: Mapped[dt.datetime]
    due_back_at: Mapped[dt.datetime]
    checked_out_at: Mapped[dt.datetime | None] = mapped_column(index=True)
    prompted_at: Mapped[dt.datetime | None]
    buddy_told_at: Mapped[dt.datetime | None]
    duty_told_at: Mapped[dt.datetime | None]
    incident_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("incident.id"))
    where: Field[VisitPlace] = Field(VisitPlace)
    where_words: Field[str | None] = Field()
    risk_note: Field[str | None] = Field()
    ended: Field[VisitEnd | None] = Field(VisitEnd)
