"""Keeps where people stand: the day of the last held contact, and what was missed since."""

import datetime as dt
import uuid
from collections.abc import Collection, Iterator
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    Table,
    Update,
    Uuid,
    and_,
    bindparam,
    case,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)

from peerlink.features.contacts.models import Contact
from peerlink.features.indicators.models import ParticipantLast, VolunteerLast
from peerlink.features.indicators.raw import Key, id_of, key
from peerlink.framework.contact_words import ContactStatus
from peerlink.framework.vocabularies import PARTICIPANT_SIDE
from peerlink.store.session import session

# What is done at every contact is worded once; a column takes the type of an id only when the table it
# points to is known, so the type is said.
_LOG = cast(Table, Contact.__table__)
_VOLUNTEERS = cast(Table, VolunteerLast.__table__)
_PARTICIPANTS = cast(Table, ParticipantLast.__table__)
_HELD = _LOG.c.status == ContactStatus.HELD
_VOLUNTEER_STANDS = (
    update(_VOLUNTEERS)
    .where(_VOLUNTEERS.c.volunteer_id == bindparam("who", type_=Uuid()))
    .values(
        held_on=select(func.max(_LOG.c.day))
        .where(_LOG.c.volunteer_id == bindparam("who", type_=Uuid()), _HELD)
        .scalar_subquery()
    )
)
_LAST_HELD = (
    select(func.max(_LOG.c.day))
    .where(_LOG.c.participant_id == bindparam("who", type_=Uuid()), _HELD)
    .scalar_subquery()
)
_MISSED_SINCE = (
    select(func.count())
    .select_from(_LOG)
    .where(
        _LOG.c.participant_id == bindparam("who", type_=Uuid()),
        _LOG.c.status == ContactStatus.MISSED,
        _LOG.c.missed_by.in_(sorted(PARTICIPANT_SIDE)),
        _LOG.c.day > func.coalesce(_LAST_HELD, dt.date.min),
    )
    .scalar_subquery()
)
_PARTICIPANT_STANDS = (
    update(_PARTICIPANTS)
    .where(_PARTICIPANTS.c.participant_id == bindparam("who", type_=Uuid()))
    .values(held_on=_LAST_HELD, missed_since=_MISSED_SINCE)
)


def put_right(volunteer_ids: Collection[uuid.UUID], participant_ids: Collection[uuid.UUID]) -> None:
    """Say anew where these people stand, now that a contact of theirs came, changed or went."""
    for volunteer_id in volunteer_ids:
        if not _said(_VOLUNTEER_STANDS, volunteer_id):
            stand_anew({volunteer_id}, ())
    for participant_id in participant_ids:
        if not _said(_PARTICIPANT_STANDS, participant_id):
            stand_anew((), {participant_id})


def _said(statement: Update, who: uuid.UUID) -> bool:
    """Put where one person stands right; tell whether there was anything yet."""
    changed = cast(CursorResult[Any], session.execute(statement, {"who": who}))
    return bool(changed.rowcount)


def stand_anew(
    volunteer_ids: Collection[uuid.UUID] | None = None, participant_ids: Collection[uuid.UUID] | None = None
) -> None:
    """Read from the contacts anew where people stand: these, or all."""
    held = volunteers_held(_among(Contact.volunteer_id, volunteer_ids))
    _replace(VolunteerLast, volunteer_ids, [{"volunteer_id": who, "held_on": on} for who, on in held.items()])
    stand = [
        {"participant_id": id_of(who), "held_on": on, "missed_since": n}
        for who, on, n in _standing(_among(Contact.participant_id, participant_ids))
    ]
    _replace(ParticipantLast, participant_ids, stand)


def _among(column: Any, ids: Collection[uuid.UUID] | None) -> ColumnElement[bool]:
    return literal(True) if ids is None else column.in_(ids)


def _replace(
    table: type[VolunteerLast | ParticipantLast],
    ids: Collection[uuid.UUID] | None,
    rows: list[dict[str, Any]],
) -> None:
    key = cast(Table, table.__table__).primary_key.columns[0]
    gone = delete(table) if ids is None else delete(table).where(key.in_(ids))
    session.execute(gone, execution_options={"synchronize_session": False})
    if rows:
        session.execute(insert(table), rows)


def volunteers_held(scope: ColumnElement[bool]) -> dict[uuid.UUID, dt.date]:
    """Read the day of the last held contact of each volunteer, among the contacts in scope."""
    asked = select(Contact.volunteer_id, func.max(Contact.day)).where(
        scope, Contact.status == ContactStatus.HELD
    )
    return dict(iter(session.execute(asked.group_by(Contact.volunteer_id))))


def standing_on(day: dt.date) -> dict[Key, tuple[dt.date | None, int]]:
    """Read where every participant stood on a day: the last held contact, and what was missed since."""
    return {who: (on, n) for who, on, n in _standing(Contact.day <= day)}


def _standing(scope: ColumnElement[bool]) -> Iterator[tuple[Key, dt.date | None, int]]:
    held = case((Contact.status == ContactStatus.HELD, Contact.day))
    last = select(Contact.participant_id, func.max(held).label("held_on")).where(scope)
    lasts = last.group_by(Contact.participant_id).subquery()
    missed = and_(
        Contact.status == ContactStatus.MISSED,
        Contact.missed_by.in_(PARTICIPANT_SIDE),
        or_(lasts.c.held_on.is_(None), Contact.day > lasts.c.held_on),
    )
    asked = (
        select(key(lasts.c.participant_id), lasts.c.held_on, func.sum(case((missed, 1), else_=0)))
        .join(Contact, Contact.participant_id == lasts.c.participant_id)
        .where(scope)
        .group_by(lasts.c.participant_id, lasts.c.held_on)
    )
    for who, on, n in session.execute(asked):
        yield who, on, int(n or 0)
