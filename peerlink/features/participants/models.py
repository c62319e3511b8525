"""People living with HIV who receive support."""

import datetime as dt
import uuid

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from peerlink.framework.vocabularies import ParticipantStatus, ReferralSource
from peerlink.store.model import Field, SealedModel

CONSENTS = ("support", "matching", "liaison", "outcomes")
"""The consents asked for separately; each is kept with the day it was given."""


class Participant(SealedModel):
    """One person; all that could say who they are, or how they are, is sealed."""

    __tablename__ = "participant"
    person = True
    status: Mapped[ParticipantStatus] = mapped_column(index=True)
    status_since: Mapped[dt.date]
    referred_on: Mapped[dt.date]
    site_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("site.id"), index=True)
    planned_interval_days: Mapped[int | None]
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
    """Language code to level: first, second, working, basic."""
    area: Field[str | None] = Field()
    referral_source: Field[ReferralSource | None] = Field(ReferralSource)
    close_reason: Field[str | None] = Field()
    consents: Field[dict[str, str] | None] = Field()
    """One of CONSENTS to the ISO day it was given."""
    consent_until: Field[dt.date | None] = Field(dt.date)
    needs: Field[list[str] | None] = Field()
    goals: Field[list[str] | None] = Field()
    wants: Field[list[dict[str, object]] | None] = Field()
    """What matters in a volunteer: {"trait", "value" or None, "must"}."""
    channels: Field[list[str] | None] = Field()
    availability: Field[list[str] | None] = Field()
    """Weekly slots such as `mon 18:00-20:00`."""
    places: Field[list[str] | None] = Field()
    """Ids (hex) of the places they would come to."""
    keep_apart: Field[list[str] | None] = Field()
    """References of volunteers, sites or areas to be kept apart from."""
    safe_channels: Field[list[str] | None] = Field()
    safe_words: Field[str | None] = Field()
    """When and how to get in touch, and what not to say to whoever answers."""

    @property
    def called(self) -> str:
        """The name used wherever a full name is not needed."""
        return self.alias or self.given_name
