"""Decides how an SQLite file is opened so that no acknowledged write is lost, and where it may not lie."""

import re
from pathlib import Path

# The WAL-reset bug of SQLite 3.7.0 to 3.51.2 can corrupt a file; these lines carry the repair.
_REPAIRED_FROM = (3, 51, 3)
_REPAIRED_LINES = {(3, 50): 7, (3, 44): 6}

_BEFORE_JOURNAL = ("busy_timeout=10000",)
_AFTER_JOURNAL = (
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
    "temp_store=MEMORY",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "wal_autocheckpoint=1000",
)

_NOT_LOCAL = {"9p", "afs", "ceph", "cifs", "coda", "fuse", "fuseblk", "glusterfs", "lustre", "ncpfs"}
_NOT_LOCAL |= {"nfs", "nfs4", "smb3", "smbfs", "vboxsf"}


class NotLocal(Exception):
    """A database file would lie where its locks cannot be trusted; the message says what to do."""


def journal_mode(sqlite_version: str) -> str:
    """Return "WAL" where this SQLite keeps it whole, otherwise "DELETE"."""
    major, minor, patch = (int(part) for part in sqlite_version.split(".")[:3])
    repaired_at = _REPAIRED_LINES.get((major, minor))
    safe = (major, minor, patch) >= _REPAIRED_FROM or (repaired_at is not None and patch >= repaired_at)
    return "WAL" if safe else "DELETE"


def pragmas(sqlite_version: str) -> tuple[str, ...]:
    """Return the statements to run on every new connection, in this order, after the page key."""
    journal = f"journal_mode={journal_mode(sqlite_version)}"
    return tuple(f"PRAGMA {pragma}" for pragma in (*_BEFORE_JOURNAL, journal, *_AFTER_JOURNAL))


def refuse_unless_local(folder: Path, mounts: str | None = None) -> None:
    """Raise NotLocal when the folder lies on a network or FUSE file system (Linux; elsewhere unknown)."""
    kind = _file_system(folder.resolve(), _mounts() if mounts is None else mounts)
    if kind in _NOT_LOCAL or kind.startswith("fuse."):
        raise NotLocal(
            f"{folder} lies on a {kind} file system, where database locks cannot be trusted. "
            "Choose a folder on a disk of this machine."
        )


def _mounts() -> str:
    listing = Path("/proc/mounts")
    return listing.read_text(errors="replace") if listing.exists() else ""


def _file_system(folder: Path, mounts: str) -> str:
    found, kind = -1, ""
    for line in mounts.splitlines():
        parts = line.split(" ")
        if len(parts) < 3:
            continue
        point = Path(re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), parts[1]))
        if len(point.parts) >= found and folder.is_relative_to(point):
            found, kind = len(point.parts), parts[2]
    return kind
