"""What volunteers have learned, and until when it counts."""

import datetime as dt
import uuid

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from peerlink.framework.vocabularies import TrainingResult
from peerlink.store.model import Bits, Model, Plain


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
