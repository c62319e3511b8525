"""Everything that can happen, one small value each; whoever listens is told in the same transaction."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened; `by` is the account, None for the house itself."""

    by: uuid.UUID | None

    def about(self) -> tuple[uuid.UUID, ...]:
        """Name the people this is about, for the audit trail."""
        return ()


E = TypeVar("E", bound=Event)

_listeners: dict[type[Event], list[Callable[[Event], None]]] = {}


def listen(kind: type[E], listener: Callable[[E], None]) -> None:
    """Call the listener for every event of this kind, once however often it is registered."""
    listeners = _listeners.setdefault(kind, [])
    if listener not in listeners:
        listeners.append(listener)  # type: ignore[arg-type]


def announce(event: Event) -> None:
    """Tell everyone who listens for this kind of event."""
    for kind in type(event).__mro__:
        for listener in _listeners.get(kind, ()):
            listener(event)
