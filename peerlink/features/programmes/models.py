"""Who runs the programme, where, and where one may meet."""

import datetime as dt
import uuid

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from peerlink.framework.vocabularies import PlaceStatus, SiteKind
from peerlink.store.model import Field, Plain, SealedModel


class Programme(SealedModel):
    """The one programme of this instance."""

    __tablename__ = "programme"
    timezone: Mapped[Plain]
    language: Mapped[Plain]
    under18: Mapped[bool] = mapped_column(default=False)
    unpaid_by_design: Mapped[bool] = mapped_column(default=False)
    community_only: Mapped[bool] = mapped_column(default=False)
    applications_open: Mapped[bool] = mapped_column(default=False)
    """Whether anybody may offer to help on the public page."""
    vetting_required: Mapped[bool] = mapped_column(default=False)
    """Whether volunteers need a clearance before their training."""
    name: Field[str] = Field()
    currency: Field[str | None] = Field()
    """The currency payments are made in, such as GBP; None before anybody has said."""
    payment_text: Field[str | None] = Field()
    """What a line at the bank says; it tells nothing."""
    welcome: Field[str | None] = Field()
    """What the public page says first."""
    limits: Field[dict[str, object] | None] = Field()
    """Thresholds the programme has changed, by parameter key."""
    limit_changes: Field[list[dict[str, object]] | None] = Field()
    """Who changed which threshold when, from what to what, and why; only ever added to."""


class Site(SealedModel):
    """A clinic or centre the programme works from."""

    __tablename__ = "site"
    kind: Mapped[SiteKind]
    ref: Field[str] = Field(found_by="number", unique=True)
    name: Field[str] = Field()
    area: Field[str | None] = Field()


class Place(SealedModel):
    """A place where two people may meet without being exposed."""

    __tablename__ = "place"
    site_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("site.id"))
    status: Mapped[PlaceStatus]
    reviewed_on: Mapped[dt.date | None]
    ref: Field[str] = Field(found_by="number", unique=True)
    name: Field[str] = Field()
