"""Knows what a workbook's references mean: rows read a moment ago, and rows the programme has already."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, select

from peerlink.features.accounts.models import Account, AccountState
from peerlink.features.contacts.models import Contact, ContactDetail
from peerlink.features.incidents.models import Incident
from peerlink.features.matching.models import Match
from peerlink.features.participants.models import Participant
from peerlink.features.programmes.models import Place, Site
from peerlink.features.volunteers.models import Volunteer
from peerlink.store.house import fingerprint
from peerlink.store.session import session

AT_ONCE = 500
"""References asked for in one question to the database."""


@dataclass(frozen=True, slots=True)
class Stub:
    """As much of a row as others that point at it must know."""

    id: uuid.UUID
    status: str = ""
    volunteer_id: uuid.UUID | None = None
    participant_id: uuid.UUID | None = None
    started_on: dt.date | None = None
    ended_on: dt.date | None = None


def index_of(model: Any, field: str = "ref") -> Any:
    """Return the column that keeps a field's fingerprint."""
    return getattr(model, f"{field}_index")


_ASKED: dict[str, tuple[Any, Select[Any]]] = {
    "sites": (index_of(Site), select(index_of(Site), Site.id)),
    "places": (index_of(Place), select(index_of(Place), Place.id)),
    "staff": (
        index_of(Account),
        select(index_of(Account), Account.id).where(Account.state != AccountState.CLOSED),
    ),
    "volunteers": (index_of(Volunteer), select(index_of(Volunteer), Volunteer.id, Volunteer.status)),
    "participants": (
        index_of(Participant),
        select(index_of(Participant), Participant.id, Participant.status),
    ),
    "matches": (
        index_of(Match),
        select(
            index_of(Match),
            Match.id,
            Match.status,
            Match.volunteer_id,
            Match.participant_id,
            Match.started_on,
            Match.ended_on,
        ),
    ),
    "contacts": (
        index_of(ContactDetail),
        select(
            index_of(ContactDetail),
            ContactDetail.id,
            Contact.status,
            Contact.volunteer_id,
            Contact.participant_id,
        ).join(Contact, Contact.id == ContactDetail.id),
    ),
    "incidents": (index_of(Incident), select(index_of(Incident), Incident.id)),
}


class Known:
    """What each reference of each sheet means."""

    def __init__(self) -> None:
        self._stubs: dict[str, dict[bytes, Stub]] = {name: {} for name in _ASKED}
        self._asked: dict[str, set[bytes]] = {name: set() for name in _ASKED}
        self._spoiled: dict[str, set[bytes]] = {name: set() for name in _ASKED}
        self._unreadable: set[str] = set()
        self.token = lru_cache(maxsize=65_536)(lambda ref: fingerprint("number", ref))
        self.about: set[bytes] = set()
        """Contacts somebody's supervision is about; of other contacts no stub is kept."""

    def add(self, sheet: str, token: bytes, stub: Stub) -> None:
        """Remember what a row of this workbook is."""
        if sheet != "contacts" or token in self.about:
            self._stubs[sheet][token] = stub

    def spoil(self, sheet: str, ref: str | None) -> None:
        """Remember that a row with this reference has a fault, so that rows pointing at it are not blamed.

        Where the reference itself could not be read, any that is not found may be the one.
        """
        if ref is None:
            self._unreadable.add(sheet)
        token = self.token(ref) if ref else None
        if token is not None and sheet in self._spoiled:
            self._spoiled[sheet].add(token)

    def is_spoiled(self, sheet: str, ref: str) -> bool:
        return sheet in self._unreadable or self.token(ref) in self._spoiled[sheet]

    def look_up(self, sheet: str, refs: Iterable[str | None]) -> None:
        """Ask the database at once for all references that no row of this workbook has said yet."""
        tokens = {token for ref in refs if ref and (token := self.token(ref)) is not None}
        wanted = sorted(tokens - self._stubs[sheet].keys() - self._asked[sheet])
        index, asked = _ASKED[sheet]
        for i in range(0, len(wanted), AT_ONCE):
            some = wanted[i : i + AT_ONCE]
            self._asked[sheet].update(some)
            for token, *said in session.execute(asked.where(index.in_(some))):
                self._stubs[sheet].setdefault(token, Stub(*said))

    def find(self, sheet: str, ref: str) -> Stub | None:
        """Return what a reference means; look_up must have been asked for it."""
        token = self.token(ref)
        return None if token is None else self._stubs[sheet].get(token)
