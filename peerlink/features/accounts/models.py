"""Who can sign in, from where they have, and what was sent to let them in."""

import datetime as dt
import enum
import uuid

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from peerlink.roles import Role
from peerlink.store.model import Bits, Field, Model, SealedModel

ROLE_BITS = {role: 1 << n for n, role in enumerate(Role)}
"""The bit of each role; the order of Role must never change."""


class AccountState(enum.StrEnum):
    """Whether an account lets anybody in."""

    INVITED = "invited"
    ACTIVE = "active"
    CLOSED = "closed"


class Account(SealedModel):
    """What one signs in with. A volunteer's account is health data: name and address are sealed."""

    __tablename__ = "account"
    person = True
    bound = ("state", "role_bits", "person_id", "site_id")
    state: Mapped[AccountState] = mapped_column(default=AccountState.INVITED)
    role_bits: Mapped[Bits]
    person_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    site_id: Mapped[uuid.UUID | None]
    seen_on: Mapped[dt.date | None]
    email: Field[str] = Field(found_by="email", unique=True)
    """What they sign in with: an e-mail address, or the phone number of a volunteer who has none."""
    ref: Field[str | None] = Field(found_by="number", unique=True)
    name: Field[str] = Field()
    password: Field[str | None] = Field(record="secret")
    totp: Field[str | None] = Field(record="secret")
    totp_step: Field[int | None] = Field(record="secret")
    recovery: Field[list[str] | None] = Field(record="secret")

    @property
    def has_address(self) -> bool:
        """Whether what they sign in with is an e-mail address."""
        return "@" in self.email

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(role for role, bit in ROLE_BITS.items() if self.role_bits & bit)


class SignIn(Model):
    """One signed-in browser; the cookie holds the token, the table only its hash."""

    __tablename__ = "sign_in"
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    account_id: Mapped[uuid.UUID] = mapped_column(index=True)
    began_at: Mapped[dt.datetime]
    seen_at: Mapped[dt.datetime]
    proved_at: Mapped[dt.datetime | None]
    """When the second factor was shown; None while it is still asked for."""
    on_phone: Mapped[bool] = mapped_column(default=False)


class LetterKind(enum.StrEnum):
    """What a one-time link is for."""

    INVITATION = "invitation"
    RESET = "reset"
    SETUP = "setup"


class Letter(Model):
    """A one-time link; the table keeps only the hash of its secret."""

    __tablename__ = "letter"
    secret_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    kind: Mapped[LetterKind]
    account_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    until: Mapped[dt.datetime]
    used_at: Mapped[dt.datetime | None]


class CalendarFeed(Model):
    """One account's private calendar; the address holds the secret, the table only its hash."""

    __tablename__ = "calendar_feed"
    account_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    secret_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    until_on: Mapped[dt.date]
    """The last day the address works."""
    tells_initial: Mapped[bool] = mapped_column(default=False)
    """Whether an entry says with whom by one letter; its owner's choice."""


class Attempt(Model):
    """How often a sign-in failed lately, by a keyed hash of what was tried or from where."""

    __tablename__ = "attempt"
    what: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    failed: Mapped[int]
    since: Mapped[dt.datetime]
    blocked_until: Mapped[dt.datetime | None]
