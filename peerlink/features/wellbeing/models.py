"""The volunteer's own short form about how the role feels."""

import datetime as dt
import uuid

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from peerlink.framework.vocabularies import CheckinStatus, CommentReader
from peerlink.store.model import Field, SealedModel


class Checkin(SealedModel):
    """One check-in; `subject_id` is the volunteer, answers are sealed."""

    __tablename__ = "checkin"
    __table_args__ = (
        UniqueConstraint("volunteer_id", "due_on"),
        Index("ix_checkin_latest", "volunteer_id", "status", "answered_on", "due_on"),
    )
    volunteer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("volunteer.id"), index=True)
    due_on: Mapped[dt.date]
    answered_on: Mapped[dt.date | None]
    status: Mapped[CheckinStatus]
    reminded_on: Mapped[dt.date | None]
    """The day its volunteer was told of it a second time."""
    answers: Field[dict[str, int] | None] = Field()
    """`v1` to `v14` to 0..4; an item left out was not answered."""
    request: Field[str | None] = Field()
    """Whether the volunteer asks to be contacted: no, next_session, this_week, today."""
    skipped_reason: Field[str | None] = Field()
    """A word of the vocabulary; from a workbook, whatever stood there."""
    skipped_words: Field[str | None] = Field()
    """What the volunteer adds to it."""
    grew: Field[list[str] | None] = Field()
    """What grew (facets of personal growth), ticked where V9 >= 2."""
    diary: Field[str | None] = Field(record="diary")
    reader: Field[CommentReader | None] = Field(CommentReader)
