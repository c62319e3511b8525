"""Reads contacts for a list: one statement for fifty rows, opened one by one through the gate."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Select, Table

from peerlink.features.contacts.models import Contact, ContactDetail
from peerlink.features.contacts.queries import called_of, contacts_for
from peerlink.framework.support import SupportArea
from peerlink.framework.vocabularies import Channel, ContactStatus, MissedBy
from peerlink.roles import Viewer
from peerlink.store import gate
from peerlink.store.sealing import Damaged, open_blob
from peerlink.store.session import session

A_PAGE = 50
NOTE_SHOWN = 80


class ContactRow(NamedTuple):
    """One line of a list of contacts, in the order templates unpack it."""

    id: uuid.UUID
    day: dt.date
    at: dt.datetime | None
    called: str | None
    status: ContactStatus
    missed_by: MissedBy | None
    channel: Channel | None
    minutes: int
    areas: int
    effort: int | None
    difficult: bool
    note: str | None
    damaged: bool


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which contacts are asked for."""

    match_id: uuid.UUID | None = None
    participant_id: uuid.UUID | None = None
    volunteer_id: uuid.UUID | None = None
    status: ContactStatus | None = None
    area: SupportArea | None = None
    difficult: bool = False
    page: int = 1


_detail: Table = ContactDetail.__table__  # type: ignore[assignment]
_COLUMNS = (
    Contact.id,
    Contact.participant_id,
    Contact.day,
    Contact.status,
    Contact.missed_by,
    Contact.channel,
    Contact.minutes,
    Contact.areas,
    Contact.heavy,
    Contact.difficult,
    _detail.c.version,
    _detail.c.sealed,
    _detail.c.sealed_note,
)


def contact_rows(viewer: Viewer, asked: Asked) -> tuple[list[ContactRow], bool]:
    """Return a page of contacts within the viewer's reach, the latest first, and whether more follow."""
    statement = _narrowed(contacts_for(viewer), asked)
    statement = statement.order_by(Contact.day.desc(), Contact.id)
    statement = statement.limit(A_PAGE + 1).offset(A_PAGE * (asked.page - 1))
    wanted: Select[Any] = statement.join(_detail, _detail.c.id == Contact.id).with_only_columns(*_COLUMNS)
    found = session.execute(wanted).all()
    gate.admit({row[1] for row in found})
    rows = _opened(found[:A_PAGE], viewer)
    rows.sort(key=lambda row: (row.day, row.at.timestamp() if row.at else 0.0), reverse=True)
    return rows, len(found) > A_PAGE


def _narrowed(contacts: Select[Contact], asked: Asked) -> Select[Contact]:
    for column, value in (
        (Contact.match_id, asked.match_id),
        (Contact.participant_id, asked.participant_id),
        (Contact.volunteer_id, asked.volunteer_id),
        (Contact.status, asked.status),
    ):
        if value is not None:
            contacts = contacts.where(column == value)
    if asked.area is not None:
        contacts = contacts.where(Contact.areas.op("&")(1 << asked.area.bit) != 0)
    if asked.difficult:
        contacts = contacts.where(Contact.difficult | Contact.heavy)
    return contacts


def _opened(found: Sequence[Any], viewer: Viewer) -> list[ContactRow]:
    opens = viewer.opens()
    names = called_of([row[1] for row in found], viewer)
    with_note = "contact_detail.note" in opens
    rows: list[ContactRow] = []
    for contact_id, subject, *plain, heavy, difficult, version, main, note in found:
        try:
            says = _open("sealed", contact_id, subject, version, main)
            text = _open("note", contact_id, subject, version, note).get("note") if with_note else None
            damaged = False
        except Damaged:
            says, text, damaged = {}, None, True
        at = says.get("started_at") or says.get("planned_at")
        if text and len(text) > NOTE_SHOWN:
            text = f"{text[:NOTE_SHOWN]}…"
        day, status, missed_by, channel, minutes, areas = plain
        moment = dt.datetime.fromisoformat(at) if at else None
        hard = heavy or difficult
        rows.append(
            ContactRow(
                contact_id, day, moment, names.get(subject), status, missed_by, channel, minutes, areas,
                says.get("effort"), hard, text, damaged,
            )
        )  # fmt: skip
    return rows


def _open(record: str, row: uuid.UUID, subject: uuid.UUID, version: int, blob: bytes) -> dict[str, Any]:
    gate.check("contact_detail" if record == "sealed" else "contact_detail.note", subject)
    return open_blob("contact_detail", record, row, subject, version, blob)
