"""Looks for planted words in everything a thief could carry off, in every spelling they may have."""

import base64
import logging
import os
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3.dbapi2
from sqlalchemy import Engine, make_url, text

from peerlink.store import house
from peerlink.store.engine import open_postgres, open_sqlite
from peerlink.store.model import Model
from peerlink.vault.keyring import Keyring
from start import find_postgres
from tests.conftest import ON_POSTGRES


def spellings(word: str) -> set[bytes]:
    """Return a word as UTF-8, lower case, UTF-16, hex, and base64 in each of its three alignments."""
    found = set()
    for said in {word, word.lower()}:
        raw = said.encode()
        found |= {raw, said.encode("utf-16-le"), said.encode("utf-16-be")}
        found |= {raw.hex().encode(), raw.hex().upper().encode()}
        for shift in range(3):
            coded = base64.b64encode(bytes(shift) + raw)
            # The first signs hold what stood before, the last what comes after.
            found.add(coded[-(-shift * 8 // 6) : len(coded) - 4].rstrip(b"="))
    return found


def hits(word: str, piles: dict[str, bytes]) -> set[str]:
    """Name the piles a word is found in."""
    wanted = spellings(word)
    return {name for name, pile in piles.items() if any(one in pile for one in wanted)}


@contextmanager
def instance(request: pytest.FixtureRequest, folder: Path, *, sealed: bool) -> Iterator[house.House]:
    """Open a house of its own; without pages sealed where `sealed` is False."""
    before = house.current()
    home = folder / "home"
    keyring = Keyring.create(home, folder / "keys" / "root.key")
    if ON_POSTGRES:
        name = f"leaks_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
        engine = open_postgres(request.getfixturevalue("new_database")(name))
    else:
        engine = open_sqlite(home / "data.db", keyring.page_key("data") if sealed else None)
    opened = house.House(engine, keyring, home)
    house.enter(opened)
    Model.metadata.create_all(engine)
    try:
        yield opened
    finally:
        engine.dispose()
        keyring.close()
        house.enter(before)


def piles(opened: house.House, folder: Path, log: str) -> dict[str, bytes]:
    """Gather what there is to steal: every file, a backup, the dump and the logs."""
    found = {"log": log.encode()}
    if ON_POSTGRES:
        found |= _of_postgres(opened.engine)
    else:
        _back_up(opened, folder / "home" / "backup.db")
    for path in folder.rglob("*"):
        if path.is_file() and "keys" not in path.parts:
            found[path.name] = path.read_bytes()
    assert any(name.startswith("keyring.db") for name in found)
    return found


def _back_up(opened: house.House, to: Path) -> None:
    """Copy the database with SQLite's own backup, sealed as it is, while it is open."""
    page_key = opened.keyring.page_key("data")
    with opened.engine.connect() as connection:
        source: Any = connection.connection.driver_connection
        encrypted = (opened.home / "data.db").read_bytes()[:6] != b"SQLite"  # type: ignore[operator]
        with closing(sqlcipher3.dbapi2.connect(to)) as target:
            if encrypted:
                target.execute(f"PRAGMA key = \"x'{page_key.hex()}'\"")
            source.backup(target)


def _of_postgres(engine: Engine) -> dict[str, bytes]:
    """Dump the database; read its files, its journal and its log from the disk."""
    programs = find_postgres()
    assert programs is not None
    url = make_url(engine.url).set(drivername="postgresql")
    words = [programs / "pg_dump", url.render_as_string(hide_password=False)]
    found = {"dump": subprocess.run(words, check=True, capture_output=True).stdout}
    with engine.connect() as connection:
        connection = connection.execution_options(isolation_level="AUTOCOMMIT")
        connection.execute(text("CHECKPOINT"))
        data = Path(connection.scalar(text("SHOW data_directory")) or "")
        own = connection.scalar(text("SELECT oid FROM pg_database WHERE datname = current_database()"))
    for path in [*(data / "base" / str(own)).iterdir(), *(data / "pg_wal").iterdir(), data.parent / "log"]:
        if path.is_file():
            found[f"{path.parent.name}/{path.name}"] = path.read_bytes()
    assert any(name.startswith("pg_wal") for name in found)
    return found


@contextmanager
def everything_logged(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """Have the whole program say all it can."""
    with caplog.at_level(logging.DEBUG):
        for name in ("sqlalchemy.engine", "sqlalchemy.pool", "peerlink", "alembic"):
            caplog.set_level(logging.DEBUG, name)
        yield caplog
