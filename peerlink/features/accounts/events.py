"""What can happen to an account."""

import uuid
from dataclasses import dataclass

from peerlink.events import Event


@dataclass(frozen=True, kw_only=True)
class _AboutAccount(Event):
    account_id: uuid.UUID

    def about(self) -> tuple[uuid.UUID, ...]:
        return (self.account_id,)


class AccountInvited(_AboutAccount):
    """Somebody was sent a one-time link."""


class AccountClosed(_AboutAccount):
    """An account lets nobody in any more."""


class SignedOutEverywhere(_AboutAccount):
    """Every sign-in of an account was ended."""


@dataclass(frozen=True, kw_only=True)
class RolesChanged(_AboutAccount):
    """Somebody may do other things than before."""

    role_bits: int


class SecondFactorForgotten(_AboutAccount):
    """A lost authenticator was taken out of use."""


class PasswordChosen(Event):
    """Somebody chose their password."""


class SecondFactorEnrolled(Event):
    """Somebody took an authenticator into use."""


class SignedIn(Event):
    """Somebody signed in."""


@dataclass(frozen=True, kw_only=True)
class CalendarMade(Event):
    """Somebody made a private address for their calendar."""

    tells_initial: bool


class CalendarTakenBack(Event):
    """Somebody had the address of their calendar work no more."""
