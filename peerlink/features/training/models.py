"""What volunteers have learned, and until when it counts."""

import datetime as dt
import uuid

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from peerlink.framework.training_words import (
    AttendanceStatus,
    CompetencyMark,
    ModuleStatus,
    TrainingSessionStatus,
    WishStatus,
)
from peerlink.framework.vocabularies import TrainingResult
from peerlink.store.model import Bits, Field, Model, Plain, SealedModel


class Module(SealedModel):
    """One edition of a module the programme teaches; changing a published one makes the next edition."""

    __tablename__ = "module"
    __table_args__ = (UniqueConstraint("code", "edition"),)
    code: Mapped[Plain]
    edition: Mapped[int]
    status: Mapped[ModuleStatus]
    mandatory: Mapped[bool]
    """Whether it is needed before serving."""
    months: Mapped[int | None]
    """How long it counts; None for the programme's usual months."""
    minutes: Mapped[int] = mapped_column(default=0)
    areas: Mapped[Bits] = mapped_column(default=0)
    name: Field[str] = Field()
    topics: Field[list[str] | None] = Field()
    """The topics somebody may carry once they took it (R69)."""
    techniques: Field[list[str] | None] = Field()


class TrainingSession(SealedModel):
    """One time a module, or several, are taught; it is about nobody."""

    __tablename__ = "training_session"
    on: Mapped[dt.date] = mapped_column(index=True)
    minutes: Mapped[int]
    status: Mapped[TrainingSessionStatus]
    held_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
    modules: Field[list[str]] = Field()
    begins: Field[str | None] = Field()
    """The hour, as `18:00`."""
    where: Field[str | None] = Field()
    """A place, or the address to meet at online."""


class Attendance(SealedModel):
    """Somebody at one session; `subject_id` is the volunteer."""

    __tablename__ = "attendance"
    __table_args__ = (UniqueConstraint("session_id", "volunteer_id"),)
    session_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("training_session.id"))
    volunteer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("volunteer.id"), index=True)
    status: Mapped[AttendanceStatus]


class Competency(SealedModel):
    """What somebody could do on a day, as whoever watched saw it; only ever added to."""

    __tablename__ = "competency"
    volunteer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("volunteer.id"), index=True)
    seen_on: Mapped[dt.date]
    seen_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
    module: Field[str] = Field()
    mark: Field[CompetencyMark] = Field(CompetencyMark)
    at: Field[dt.datetime] = Field(dt.datetime)


class TrainingWish(SealedModel):
    """What a volunteer would like to learn; `subject_id` is the volunteer."""

    __tablename__ = "training_wish"
    volunteer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("volunteer.id"), index=True)
    status: Mapped[WishStatus]
    asked_on: Mapped[dt.date]
    what: Field[str] = Field()
    """A topic's or a module's code, or own words."""


class Completion(Model):
    """One module taken by one volunteer; it says nothing about anybody's health."""

    __tablename__ = "completion"
    __table_args__ = (
        UniqueConstraint("volunteer_id", "module", "completed_on"),
        Index("ix_completion_of", "volunteer_id", "mandatory"),
    )
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, insert_default=uuid.uuid4)
    volunteer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("volunteer.id"))
    module: Mapped[Plain]
    completed_on: Mapped[dt.date]
    valid_until: Mapped[dt.date | None]
    minutes: Mapped[int] = mapped_column(default=0)
    result: Mapped[TrainingResult]
    mandatory: Mapped[bool]
    areas: Mapped[Bits] = mapped_column(default=0)
    """Support areas it covers, as bits of peerlink.framework.support."""
    edition: Mapped[int | None]
    """Which edition of the module it was; None where nobody described the module."""
    session_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("training_session.id"), index=True)
    """The session it was taken in, where attendance said so."""
    reminded_on: Mapped[dt.date | None]
    """The day of the last reminder that it runs out."""
