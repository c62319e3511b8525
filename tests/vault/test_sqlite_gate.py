"""No SQLite that may corrupt its log uses one, and no database lies where locks do not hold."""

import sqlite3
from pathlib import Path

import pytest

from peerlink.vault.sqlite_gate import NotLocal, journal_mode, pragmas, refuse_unless_local

UNSAFE = [f"3.{minor}.0" for minor in range(7, 52)]
UNSAFE += ["3.40.1", "3.44.5", "3.45.3", "3.49.2", "3.50.6", "3.51.0", "3.51.1", "3.51.2", "2.8.17"]
SAFE = ["3.44.6", "3.44.9", "3.50.7", "3.50.12", "3.51.3", "3.51.10", "3.52.0", "3.53.4", "4.0.0"]


@pytest.mark.parametrize("version", UNSAFE)
def test_a_version_that_may_corrupt_its_log_does_without(version: str) -> None:
    assert journal_mode(version) == "DELETE"


@pytest.mark.parametrize("version", SAFE)
def test_a_repaired_version_may_use_its_log(version: str) -> None:
    assert journal_mode(version) == "WAL"


@pytest.mark.parametrize("version", ["3.40.1", "3.53.4"])
def test_every_pragma_holds_on_a_real_file(version: str, tmp_path: Path) -> None:
    database = sqlite3.connect(tmp_path / "file.db", isolation_level=None)
    for statement in pragmas(version):
        database.execute(statement)

    def value(name: str) -> object:
        return database.execute(f"PRAGMA {name}").fetchone()[0]

    expected = {
        "journal_mode": journal_mode(version).lower(),
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "temp_store": 2,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "busy_timeout": 10_000,
        "wal_autocheckpoint": 1000,
    }
    assert {name: value(name) for name in expected} == expected
    assert len(pragmas(version)) == len(expected)
    assert pragmas(version)[0] == "PRAGMA busy_timeout=10000", "the others may have to wait"
    database.close()


MOUNTS = r"""
/dev/sda1 / ext4 rw 0 0
proc /proc proc rw 0 0
server:/data /srv/data nfs4 rw 0 0
//pc/share /srv/share cifs rw 0 0
/dev/sdb1 /srv/data/disk xfs rw 0 0
host /mnt/with\040space fuse.sshfs rw 0 0
/dev/sdc1 /mnt/usb fuseblk rw 0 0
c /mnt/c 9p rw 0 0
t /mnt/over tmpfs rw 0 0
n /mnt/over nfs rw 0 0
"""


@pytest.mark.parametrize(
    "folder",
    [
        "/srv/data",
        "/srv/data/peerlink",
        "/srv/share/x",
        "/mnt/with space/x",
        "/mnt/usb",
        "/mnt/c/x",
        "/mnt/over",
    ],
)
def test_a_network_or_fuse_file_system_is_refused(folder: str) -> None:
    with pytest.raises(NotLocal, match="disk of this machine"):
        refuse_unless_local(Path(folder), MOUNTS)


@pytest.mark.parametrize("folder", ["/", "/home/x", "/srv", "/srv/database", "/srv/data/disk/x", "/mnt/with"])
def test_a_disk_of_this_machine_is_taken(folder: str) -> None:
    refuse_unless_local(Path(folder), MOUNTS)


def test_where_nothing_is_known_of_file_systems_the_folder_is_taken(tmp_path: Path) -> None:
    refuse_unless_local(tmp_path, "")
    refuse_unless_local(tmp_path)
