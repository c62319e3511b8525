"""The peers who give support; they live with HIV too, so their record is health data like any other."""

import datetime as dt
import uuid

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from peerlink.framework.recruitment_words import ShownAs
from peerlink.framework.vocabularies import VolunteerStatus
from peerlink.store.model import Field, Model, SealedModel
from peerlink.store.sealing import NOBODY
from peerlink.words import _


class Volunteer(SealedModel):
    """One volunteer."""

    __tablename__ = "volunteer"
    person = True
    status: Mapped[VolunteerStatus] = mapped_column(index=True)
    status_since: Mapped[dt.date]
    joined_on: Mapped[dt.date | None]
    site_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("site.id"), index=True)
    supervisor_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"), index=True)
    reader_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
    """Who reads their check-ins where it is not the supervisor: the volunteer's own choice."""
    buddy_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("volunteer.id"))
    """The fellow volunteer at their side."""
    leaving_on: Mapped[dt.date | None]
    """The day of leaving they have stated."""
    keep_until: Mapped[dt.date | None]
    """The day on which everything readable about somebody who is no volunteer now is deleted."""
    capacity: Mapped[int | None]
    agreed_hours: Mapped[int | None]
    """Hours a month agreed to."""
    no_new_matches_until: Mapped[dt.date | None]
    """New matches are paused up to and including this day."""
    review_on: Mapped[dt.date | None]
    """The day a pause is looked at again."""
    ref: Field[str] = Field(found_by="number", unique=True)
    given_name: Field[str] = Field()
    family_name: Field[str | None] = Field()
    alias: Field[str | None] = Field()
    email: Field[str | None] = Field(found_by="email")
    phone: Field[str | None] = Field(found_by="phone")
    birth_year: Field[int | None] = Field()
    gender: Field[str | None] = Field()
    languages: Field[dict[str, str] | None] = Field()
    area: Field[str | None] = Field()
    leave_reason: Field[str | None] = Field()
    diagnosed_year: Field[int | None] = Field()
    life_stages: Field[list[str] | None] = Field()
    communities: Field[list[str] | None] = Field()
    skills: Field[list[str] | None] = Field()
    channels: Field[list[str] | None] = Field()
    availability: Field[list[str] | None] = Field()
    places: Field[list[str] | None] = Field()
    vetting_until: Field[dt.date | None] = Field(dt.date)
    agreement_on: Field[dt.date | None] = Field(dt.date)
    limits: Field[list[str] | None] = Field()
    keep_apart: Field[list[str] | None] = Field()
    shown_as: Field[ShownAs | None] = Field(ShownAs)
    """Which name is shown: their choice."""
    shown_in: Field[dict[str, dict[str, str | None]] | None] = Field()
    """Where they agreed to be shown, by ShownIn: {"given_on", "taken_back_on"}."""
    kept_longer: Field[list[dict[str, str]] | None] = Field()
    """Each time it was kept longer than is usual: {"on", "by", "why", "before"}, the day before it."""

    @property
    def is_forgotten(self) -> bool:
        """Whether nothing readable is kept about them; the row stays for what is counted."""
        return self.subject_id == NOBODY

    @property
    def called(self) -> str:
        """The name shown: the one they chose, else given name and the first letter of the family name."""
        if self.is_forgotten:
            return _("Former volunteer")
        if self.shown_as is ShownAs.ALIAS and self.alias:
            return self.alias
        if self.shown_as is ShownAs.GIVEN_NAME:
            return self.given_name
        return f"{self.given_name} {self.family_name[0]}." if self.family_name else self.given_name


class Cover(Model):
    """A supervisor is away, and who looks after their volunteers meanwhile; both days included."""

    __tablename__ = "cover"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, insert_default=uuid.uuid4)
    supervisor_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"), index=True)
    by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"), index=True)
    """The colleague who looks after them; None where nobody does, and flags go to a deputy at once."""
    from_on: Mapped[dt.date]
    until_on: Mapped[dt.date]
