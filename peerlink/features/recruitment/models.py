"""How volunteers come and go: what they told when they offered, what they signed, how they said goodbye."""

import datetime as dt
import uuid

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from peerlink.framework.recruitment_words import HandoverKind, SignedHow, TextKind
from peerlink.store.model import Field, Model, SealedModel


class AgreementText(SealedModel):
    """One version of a text everybody is given; what was published stays as it was."""

    __tablename__ = "agreement_text"
    __table_args__ = (UniqueConstraint("kind", "number"),)
    kind: Mapped[TextKind]
    number: Mapped[int]
    """1 for the first version of its kind."""
    published_on: Mapped[dt.date]
    text: Field[str] = Field()


class Signing(SealedModel):
    """One version of an agreement signed by one volunteer; `subject_id` is the volunteer."""

    __tablename__ = "signing"
    __table_args__ = (UniqueConstraint("volunteer_id", "text_id"),)
    volunteer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("volunteer.id"))
    text_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agreement_text.id"), index=True)
    signed_on: Mapped[dt.date]
    how: Mapped[SignedHow]
    by: Field[str | None] = Field()
    """The account that wrote it down (hex)."""


class Screening(SealedModel):
    """What only recruitment needs of a volunteer; `subject_id` is the volunteer."""

    __tablename__ = "screening"
    volunteer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("volunteer.id"), unique=True)
    received_on: Mapped[dt.date | None]
    """The day they offered to help on the public page."""
    why: Field[str | None] = Field()
    """Why they would like to help, in their words."""
    notice: Field[int | None] = Field()
    """The version of the text on their details that they agreed to."""
    agreed_on: Field[dt.date | None] = Field(dt.date)
    """The day they agreed that their details are kept."""
    steps: Field[dict[str, dict[str, str | None]] | None] = Field()
    """What was talked through, by Preparation: {"on", "by", "note"}."""
    references: Field[list[dict[str, str | None]] | None] = Field()
    """Who was asked about them: {"who", "asked_on", "answered_on", "good", "by"}."""
    vetting_asked_on: Field[dt.date | None] = Field(dt.date)


class Handover(Model):
    """What is planned for an open match whose volunteer leaves; codes, ids and a day only."""

    __tablename__ = "handover"
    match_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("match.id"), primary_key=True)
    how: Mapped[HandoverKind]
    on: Mapped[dt.date]
    to_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("volunteer.id"))
    """Who may take over; they are asked like for any other match."""


class LeavingKnown(Model):
    """What was known of a leaving, and since when: the day stated, or that a match has its plan."""

    __tablename__ = "leaving_known"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, insert_default=uuid.uuid4)
    volunteer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("volunteer.id"), index=True)
    match_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("match.id"))
    """The match that has its plan; None where it is the day that was stated."""
    leaving_on: Mapped[dt.date | None]
    from_on: Mapped[dt.date]
    until_on: Mapped[dt.date | None]
    """The first day at whose end it was known no longer."""


class ExitTalk(SealedModel):
    """A volunteer's leaving, and the talk offered with it; `subject_id` is the volunteer."""

    __tablename__ = "exit_talk"
    volunteer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("volunteer.id"), unique=True)
    offered_on: Mapped[dt.date | None]
    held_on: Mapped[dt.date | None]
    wanted: Field[bool | None] = Field()
    """Whether they would like a talk; None where nobody has asked yet."""
    by: Field[str | None] = Field()
    """The account of whoever held it (hex)."""
    said: Field[str | None] = Field()
    returns: Field[bool | None] = Field()
    """Whether they would come back one day."""


class PrivacyPlan(SealedModel):
    """How a volunteer is kept from being exposed; `subject_id` is the volunteer."""

    __tablename__ = "privacy_plan"
    volunteer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("volunteer.id"), unique=True)
    agreed_on: Mapped[dt.date | None]
    """The day both agreed on what it says now; empty while it is a wish."""
    review_on: Mapped[dt.date | None]
    worry: Field[str | None] = Field()
    measures: Field[list[str] | None] = Field()
    how: Field[str | None] = Field()
    agreed_with: Field[str | None] = Field()
    """The account of whoever agreed on it with them (hex)."""
