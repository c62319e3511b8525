"""Reads and writes the tables of keyring.db; sees wrapped keys only."""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from peerlink.vault import sqlite_gate
from peerlink.vault.keyfiles import KeyTrouble

FIRST_SYSTEM_KID = 2**31

_TABLES = (
    """CREATE TABLE dek(
        kid INTEGER PRIMARY KEY CHECK(kid < 2147483648), subject BLOB NOT NULL, gen INT NOT NULL,
        state TEXT NOT NULL, epoch INT NOT NULL, wrapped BLOB NOT NULL, created_day INT NOT NULL,
        UNIQUE(subject, gen))""",
    """CREATE TABLE syskey(
        kid INTEGER PRIMARY KEY CHECK(kid >= 2147483648), purpose TEXT NOT NULL, gen INT NOT NULL,
        epoch INT NOT NULL, state TEXT NOT NULL, wrapped BLOB NOT NULL, UNIQUE(purpose, gen))""",
    "CREATE TABLE tomb(subject_mac BLOB PRIMARY KEY, day INT NOT NULL)",
    "CREATE TABLE epoch(n INTEGER PRIMARY KEY, state TEXT NOT NULL, started INT, finished INT)",
    # The next free number of a person's key; it only grows, so a destroyed number never comes back.
    "CREATE TABLE serial(one INTEGER PRIMARY KEY CHECK(one = 1), next_kid INT NOT NULL)",
)

DatabaseTrouble = sqlcipher.Error


@dataclass(frozen=True, slots=True)
class NewKey:
    """A person's first key, ready to be kept."""

    kid: int
    subject: bytes
    epoch: int
    wrapped: bytes
    day: int


