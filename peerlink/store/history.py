"""Every change of state: who, when, from, to, why; only ever added to."""

import datetime as dt
import uuid
from enum import StrEnum
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from peerlink import clock
from peerlink.lifecycle import Kind, check_step
from peerlink.store.lookup import many
from peerlink.store.model import Field, Plain, SealedModel
from peerlink.store.session import session


class StateChange(SealedModel):
    """One step of a life-cycle; the day stays readable, the reason is sealed."""

    __tablename__ = "state_change"
    kind: Mapped[Plain]
    record_id: Mapped[uuid.UUID] = mapped_column(index=True)
    came_from: Mapped[Plain | None]
    became: Mapped[Plain]
    changed_on: Mapped[dt.date]
    at: Field[dt.datetime] = Field(dt.datetime)
    by: Field[str | None] = Field()
    reason: Field[str | None] = Field()
    note: Field[str | None] = Field()


class Living(Protocol):
    """A record with a life-cycle."""

    id: uuid.UUID
    subject_id: uuid.UUID


def move(
    record: Living,
    to: StrEnum,
    *,
    kind: Kind,
    by: uuid.UUID | None,
    reason: str | None = None,
    note: str | None = None,
    on: dt.date | None = None,
) -> StateChange:
    """Take a record's one step along its life-cycle and write it down; raises Refused where it may not."""
    came_from: StrEnum = record.status  # type: ignore[attr-defined]
    check_step(kind, came_from, to)
    record.status = to  # type: ignore[attr-defined]
    return begin(record, kind=kind, by=by, came_from=came_from, reason=reason, note=note, on=on)


def begin(
    record: Living,
    *,
    kind: Kind,
    by: uuid.UUID | None,
    came_from: StrEnum | None = None,
    reason: str | None = None,
    note: str | None = None,
    on: dt.date | None = None,
) -> StateChange:
    """Write down the state a record is in now, as its first or its latest."""
    now = clock.now()
    change = StateChange(
        kind=kind.value,
        record_id=record.id,
        subject_id=record.subject_id or record.id,
        came_from=came_from.value if came_from else None,
        became=record.status.value,  # type: ignore[attr-defined]
        changed_on=on or now.date(),
        at=now,
        by=by.hex if by else None,
        reason=reason,
        note=note,
    )
    session.add(change)
    return change


def history_of(record_id: uuid.UUID) -> list[StateChange]:
    """Return every step of one record, the newest first; the record itself must be in the viewer's reach."""
    asked = select(StateChange).where(StateChange.record_id == record_id)
    return sorted(many(asked), key=lambda change: (change.changed_on, change.at), reverse=True)
