"""Finds one or many by a question already scoped to the viewer; only what is found here can be opened."""

import uuid
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from sqlalchemy import Select

from peerlink.errors import NotFound
from peerlink.store import gate
from peerlink.store.session import session

T = TypeVar("T")


def find(asked: Select[T]) -> T | None:
    """Return the one record asked for, or None."""
    row = session.scalars(asked).unique().one_or_none()
    if row is not None:
        admit([row])
    return row


def get(asked: Select[T]) -> T:
    """Return the one record asked for; raises NotFound, whatever the reason it is not there."""
    row = find(asked)
    if row is None:
        raise NotFound
    return row


def many(asked: Select[T]) -> Sequence[T]:
    """Return every record asked for."""
    rows = session.scalars(asked).unique().all()
    admit(rows)
    return rows


def tuples(asked: Select[Any]) -> Sequence[Any]:
    """Return every row asked for where each holds several records."""
    rows = session.execute(asked).unique().all()
    for row in rows:
        admit(row)
    return rows


def admit(rows: Iterable[object]) -> None:
    """Let the people these records are about be opened."""
    subjects: list[uuid.UUID | None] = [getattr(row, "subject_id", None) for row in rows]
    gate.admit(subjects)
