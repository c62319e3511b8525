"""Holds the rows of a sheet against what is there, and keeps what is new or changed."""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any, ClassVar

from sqlalchemy import inspect, select

from peerlink.features.moving.faults import shown
from peerlink.features.moving.known import AT_ONCE, Stub, index_of
from peerlink.features.moving.reading import Row
from peerlink.features.moving.sanity import no_such_step, reachable
from peerlink.features.moving.work import Work
from peerlink.framework.word import Word
from peerlink.lifecycle import Kind
from peerlink.store import bulk, history
from peerlink.store.bulk import NewRow
from peerlink.store.history import StateChange
from peerlink.store.model import Model
from peerlink.store.session import session
from peerlink.words import _


class Keeper:
    """Keeps the rows of one sheet; each sheet says what its rows mean."""

    sheet: ClassVar[str]
    model: ClassVar[type[Model]]
    kind: ClassVar[Kind | None] = None
    with_history: ClassVar[bool] = True
    """Whether each state is written down; where the row's own days say it all, it is not."""
    points_at: ClassVar[dict[str, str]] = {}
    """Columns that hold the reference of one row of another sheet."""
    lists_of: ClassVar[dict[str, str]] = {}
    """Columns that hold a list of such references."""
    blank: ClassVar[dict[str, Any]] = {}
    """What the plain columns of a new row hold where the workbook says nothing."""
    never_empty: ClassVar[frozenset[str]] = frozenset()
    """What an emptied cell leaves as it was."""

    stub_needs: ClassVar[tuple[str, ...]] = ()
    """What `stub` takes from a row."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self._keys: set[Any] = set()
        self._new: list[NewRow] = []

    def values(self, row: Row) -> dict[str, Any]:
        """Return what a row says, by the model's own words; problems are noted on the row."""
        raise NotImplementedError

    def check(self, row: Row, values: dict[str, Any], old: Any) -> None:
        """Note what cannot be, beyond what single cells say."""

    def key(self, row: Row, values: dict[str, Any]) -> Any:
        """Return what this row is known by."""
        return values["ref_token"]

    def existing(self, rows: list[tuple[Row, dict[str, Any], Any]]) -> dict[Any, Any]:
        """Return the records that are there already, by key."""
        index = index_of(self.model)
        keys = [key for _row, _values, key in rows]
        found = session.scalars(select(self.model).where(index.in_(keys))).all()
        return {by_ref(row): row for row in found}

    def subject(self, row_id: uuid.UUID, values: dict[str, Any]) -> uuid.UUID:
        """Return whose key seals the row."""
        return uuid.UUID(int=0)

    def stub(self, row_id: uuid.UUID, values: dict[str, Any]) -> Stub:
        """Return what rows that point here must know."""
        return Stub(row_id)

    def kept_new(self, made: list[tuple[Row, NewRow]]) -> None:
        """Do what belongs to new rows besides keeping them."""

    def kept_changed(self, row: Row, old: Any, changes: dict[str, Any]) -> None:
        """Do what belongs to a changed row besides changing it."""

    def finish(self) -> None:
        """Judge what can only be judged when the whole sheet is read."""

    def take(self, rows: Sequence[Row]) -> None:
        """Judge a batch of rows and keep it, if anything is being kept."""
        self._prepare(rows)
        judged = []
        for row in rows:
            if row.problems:
                self._blame(row)
                continue
            values = self.values(row)
            if row.problems or row.skipped:
                self.check(row, values, None)
                self._blame(row)
                continue
            key = self.key(row, values)
            if self._stands_twice(row, key):
                self._blame(row)
            else:
                judged.append((row, values, key))
        self._settle(judged)

    def _settle(self, judged: list[tuple[Row, dict[str, Any], Any]]) -> None:
        made: list[tuple[Row, NewRow]] = []
        for i in range(0, len(judged), AT_ONCE):
            olds = self.existing(judged[i : i + AT_ONCE])
            for row, values, key in judged[i : i + AT_ONCE]:
                old = olds.get(key)
                self.check(row, values, old)
                if row.problems:
                    self._blame(row)
                elif old is None:
                    made.append((row, self._make(row, values, key)))
                else:
                    self._compare(row, values, key, old)
        if made and self.work.keeps:
            self.insert([new for _row, new in made])
        if made:
            self.kept_new(made)
        if self.work.keeps:
            session.flush()
            bulk.spill()

    def insert(self, rows: list[NewRow]) -> None:
        """Write new rows, and the state each begins with."""
        bulk.insert_rows(self.model, rows)
        if self.kind is not None and self.with_history:
            bulk.insert_rows(StateChange, [self._began(self.kind, *row) for row in rows])

    def _began(self, kind: Kind, row_id: uuid.UUID, subject: uuid.UUID, values: dict[str, Any]) -> NewRow:
        return (
            uuid.uuid4(),
            subject,
            {
                "kind": kind.value,
                "record_id": row_id,
                "came_from": None,
                "became": values["status"].value,
                "changed_on": self.since(values),
                "at": self.work.now,
                "by": self.work.viewer.account_id.hex if self.work.viewer else None,
            },
        )

    def since(self, values: dict[str, Any]) -> dt.date:
        """Return since when a row is in its state."""
        return self.work.today

    def _make(self, row: Row, values: dict[str, Any], key: Any) -> NewRow:
        row_id = uuid.uuid4()
        token = values.pop("ref_token", None)
        full = self.blank | {
            name: self.blank[name] if said is None and name in self.blank else said
            for name, said in values.items()
        }
        self.complete(full)
        if token is not None:
            self.work.known.add(self.sheet, token, self.stub(row_id, full))
        self.work.report.sheet(self.sheet).new += 1
        return row_id, self.subject(row_id, full), full

    def complete(self, values: dict[str, Any]) -> None:
        """Fill in what a new row needs and the workbook did not say."""

    def _compare(self, row: Row, values: dict[str, Any], key: Any, old: Any) -> None:
        token = values.pop("ref_token", None)
        tally = self.work.report.sheet(self.sheet)
        if not self.work.may_compare(self.model.__tablename__):
            tally.unchanged += 1
            return
        changes = self.changes(values, old)
        if "status" in changes and self.refused_step(row, old.status, changes["status"]):
            return
        if token is not None:
            merged = {name: changes.get(name, getattr(old, name)) for name in self.stub_needs}
            self.work.known.add(self.sheet, token, self.stub(old.id, merged))
        if not changes:
            tally.unchanged += 1
            return
        tally.changed += 1
        self.changed(row, old, changes)

    def refused_step(self, row: Row, before: Word, after: Word) -> bool:
        """Refuse a status that the life-cycle does not lead to from here; tell whether it was refused."""
        if self.kind is None or reachable(self.kind, before, after):
            return False
        row.problems.append(no_such_step(self.kind, before, after))
        self._blame(row)
        return True

    def changes(self, values: dict[str, Any], old: Any) -> dict[str, Any]:
        """Return what a row says otherwise than the record that is there."""
        return {
            name: said
            for name, said in values.items()
            if not (said is None and name in self.never_empty) and getattr(old, name) != said
        }

    def changed(self, row: Row, old: Any, changes: dict[str, Any]) -> None:
        """Change a record that is there."""
        if not self.work.keeps:
            return
        before = old.status if self.kind is not None else None
        for name, said in changes.items():
            setattr(old, name, said)
        if self.kind is not None and self.with_history and before != old.status:
            history.begin(
                old,
                kind=self.kind,
                by=self.work.viewer.account_id if self.work.viewer else None,
                came_from=before,
                on=self.since({name: getattr(old, name) for name in _plain(old)}),
            )
        self.kept_changed(row, old, changes)

    def pointed(self, row: Row, column: str) -> Stub | None:
        """Return what a reference of this row means; a problem is noted where it points nowhere."""
        ref = row.get(column)
        return None if ref is None else self.point(row, column, self.points_at[column], ref)

    def point(self, row: Row, column: str, sheet: str, ref: str) -> Stub | None:
        """Return what one reference means; a problem is noted where it points nowhere."""
        found = self.work.known.find(sheet, ref)
        if found is None:
            if self.work.known.is_spoiled(sheet, ref):
                row.skipped = True
            else:
                row.refuse(
                    column,
                    _("'%(ref)s' is not known.", ref=shown(ref)),
                    _("A ref of %(sheet)s, in this workbook or imported before.", sheet=sheet),
                )
        return found

    def _prepare(self, rows: Sequence[Row]) -> None:
        for column, sheet in self.points_at.items():
            self.work.known.look_up(sheet, (row.get(column) for row in rows))
        for column, sheet in self.lists_of.items():
            self.work.known.look_up(sheet, (ref for row in rows for ref in row.get(column) or ()))

    def ref_token(self, row: Row) -> bytes | None:
        """Return the fingerprint of the row's own reference."""
        token = self.work.known.token(row.get("ref"))
        if token is None:
            row.refuse("ref", _("This reference has no Latin letter and no digit."), "V0001")
        return token

    def _stands_twice(self, row: Row, key: Any) -> bool:
        if key in self._keys:
            row.refuse(
                "ref" if isinstance(key, bytes) else "",
                _("This row stands here twice: another row is known by the same words."),
                _("Each row once."),
            )
            return True
        self._keys.add(key)
        return False

    def _blame(self, row: Row) -> None:
        for problem in row.problems:
            self.work.report.fault(self.sheet, row.number, problem.column, problem.wrong, problem.right)
        self.work.known.spoil(self.sheet, row.get("ref"))
        if row.get("area"):
            self.work.areas.add(row.get("area"))


def by_ref(row: Any) -> bytes:
    """Return the fingerprint of a record's reference."""
    return row.ref_index  # type: ignore[no-any-return]


def _plain(row: Any) -> list[str]:
    return [column.key for column in inspect(type(row)).column_attrs if not column.key.startswith("sealed")]


def plain(said: Any) -> list[str] | None:
    """Return a list of codes as it is kept."""
    return [str(one) for one in said] if said else None
