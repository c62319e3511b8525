"""Meetings of volunteers and whoever looks after them, and what was agreed there."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from peerlink.framework.vocabularies import SupervisionKind, SupervisionStatus
from peerlink.store.model import Field, SealedModel

NOTE = "note"
"""The record of what was said: for the volunteer and who looks after them, and never in an export."""


class Supervision(SealedModel):
    """One meeting of one volunteer; `subject_id` is the volunteer. A group has a row for each of them."""

    __tablename__ = "supervision"
    __table_args__ = (
        Index("ix_supervision_of", "volunteer_id", "kind", "status", "held_on", "about_contact_id"),
        UniqueConstraint("group_id", "volunteer_id"),
    )
    volunteer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("volunteer.id"), index=True)
    supervisor_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"), index=True)
    kind: Mapped[SupervisionKind]
    status: Mapped[SupervisionStatus]
    held_on: Mapped[dt.date]
    """The day it was held, or is due or was due."""
    minutes: Mapped[int | None]
    about_contact_id: Mapped[uuid.UUID | None]
    group_id: Mapped[uuid.UUID | None]
    """The same for all who met at once."""
    starts_at: Field[dt.datetime | None] = Field(dt.datetime)
    where: Field[str | None] = Field()
    """A place, or the link of a call."""
    themes: Field[list[str] | None] = Field()
    before: Field[dict[str, Any] | None] = Field()
    """What its last step has to put back when it is taken back: see `taking_back`."""
    note: Field[str | None] = Field(record=NOTE)
    own_point: Field[str | None] = Field(record=NOTE)
    """What the volunteer wants to talk about."""


class AgreedAction(SealedModel):
    """Something agreed in a session; `subject_id` is the volunteer."""

    __tablename__ = "agreed_action"
    volunteer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("volunteer.id"), index=True)
    supervision_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("supervision.id"))
    owner_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
    """Who does it; None where it is the volunteer."""
    agreed_on: Mapped[dt.date]
    due_on: Mapped[dt.date | None]
    done_on: Mapped[dt.date | None]
    dropped_on: Mapped[dt.date | None]
    what: Field[str] = Field()

    @property
    def is_open(self) -> bool:
        return self.done_on is None and self.dropped_on is None
