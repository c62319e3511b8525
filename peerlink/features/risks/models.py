"""Flags: what a rule found about somebody that a person has to look at, and what was done about it."""

import datetime as dt
import uuid

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from peerlink.features.risks.rulebook import Subject
from peerlink.framework.care_words import CourseStep, Way
from peerlink.framework.levels import Level
from peerlink.framework.word import Word
from peerlink.roles import Role
from peerlink.store.model import Field, Model, Plain, SealedModel
from peerlink.words import N_

ANSWERS = "answers"
"""The record of what check-ins said: for the supervisor and the volunteer, nobody else."""
_OPEN = text("closed_on IS NULL")


class FlagState(Word):
    """Where a flag stands with the people who look at it."""

    OPEN = "open", N_("Open")
    SNOOZED = "snoozed", N_("Put off")
    ACKNOWLEDGED = "acknowledged", N_("Somebody has it")
    CLOSED = "closed", N_("Closed")


class StepKind(Word):
    """One thing that happened to a flag."""

    RAISED = "raised", N_("Raised")
    ROSE = "rose", N_("Rose")
    FELL = "fell", N_("Fell")
    MAY_CLOSE = "may_close", N_("May be closed")
    ACKNOWLEDGED = "acknowledged", N_("Taken up")
    SNOOZED = "snoozed", N_("Put off")
    WOKE = "woke", N_("Came back")
    PASSED_ON = "passed_on", N_("Passed on")
    ACTION = "action", N_("Done")
    SETTLED = "settled", N_("Settled in a talk")
    RELEASED = "released", N_("Open for new matches again")
    CLOSED = "closed", N_("Closed")


class Flag(SealedModel):
    """One finding that somebody has to look at; `subject_id` is the person, or nobody for the programme.

    There is at most one open flag for each rule and subject.
    """

    __tablename__ = "flag"
    __table_args__ = (
        Index(
            "uq_flag_open",
            "rule",
            "subject_kind",
            "about_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index("ix_flag_about", "about_id", "closed_on"),
    )
    rule: Mapped[Plain]
    subject_kind: Mapped[Subject]
    about_id: Mapped[uuid.UUID]
    """Whom it is about; nobody's id for the programme."""
    level: Mapped[Level]
    told_level: Mapped[Level]
    """The level without what check-ins said: what those are told who may not read them."""
    state: Mapped[FlagState] = mapped_column(index=True)
    opened_on: Mapped[dt.date]
    since_on: Mapped[dt.date]
    """The day it reached its level."""
    told_since_on: Mapped[dt.date]
    raised_at: Mapped[dt.datetime]
    """The moment it was raised or rose: from here it waits to be taken up."""
    acknowledged_at: Mapped[dt.datetime | None]
    acknowledged_by: Mapped[uuid.UUID | None]
    snoozed_until: Mapped[dt.date | None]
    eased_on: Mapped[dt.date | None]
    """The day from which less is found than the flag stands at, while its clears text is not true yet."""
    eased_to: Mapped[Level | None]
    """What is found since that day."""
    closes_on: Mapped[dt.date | None]
    """The day its clears text comes true if all stays as it is, where only time is missing."""
    may_close_on: Mapped[dt.date | None]
    """The day its clears text came true, where a person has to close it."""
    released_on: Mapped[dt.date | None]
    """The day the supervisor let new matches come again although it is critical."""
    passed_to: Mapped[uuid.UUID | None] = mapped_column(index=True)
    """The account that was told because nobody had taken it up, or because it is about the supervisor."""
    passed_on: Mapped[dt.date | None]
    closed_on: Mapped[dt.date | None]
    because: Field[str] = Field()
    evidence: Field[list[dict[str, object]]] = Field()
    said: Field[str | None] = Field(record=ANSWERS)
    """Why, check-in answers included."""
    said_evidence: Field[list[dict[str, object]] | None] = Field(record=ANSWERS)
    own_side: Field[str | None] = Field(record=ANSWERS)
    """What the volunteer wants to add."""


class FlagStep(SealedModel):
    """One thing that happened to a flag or was done about it; `subject_id` as the flag's."""

    __tablename__ = "flag_step"
    flag_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("flag.id"), index=True)
    kind: Mapped[StepKind]
    at: Mapped[dt.datetime]
    by: Mapped[uuid.UUID | None]
    level: Mapped[Level | None]
    """The level it came to, where it changed; check-in answers included."""
    action: Mapped[Plain | None]
    due_on: Mapped[dt.date | None]
    deed_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    """The same for all flags one deed was about."""
    created_id: Mapped[uuid.UUID | None]
    """The record the deed made, such as a supervision session."""
    undone_on: Mapped[dt.date | None]
    note: Field[str | None] = Field()
    private_note: Field[str | None] = Field(record=ANSWERS)
    """A note of somebody who had read check-in answers."""
    before: Field[dict[str, str | None] | None] = Field()
    """What has to be put back when this is taken back."""
    evidence: Field[list[dict[str, object]] | None] = Field()
    """What the flag rested on when this was done, without check-ins."""
    said_evidence: Field[list[dict[str, object]] | None] = Field(record=ANSWERS)
    """What it rested on, check-in answers included."""


class Task(SealedModel):
    """Something somebody does by a day; `subject_id` is whom it is about, or nobody for the programme."""

    __tablename__ = "task"
    __table_args__ = (Index("ix_task_about", "about_id", "done_at"),)
    flag_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("flag.id"))
    """The flag it came from; None where it came from a contact."""
    subject_kind: Mapped[Subject]
    about_id: Mapped[uuid.UUID]
    code: Mapped[Plain]
    """The action of the library it belongs to."""
    way: Mapped[Way | None]
    owner_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"), index=True)
    """Whose it is; None where whoever has the role may take it."""
    owner_role: Mapped[Role | None]
    made_at: Mapped[dt.datetime]
    by: Mapped[uuid.UUID | None]
    due_on: Mapped[dt.date]
    done_at: Mapped[dt.datetime | None]
    done_by: Mapped[uuid.UUID | None]
    contact_id: Mapped[uuid.UUID | None]
    """The contact after which it came."""
    made_id: Mapped[uuid.UUID | None]
    """The session that was booked with it."""
    done_with: Mapped[uuid.UUID | None]
    """The talk that did it by itself, where one did."""
    course: Field[list[dict[str, str]] | None] = Field()
    """How far it has come, where it is followed step by step: {"step", "on"}, the first first."""

    @property
    def step(self) -> CourseStep | None:
        """How far it has come, where it is followed step by step."""
        return CourseStep(self.course[-1]["step"]) if self.course else None


class RuleCount(Model):
    """How many subjects a rule found at a level on one day; kept for the last day and every month end."""

    __tablename__ = "rule_count"
    on: Mapped[dt.date] = mapped_column(primary_key=True)
    rule: Mapped[Plain] = mapped_column(primary_key=True)
    subject_kind: Mapped[Subject] = mapped_column(primary_key=True)
    level: Mapped[Level] = mapped_column(primary_key=True)
    n: Mapped[int]
    n_told: Mapped[int]
    """The same without what check-ins said."""
