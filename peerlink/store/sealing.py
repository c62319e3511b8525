"""Seals what a row says in one record, bound to table, row, person and row version.

An author of a room writes `given_name: Field[str] = Field()` and never thinks of it again: setting seals at
the flush, reading opens through the gate, and using a field in SQL raises at once.
"""

import datetime as dt
import enum
import uuid
from collections.abc import Iterable
from typing import Any, ClassVar, Generic, NoReturn, TypeVar, cast, overload

from sqlalchemy import ColumnElement, event, false, inspect
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from peerlink.errors import Refused
from peerlink.store import gate, house
from peerlink.vault.chain import write_digest
from peerlink.vault.envelope import CannotOpen, Place, kid_of, seal, unseal
from peerlink.vault.record import pack, unpack
from peerlink.words import _

T = TypeVar("T")
R = TypeVar("R", bound="SealedRow")

MAIN = "sealed"
BOUND = "="
"""Under which name a record keeps the readable columns it covers; no field can be called so."""
NOBODY = uuid.UUID(int=0)
"""The subject of rows that are about the programme itself."""


class Damaged(Refused):
    """A record was altered outside of PeerLink and does not open."""


class Field(Generic[T]):
    """A value sealed inside its row: text, number, list or mapping as JSON has them.

    `kind` is given for dates and vocabularies, `record` where who may read differs, `found_by` for what is
    looked up by its fingerprint (phone, email, number).
    """

    def __init__(
        self,
        kind: Any = None,
        *,
        record: str = MAIN,
        found_by: str | None = None,
        unique: bool = False,
    ) -> None:
        self.kind = kind
        self.record = record
        self.found_by = found_by
        self.unique = unique
        self.name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name
        self.owner = owner

    @overload
    def __get__(self, row: None, owner: type) -> "Field[T]": ...
    @overload
    def __get__(self, row: "SealedRow", owner: type) -> T: ...
    def __get__(self, row: "SealedRow | None", owner: type) -> "Field[T] | T":
        if row is None:
            return self
        return cast(T, self.thaw(row.open_record(self.record).get(self.name)))

    def __set__(self, row: "SealedRow", value: T) -> None:
        frozen = self.freeze(value)
        record = row.open_record(self.record, watched=False)
        if frozen == record.get(self.name) and (frozen is not None or self.name in record):
            return
        record[self.name] = frozen
        if self.found_by:
            setattr(row, f"{self.name}_index", house.fingerprint(self.found_by, cast("str | None", frozen)))
        if column_of(self.record) in row.__dict__:
            flag_modified(row, column_of(self.record))

    def found(self, text: str | None) -> ColumnElement[bool]:
        """Return the question whose answer is the rows with exactly this phone, e-mail or number."""
        column: ColumnElement[bytes] = inspect(self.owner).local_table.c[f"{self.name}_index"]
        token = house.fingerprint(str(self.found_by), text)
        return false() if token is None else column == token

    def freeze(self, value: Any) -> Any:
        if isinstance(value, dt.date | dt.datetime):
            return value.isoformat()
        if isinstance(value, enum.Enum):
            return value.value
        return value

    def thaw(self, value: Any) -> Any:
        if value is None or self.kind is None:
            return value
        if issubclass(self.kind, dt.date):
            return self.kind.fromisoformat(value)
        return self.kind(value)

    def _no_sql(self, *_: object) -> NoReturn:
        raise TypeError(f"{self.name} is sealed: the database cannot compare or sort it")

    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = _no_sql
    __hash__ = object.__hash__
    __clause_element__ = like = ilike = contains = in_ = desc = asc = is_ = is_not = _no_sql


class SealedRow:
    """The sealing half of a sealed table."""

    __tablename__: str
    person: ClassVar[bool] = False
    """True where each row is a person with a key of their own."""
    bound: ClassVar[tuple[str, ...]] = ()
    """Readable columns that the seal covers too: altered, the row no longer opens."""
    fields: ClassVar[dict[str, Field[Any]]] = {}
    records: ClassVar[tuple[str, ...]] = ()

    id: Any
    subject_id: Any
    version: Any

    @classmethod
    def gather_fields(cls) -> None:
        """Learn from the class body what is sealed and in which records."""
        found = {
            name: one
            for base in reversed(cls.__mro__)
            for name, one in vars(base).items()
            if isinstance(one, Field)
        }
        cls.fields = found
        cls.records = tuple(dict.fromkeys([MAIN, *(one.record for one in found.values())]))

    def open_record(self, record: str, *, watched: bool = True) -> dict[str, Any]:
        """Open one record of this row through the gate, once; raises Damaged where it was tampered with."""
        opened: dict[str, dict[str, Any]] = self.__dict__.setdefault("_opened", {})
        # Only a row not written yet has none; an emptied one was tampered with, and is no empty record.
        blob = getattr(self, column_of(record))
        if watched and blob is not None:
            gate.check(name_of(self.__tablename__, record), self.subject_id)
        if record not in opened:
            says = self.unsealed(record, blob) if blob is not None else {}
            if blob is not None and record == MAIN and says.get(BOUND, []) != self._bound(as_read=True):
                raise _damaged()
            opened[record] = says
        return opened[record]

    def _bound(self, *, as_read: bool) -> list[str]:
        """Return the readable columns under seal, as they were read or as they will be written."""
        before = inspect(self).committed_state if as_read else {}
        return [str(before.get(name, getattr(self, name))) for name in self.bound]

    def unsealed(self, record: str, blob: bytes) -> dict[str, Any]:
        """Open a record's bytes without asking the gate."""
        return open_blob(self.__tablename__, record, self.id, self.subject_id, self.version, blob)

    def seal_again(self) -> list[bytes]:
        """Seal every record under the next version; return their digests for the audit trail."""
        opened = {record: self.open_record(record, watched=False) for record in self.records}
        if self.bound:
            opened[MAIN][BOUND] = self._bound(as_read=False)
        self.version = (self.version or 0) + 1
        digests = []
        for record in self.records:
            blob = seal_blob(
                self.__tablename__, record, self.id, self.subject_id, self.version, opened[record]
            )
            setattr(self, column_of(record), blob)
            digests.append(blob)
        return digests


