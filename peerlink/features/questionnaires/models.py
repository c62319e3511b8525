"""Questionnaires a programme has brought, and what volunteers answered to them."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from peerlink.framework.questionnaire_words import QuestionnaireStatus, ResponseStatus
from peerlink.instruments.questionnaire import titles_in
from peerlink.store.model import Field, SealedModel


class Questionnaire(SealedModel):
    """One version of one questionnaire of the programme: its words, its scoring, the right to both."""

    __tablename__ = "questionnaire"
    status: Mapped[QuestionnaireStatus]
    self_harm: Mapped[bool]
    """Whether an item asks about harm to oneself."""
    every_days: Mapped[int | None]
    """How often it is asked by itself; None where somebody asks, or nobody."""
    loaded_on: Mapped[dt.date]
    active_on: Mapped[dt.date | None]
    retired_on: Mapped[dt.date | None]
    url: Field[str] = Field()
    title: Field[str] = Field()
    form_version: Field[str] = Field()
    definition: Field[dict[str, Any]] = Field()
    """FHIR R4, with nothing in it but what is understood here."""
    scoring: Field[dict[str, Any]] = Field()
    licence: Field[str] = Field()
    rights_by: Field[str] = Field()
    """The account that said that the programme has the right to use this wording."""

    @property
    def titles(self) -> dict[str, str]:
        """The title in other languages, as its file carries them."""
        return titles_in(self.definition)


class Response(SealedModel):
    """What one volunteer answered once; `subject_id` is the volunteer."""

    __tablename__ = "response"
    __table_args__ = (Index("ix_response_of", "volunteer_id", "status", "completed_on"),)
    volunteer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("volunteer.id"))
    questionnaire_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("questionnaire.id"), index=True)
    status: Mapped[ResponseStatus]
    requested_on: Mapped[dt.date]
    completed_on: Mapped[dt.date | None]
    completed_at: Mapped[dt.datetime | None]
    """The moment, so that of two on one day the later is told from the earlier."""
    shared_on: Mapped[dt.date | None]
    """The day from which the scores may be seen, by the volunteer's own yes; None: by nobody else."""
    shared_with_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"), index=True)
    """Whom they chose; None for whoever reads their check-ins."""
    scores: Field[list[dict[str, Any]] | None] = Field()
    handled_on: Field[dt.date | None] = Field(dt.date)
    """The day somebody said that a professional has it in hand."""
    harm_told: Field[bool | None] = Field()
    """Whether whoever is on duty was called."""
    speaks_of_harm: Field[bool | None] = Field()
    """Whether what was sent in the end speaks of harm to oneself."""
    answers: Field[dict[str, Any] | None] = Field(record="answers")
    """What was answered, by item: for the volunteer, and nobody else."""
