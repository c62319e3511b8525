"""Writes down everything that happens."""

import dataclasses
import re
import uuid
from enum import Enum
from typing import Any

from peerlink.events import Event, listen
from peerlink.store import audit
from peerlink.store.session import session

_NOT_DETAIL = frozenset({"by"})


def connect() -> None:
    """Listen for every event there is."""
    listen(Event, write_down)


def write_down(event: Event) -> None:
    """Put an event into the audit trail: its name, whom it is about, and its codes, never its texts."""
    detail: dict[str, Any] = {}
    for one in dataclasses.fields(event):
        value = getattr(event, one.name)
        if one.name not in _NOT_DETAIL and isinstance(value, uuid.UUID | Enum | bool | int):
            detail[one.name] = value.hex if isinstance(value, uuid.UUID) else getattr(value, "value", value)
    audit.write(session, deed_of(event), about=event.about(), actor=event.by, detail=detail)


def deed_of(event: Event) -> str:
    """Name an event as the trail does."""
    return _name_of(type(event))


def deeds_known() -> list[str]:
    """Return the name of everything the trail can hold, in order."""
    kinds, found = [Event], {"opened", "changed", "trail read", "own record taken"}
    while kinds:
        below = kinds.pop().__subclasses__()
        kinds += below
        found |= {_name_of(kind) for kind in below if not kind.__name__.startswith("_")}
    return sorted(found)


def _name_of(kind: type[Event]) -> str:
    """Turn ContactLogged into `contact logged`."""
    return re.sub(r"(?<!^)(?=[A-Z])", " ", kind.__name__).lower()