def column_of(record: str) -> str:
    """Name the column a record lies in."""
    return record if record == MAIN else f"{MAIN}_{record}"


def name_of(table: str, record: str) -> str:
    """Name a record as the gate knows it."""
    return table if record == MAIN else f"{table}.{record}"


def seal_blob(
    table: str, record: str, row: uuid.UUID, subject: uuid.UUID, version: int, says: dict[str, Any]
) -> bytes:
    """Seal what a row says under its person's key."""
    keyring = house.keyring()
    kid, key = keyring.person_key(subject.bytes)
    place = Place(table, record, row.bytes, subject.bytes, version)
    return seal(key, kid, keyring.deployment, place, pack(says))


def open_blob(
    table: str, record: str, row: uuid.UUID, subject: uuid.UUID, version: int, blob: bytes
) -> dict[str, Any]:
    """Open a record's bytes; raises Damaged, and never says why."""
    return open_bytes(table, record, row.bytes, subject.bytes, version, blob)


def open_bytes(
    table: str, record: str, row: bytes, subject: bytes, version: int, blob: bytes
) -> dict[str, Any]:
    """Open a record's bytes by the bytes of its ids; raises Damaged."""
    keyring = house.keyring()
    try:
        place = Place(table, record, row, subject, version)
        return unpack(unseal(keyring.key(kid_of(blob)), keyring.deployment, place, blob))
    except CannotOpen:
        raise _damaged() from None


def _damaged() -> Damaged:
    """Say the same whatever was wrong."""
    return Damaged(
        _(
            "This record was changed outside of PeerLink and cannot be opened. "
            "Other records are not affected; tell your administrator."
        )
    )


def sealed_row(
    model: type[R], row_id: uuid.UUID, subject: uuid.UUID, values: dict[str, Any]
) -> dict[str, Any]:
    """Make the columns of a new sealed row for a bulk insert: id, subject, version, records, fingerprints."""
    says: dict[str, dict[str, Any]] = {record: {} for record in model.records}
    columns: dict[str, Any] = {"id": row_id, "subject_id": subject, "version": 1}
    for name, value in values.items():
        one = model.fields.get(name)
        if one is None:
            columns[name] = value
            continue
        says[one.record][name] = frozen = one.freeze(value)
        if one.found_by:
            columns[f"{name}_index"] = house.fingerprint(one.found_by, frozen)
    if model.bound:
        says[MAIN][BOUND] = [str(columns.get(name)) for name in model.bound]
    for record, record_says in says.items():
        columns[column_of(record)] = seal_blob(model.__tablename__, record, row_id, subject, 1, record_says)
    return columns


def intact(rows: Iterable[R]) -> tuple[list[R], int]:
    """Part the rows that open from those that were tampered with; return the first and count the others."""
    fine: list[R] = []
    damaged = 0
    for row in rows:
        try:
            row.open_record(MAIN)
        except Damaged:
            damaged += 1
        else:
            fine.append(row)
    return fine, damaged


def seal_before_flush(session: Session, *_: object) -> None:
    """Seal new and changed rows; remember the digests of what was written for the audit trail."""
    writes: list[tuple[str, uuid.UUID, int, bytes]] = session.info.setdefault("writes", [])
    for row in list(session.new):
        if isinstance(row, SealedRow):
            row.id = row.id or uuid.uuid4()
            if row.subject_id is None:
                row.subject_id = row.id if row.person else NOBODY
            if row.person and row.subject_id == row.id:
                house.keyring().new_person(row.id.bytes)
            writes += [(row.__tablename__, row.id, 1, write_digest(blob)) for blob in row.seal_again()]
    for row in list(session.dirty):
        if isinstance(row, SealedRow) and session.is_modified(row):
            writes += [
                (row.__tablename__, row.id, row.version, write_digest(blob)) for blob in row.seal_again()
            ]
    for row in list(session.deleted):
        if isinstance(row, SealedRow):
            writes.append((row.__tablename__, row.id, 0, b""))


def forget_opened(row: object, *_: object) -> None:
    """Drop what was opened when a row is loaded anew, so that a stale text is never shown."""
    if isinstance(row, SealedRow):
        row.__dict__.pop("_opened", None)


def listen_to(session_class: type[Session]) -> None:
    """Seal at every flush of this kind of session."""
    event.listen(session_class, "before_flush", seal_before_flush)
    event.listen(SealedRow, "refresh", forget_opened, propagate=True)
    event.listen(SealedRow, "expire", forget_opened, propagate=True)


def unchanged(row: SealedRow) -> bool:
    """Tell whether a row has nothing to be written."""
    return not inspect(row).modified
