"""Reads ids as the driver gives them: a night looks at so many rows that making each one an id would tell."""

import gc
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import ColumnElement, type_coerce
from sqlalchemy.types import NullType

Key = Any
"""An id as it comes: 32 hexadecimal digits from SQLite, an id from PostgreSQL; good for looking up only."""


def key(column: Any) -> ColumnElement[Any]:
    """Ask for an id as it comes."""
    return type_coerce(column, NullType())


def id_of(found: Key) -> uuid.UUID:
    """Make the id of one that came as it is kept."""
    return found if isinstance(found, uuid.UUID) else uuid.UUID(found)


def bytes_of(found: Key) -> bytes:
    """Give the sixteen bytes of an id as it came."""
    return found.bytes if isinstance(found, uuid.UUID) else bytes.fromhex(found)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Keep Python from looking for rings of objects meanwhile: facts and findings hang together in none.

    It would walk through everything gathered so far, time and again, and find nothing.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
