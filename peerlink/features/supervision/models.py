"""Meetings of a volunteer and whoever looks after them."""

import datetime as dt
import uuid

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from peerlink.framework.vocabularies import SupervisionKind, SupervisionStatus
from peerlink.store.model import Field, SealedModel


class Supervision(SealedModel):
    """One meeting; `subject_id` is the volunteer."""

    __tablename__ = "supervision"
    __table_args__ = (
        Index("ix_supervision_of", "volunteer_id", "kind", "status", "held_on", "about_contact_id"),
    )
    volunteer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("volunteer.id"), index=True)
    supervisor_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"), index=True)
    kind: Mapped[SupervisionKind]
    status: Mapped[SupervisionStatus]
    held_on: Mapped[dt.date]
    """The day it was held, or is due or was due."""
    minutes: Mapped[int | None]
    about_contact_id: Mapped[uuid.UUID | None]
    themes: Field[list[str] | None] = Field()
    note: Field[str | None] = Field()
    agreed: Field[list[dict[str, str]] | None] = Field()
