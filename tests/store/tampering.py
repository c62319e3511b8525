"""What somebody who can write into the database could do, past the app."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Table, delete, insert, select, update

from peerlink.store import audit, gate, house
from peerlink.store.model import Model
from peerlink.store.session import reading, session


def table(name: str) -> Table:
    return Model.metadata.tables[name]


@contextmanager
def past_the_app() -> Iterator[Connection]:
    with house.engine().execution_options(immediate=True).begin() as connection:
        yield connection


def rows_of(name: str, **which: object) -> list[dict]:
    with past_the_app() as connection:
        asked = select(table(name)).filter_by(**which)
        return [dict(row._mapping) for row in connection.execute(asked)]


def change(name: str, values: dict, **which: object) -> None:
    with past_the_app() as connection:
        done = connection.execute(update(table(name)).filter_by(**which).values(values))
        assert done.rowcount


def remove(name: str, **which: object) -> None:
    with past_the_app() as connection:
        assert connection.execute(delete(table(name)).filter_by(**which)).rowcount


def put(name: str, *rows: dict) -> None:
    with past_the_app() as connection:
        connection.execute(insert(table(name)), list(rows))


def findings() -> list[str]:
    with reading(), gate.opened("a test verifies"):
        return audit.verify(session)
