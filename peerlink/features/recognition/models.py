"""Thanks that were said to volunteers, and the days on which the team comes together."""

import datetime as dt
import uuid

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from peerlink.framework.care_words import TeamEventKind
from peerlink.store.model import Field, Model, SealedModel


class Thanks(SealedModel):
    """One word of thanks; `subject_id` is the volunteer."""

    __tablename__ = "thanks"
    volunteer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("volunteer.id"), index=True)
    from_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
    said_at: Mapped[dt.datetime]
    impact: Mapped[bool] = mapped_column(default=False)
    """Whether it leads to what the work achieved (A21)."""
    seen_on: Mapped[dt.date | None]
    """The day the volunteer read it."""
    words: Field[str] = Field()


class TeamEvent(SealedModel):
    """One day on which volunteers meet each other; about no single person."""

    __tablename__ = "team_event"
    day: Mapped[dt.date] = mapped_column(index=True)
    kind: Mapped[TeamEventKind]
    by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
    taken_on: Mapped[dt.date | None]
    """The day somebody wrote down who came."""
    called_off_on: Mapped[dt.date | None]
    title: Field[str] = Field()
    hour: Field[str | None] = Field()
    """When it begins, as `18:00`."""
    where: Field[str | None] = Field()


class Guest(Model):
    """One volunteer invited to an event: whether they said they come, and whether they came."""

    __tablename__ = "team_event_guest"
    event_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("team_event.id"), primary_key=True)
    volunteer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("volunteer.id"), primary_key=True, index=True)
    coming: Mapped[bool | None]
    """None where they have not said."""
    came: Mapped[bool | None]
    """None until somebody wrote it down."""
