"""Who walks with whom."""

import datetime as dt
import enum
import uuid

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from peerlink.framework.reasons import EndReason
from peerlink.framework.vocabularies import MatchStatus
from peerlink.store.model import Field, SealedModel


class Answer(enum.StrEnum):
    """What somebody said to a proposal."""

    YES = "yes"
    NO = "no"


class Match(SealedModel):
    """Two people brought together, or proposed to be; `subject_id` is the participant."""

    __tablename__ = "match"
    __table_args__ = (
        Index("ix_match_of_volunteer", "volunteer_id", "status"),
        Index("ix_match_of_participant", "participant_id", "status"),
    )
    volunteer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("volunteer.id"))
    participant_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("participant.id"))
    status: Mapped[MatchStatus] = mapped_column(index=True)
    proposed_on: Mapped[dt.date | None]
    accepted_on: Mapped[dt.date | None]
    started_on: Mapped[dt.date | None]
    ended_on: Mapped[dt.date | None]
    end_reason: Mapped[EndReason | None]
    planned_end: Mapped[bool | None]
    planned_interval_days: Mapped[int | None]
    volunteer_said: Mapped[Answer | None]
    participant_said: Mapped[Answer | None]
    ref: Field[str | None] = Field(found_by="number", unique=True)
    proposed_by: Field[str | None] = Field()
    score: Field[int | None] = Field()
    """The fit at the time of the proposal, 0 to 10,000."""
    overrides: Field[dict[str, str] | None] = Field()
    """Constraint to the coordinator's written reason for setting it aside."""
    said_why: Field[str | None] = Field()
    """A reason somebody chose to give for declining; nobody has to."""
    checklist: Field[list[str] | None] = Field()
    """What was done for a good ending, by the codes of EndingStep."""


class PlannedMatch(SealedModel):
    """A pair a coordinator means to propose; nobody is asked before the plan is confirmed."""

    __tablename__ = "planned_match"
    __table_args__ = (UniqueConstraint("account_id", "participant_id"),)
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    participant_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("participant.id"))
    volunteer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("volunteer.id"))
    suggested: Mapped[bool] = mapped_column(default=False)
    """Found by the whole-pool plan rather than chosen by hand."""
    overrides: Field[dict[str, str] | None] = Field()
    """Constraint to the reason for setting it aside."""
