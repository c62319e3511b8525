"""Neutral messages that wait to be sent, how each person wants to be told, and the way to the mail server."""

import datetime as dt
import uuid

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from peerlink.events import Wording
from peerlink.framework.message_words import Trouble
from peerlink.store.model import Field, Model, SealedModel


class Notice(Model):
    """One message to one account; it holds no text, and what it is about is not even readable here."""

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("account_id", "occasion"),
        Index("ix_notice_due", "sent_at", "due_at"),
    )
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, insert_default=uuid.uuid4)
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    occasion: Mapped[bytes] = mapped_column(LargeBinary(16))
    """A digest of the occasion's key: to one account it is sent once."""
    wording: Mapped[Wording]
    queued_at: Mapped[dt.datetime]
    due_at: Mapped[dt.datetime]
    """The moment before which it is not sent: quiet hours, or a pause after a failed try."""
    claimed_at: Mapped[dt.datetime | None]
    """Since when somebody is at sending it."""
    sent_at: Mapped[dt.datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    trouble: Mapped[Trouble | None]


class Reach(Model):
    """How somebody wants to be told; without a row the usual holds."""

    __tablename__ = "reach"
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"), primary_key=True)
    by_email: Mapped[bool]
    quiet_from: Mapped[int]
    """The hour from which nothing comes, in the programme's time zone."""
    quiet_until: Mapped[int]


class Seen(Model):
    """What stood on somebody's Today when they last opened it, and how often they were told of news since."""

    __tablename__ = "seen"
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"), primary_key=True)
    lines: Mapped[bytes] = mapped_column(LargeBinary)
    """Keyed digests, one for each line; what they say is written by whoever makes Today."""
    n_told: Mapped[int] = mapped_column(default=0)


class Mail(SealedModel):
    """The programme's way to its mail server; there is one row at most."""

    __tablename__ = "mail"
    host: Field[str] = Field()
    port: Field[int] = Field()
    security: Field[str] = Field()
    username: Field[str | None] = Field()
    address: Field[str] = Field()
    """What messages come from."""
    sender: Field[str] = Field()
    """The neutral name beside it."""
    site: Field[str] = Field()
    """Where people reach PeerLink, such as https://links.example.org."""
    password: Field[str | None] = Field(record="secret")
