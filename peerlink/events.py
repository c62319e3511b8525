"""Everything that can happen, one small value each; whoever listens is told in the same transaction."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar


class Wording(StrEnum):
    """What a message may say to whoever looks over a shoulder: nothing (framework.md section 8, rule 6)."""

    UPDATE = "update"
    """Something is new behind the sign-in."""
    FORM = "form"
    """A short form waits."""
    DATE = "date"
    """A day draws near."""
    NOW = "now"
    """Somebody is needed without delay."""


@dataclass(frozen=True)
class Message:
    """A neutral message to somebody; what it is about is said behind the sign-in only."""

    to: uuid.UUID
    """An account, or the volunteer who has one."""
    wording: Wording
    key: str
    """Names the occasion: to one person it is sent once, however often it is asked for."""
    not_before: dt.datetime | None = None
    """The moment until which it waits, for all that is told together; None where it comes at once."""


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened; `by` is the account, None for the house itself."""

    by: uuid.UUID | None

    def about(self) -> tuple[uuid.UUID, ...]:
        """Name the people this is about, for the audit trail."""
        return ()

    def messages(self) -> tuple[Message, ...]:
        """Say who is told that something is new; most of what happens tells nobody."""
        return ()

    def settles(self) -> tuple[Message, ...]:
        """Say which messages are no news any longer: what of them still waits is not sent."""
        return ()


E = TypeVar("E", bound=Event)

_listeners: dict[type[Event], list[Callable[[Event], None]]] = {}
_resting: ContextVar[frozenset[Callable[[Any], None]]] = ContextVar("resting", default=frozenset())


def listen(kind: type[E], listener: Callable[[E], None]) -> None:
    """Call the listener for every event of this kind, once however often it is registered."""
    listeners = _listeners.setdefault(kind, [])
    if listener not in listeners:
        listeners.append(listener)  # type: ignore[arg-type]


def announce(event: Event) -> None:
    """Tell everyone who listens for this kind of event."""
    resting = _resting.get()
    for kind in type(event).__mro__:
        for listener in _listeners.get(kind, ()):
            if listener not in resting:
                listener(event)


@contextmanager
def resting(*listeners: Callable[[Any], None]) -> Iterator[None]:
    """Let these listeners hear nothing for the time of a block; afterwards they look for themselves.

    For whoever does the work of months at once and lets it be judged in the end.
    """
    token = _resting.set(_resting.get() | frozenset(listeners))
    try:
        yield
    finally:
        _resting.reset(token)
