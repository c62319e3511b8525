"""Writes many new rows at once, sealed and told to the audit trail like any other."""

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, cast

from sqlalchemy import Table, insert

from peerlink.store import audit, house
from peerlink.store.model import Model, SealedModel
from peerlink.store.sealing import column_of, sealed_row
from peerlink.store.session import session
from peerlink.vault.chain import write_digest

CACHE_KIBIBYTES = 192 * 1024
"""Pages of the embedded database kept in memory while many rows are written."""
SPILL_AT = 10_000
"""Digests kept in memory before they are appended to the audit trail, within the same transaction."""

NewRow = tuple[uuid.UUID, uuid.UUID, dict[str, Any]]
"""Id, subject and values of a new row; every row of one call says the same plain columns."""


def insert_rows(model: type[Model], rows: Sequence[NewRow]) -> None:
    """Write new rows of one table; rows that are people get their keys."""
    if not rows:
        return
    table = cast(Table, model.__table__)
    if not issubclass(model, SealedModel):
        session.execute(insert(table), [{"id": row_id, **values} for row_id, _subject, values in rows])
        return
    if model.person:
        for row_id, _subject, _values in rows:
            house.keyring().new_person(row_id.bytes)
    columns = [sealed_row(model, *row) for row in rows]
    session.execute(insert(table), columns)
    records = [column_of(record) for record in model.records]
    session.info.setdefault("writes", []).extend(
        (model.__tablename__, row["id"], 1, write_digest(row[record]))
        for row in columns
        for record in records
    )
    spill()


@contextmanager
def room() -> Iterator[None]:
    """Give the embedded database memory for a large transaction: indexes are written all over."""
    if session.get_bind().dialect.name != "sqlite":
        yield
        return
    connection = session.connection()
    usual = connection.exec_driver_sql("PRAGMA cache_size").scalar_one()
    connection.exec_driver_sql(f"PRAGMA cache_size = -{CACHE_KIBIBYTES}")
    try:
        yield
    finally:
        connection.exec_driver_sql(f"PRAGMA cache_size = {usual}")


def spill() -> None:
    """Append the digests gathered so far to the audit trail, so that memory stays bounded."""
    if len(session.info.get("writes", ())) >= SPILL_AT:
        audit.append_pending(session)