class KeyTables:
    """Speak to one keyring.db; whoever uses it takes care that only one thread does at a time."""

    def __init__(self, path: Path, page_key: bytes, *, new: bool = False) -> None:
        """Open the file; KeyTrouble if the key is not its own or the disk is not of this machine."""
        try:
            sqlite_gate.refuse_unless_local(path.parent)
        except sqlite_gate.NotLocal as trouble:
            raise KeyTrouble(str(trouble)) from None
        if not new:
            # A wrong key is found while reading only: closing a writer would move the journal into the file.
            _connect(path, page_key, "ro", _may_read).close()
        self._database = _connect(path, page_key, "rw", _prepare)

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def fill(self, epoch: int, started: int, system_keys: Sequence[tuple[int, str, bytes]]) -> None:
        """Make the tables of a new keyring with its (kid, purpose, wrapped) keys."""
        with self._writing():
            for table in _TABLES:
                self._rows(table)
            self._rows("INSERT INTO serial VALUES (1, 1)")
            self._rows("INSERT INTO epoch VALUES (?, 'active', ?, ?)", (epoch, started, started))
            self._database.executemany(
                "INSERT INTO syskey(kid, purpose, gen, epoch, state, wrapped) "
                "VALUES (?, ?, 1, ?, 'active', ?)",
                [(kid, purpose, epoch, wrapped) for kid, purpose, wrapped in system_keys],
            )

    def epoch(self) -> int:
        """Return the number of the epoch all keys are wrapped under."""
        rows = self._rows("SELECT n FROM epoch WHERE state = 'active'")
        if len(rows) != 1:
            raise KeyTrouble("The keyring names no single epoch. Restore keyring.db from its copy.")
        return int(rows[0][0])

    def system_keys(self) -> list[tuple[int, str, bool, int, bytes]]:
        """Return (kid, purpose, whether to seal with it, epoch, wrapped) of every purpose's keys."""
        return [
            (kid, purpose, state == "active", epoch, wrapped)
            for kid, purpose, state, epoch, wrapped in self._rows(
                "SELECT kid, purpose, state, epoch, wrapped FROM syskey ORDER BY kid"
            )
        ]

    def active_key(self, subject: bytes) -> tuple[int, int, bytes] | None:
        """Return (kid, epoch, wrapped) of the key a person's records are sealed with, if any."""
        rows = self._rows(
            "SELECT kid, epoch, wrapped FROM dek WHERE subject = ? AND state = 'active'", (subject,)
        )
        return rows[0] if rows else None

    def person_key(self, kid: int) -> tuple[bytes, int, bytes] | None:
        """Return (subject, epoch, wrapped) of a person's key, if any."""
        rows = self._rows("SELECT subject, epoch, wrapped FROM dek WHERE kid = ?", (kid,))
        return rows[0] if rows else None

    def is_tombed(self, tombstone: bytes) -> bool:
        """Tell whether a person with this tombstone was erased."""
        return bool(self._rows("SELECT 1 FROM tomb WHERE subject_mac = ?", (tombstone,)))

    def reserve(self, n_kids: int) -> range:
        """Take the next numbers for good, for this process alone."""
        with self._writing():
            after = self._rows("UPDATE serial SET next_kid = next_kid + ? RETURNING next_kid", (n_kids,))[0][
                0
            ]
            if after > FIRST_SYSTEM_KID:
                raise KeyTrouble("Every number for a person's key is used up.")
        return range(after - n_kids, after)

    def add(self, keys: Sequence[NewKey]) -> None:
        """Keep these keys, all or none."""
        with self._writing():
            self._database.executemany(
                "INSERT INTO dek(kid, subject, gen, state, epoch, wrapped, created_day) "
                "VALUES (?, ?, 1, 'active', ?, ?, ?)",
                [astuple(key) for key in keys],
            )

    def destroy(self, subject: bytes, tombstone: bytes, day: int) -> None:
        """Delete a person's keys, set the tombstone, and leave no copy in the journal."""
        with self._writing():
            self._rows("INSERT OR IGNORE INTO tomb VALUES (?, ?)", (tombstone, day))
            self._rows("DELETE FROM dek WHERE subject = ?", (subject,))
        # In DELETE mode there is no such journal, and SQLite answers 0.
        if self._rows("PRAGMA wal_checkpoint(TRUNCATE)")[0][0]:
            raise sqlcipher.OperationalError("another process holds an older copy")

    def _rows(self, statement: str, values: Sequence[object] = ()) -> list[Any]:
        # Fetching all ends the statement, so no read transaction is left open behind a caller's back.
        return list(self._database.execute(statement, values).fetchall())

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        self._rows("BEGIN IMMEDIATE")
        try:
            yield
            self._rows("COMMIT")
        except BaseException:
            if self._database.in_transaction:
                self._rows("ROLLBACK")
            raise


def _connect(path: Path, page_key: bytes, mode: str, use: Callable[[Any], None]) -> Any:
    database = sqlcipher.connect(
        f"{path.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None, check_same_thread=False
    )
    try:
        database.execute("PRAGMA cipher_log_level = NONE")  # our sentence says it better
        database.execute(f"PRAGMA key = \"x'{page_key.hex()}'\"")
        use(database)
    except sqlcipher.OperationalError as trouble:
        database.close()
        raise KeyTrouble(
            f"{path} cannot be opened now ({trouble}). Is the disk full, or the file in use?"
        ) from None
    except sqlcipher.DatabaseError:
        database.close()
        raise KeyTrouble(
            f"The key file does not open {path}. Name this programme's own in PEERLINK_KEY_FILE."
        ) from None
    return database


def _may_read(database: Any) -> None:
    try:
        database.execute("SELECT next_kid FROM serial").fetchall()
    except sqlcipher.OperationalError as trouble:
        # After a crash without a write-ahead log the file must be mended before anybody can read it.
        if "readonly" not in str(trouble):
            raise


def _prepare(database: Any) -> None:
    for pragma in sqlite_gate.pragmas(sqlcipher.sqlite_version):
        database.execute(pragma).fetchall()
