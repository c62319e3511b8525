"""Opens the database: SQLCipher by default, PostgreSQL by address."""

from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2
from sqlalchemy import Connection, Engine, create_engine, event, text

from peerlink.vault.sqlite_gate import pragmas, refuse_unless_local


class Unsafe(Exception):
    """The database would lose what it acknowledges; the message says what to change."""


def open_sqlite(path: Path, raw_key: bytes | None) -> Engine:
    """Open the embedded database, encrypted page by page under this key.

    Without a key the pages stay readable: only the test that proves the leak scan works asks for that.
    """
    refuse_unless_local(path.parent)
    engine = create_engine(f"sqlite:///{path}", module=sqlcipher3.dbapi2, hide_parameters=True)
    statements = pragmas(sqlcipher3.dbapi2.sqlite_version)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: object) -> None:
        # The driver would begin a transaction of its own accord, and never an immediate one.
        connection.isolation_level = None
        if raw_key is not None:
            connection.execute(f"PRAGMA key = \"x'{raw_key.hex()}'\"")
        for statement in statements:
            connection.execute(statement)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        immediate = connection.get_execution_options().get("immediate")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

    return engine


def open_postgres(url: str) -> Engine:
    """Open a PostgreSQL database, version 15 or newer."""
    address = url.replace("postgresql://", "postgresql+psycopg://", 1)
    return create_engine(address, hide_parameters=True, pool_pre_ping=True)


def refuse_careless(engine: Engine) -> None:
    """Raise Unsafe where a PostgreSQL server would not keep what it acknowledges, or is too old."""
    with engine.connect() as connection:
        if int(connection.scalar(text("SHOW server_version_num")) or 0) < 150_000:
            raise Unsafe("PeerLink needs PostgreSQL 15 or newer.")
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            if connection.scalar(text(f"SHOW {setting}")) == "off":
                raise Unsafe(f"Set {setting} = on in PostgreSQL: without it a power cut loses contacts.")
