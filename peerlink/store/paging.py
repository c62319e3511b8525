"""Cuts a long list into pages; the database counts and sorts, and only the page shown is loaded."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlalchemy import Select, func

from peerlink.store.lookup import many
from peerlink.store.session import session

T = TypeVar("T")

SIZE = 50
"""Rows on a page."""


@dataclass(frozen=True)
class Paged(Generic[T]):
    """One page of a list; pages are numbered from 1."""

    rows: Sequence[T]
    number: int
    total: int

    @property
    def first(self) -> int:
        return (self.number - 1) * SIZE + 1 if self.rows else 0

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1 if self.rows else 0

    @property
    def before(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def after(self) -> int | None:
        return self.number + 1 if self.number * SIZE < self.total else None


def paged(asked: Select[T], number: int) -> Paged[T]:
    """Return one page of a scoped and sorted question; a page beyond the last is the last."""
    counted = asked.with_only_columns(func.count(), maintain_column_froms=True).order_by(None)
    total = session.scalar(counted) or 0
    number = max(1, min(number, -(-total // SIZE)))
    return Paged(many(asked.limit(SIZE).offset((number - 1) * SIZE)), number, total)
