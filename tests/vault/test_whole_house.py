"""A house opens whole and with its own keys, or nothing in it is touched."""

import contextlib
import json
import shutil
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher

from peerlink.vault import sqlite_gate
from peerlink.vault.keyring import KeyTrouble
from tests.vault.conftest import House
from tests.vault.refusals import fingerprints, refusal, rewrite


@pytest.mark.parametrize(
    "which", ["home/instance.json", "home/keyring.db", "keys/peerlink.key", "keys/peerlink.epoch"]
)
def test_nothing_is_made_over_something_that_exists(house: House, tmp_path: Path, which: str) -> None:
    for path in (house.home / "instance.json", house.database, house.key_file, house.epoch_file):
        if path != tmp_path / which:
            path.unlink()
    before = fingerprints(tmp_path)
    with pytest.raises(KeyTrouble, match="exists already"):
        house.create()
    assert fingerprints(tmp_path) == before


def test_a_dangling_link_is_something_that_exists(empty_house: House, tmp_path: Path) -> None:
    empty_house.key_file.parent.mkdir()
    empty_house.key_file.symlink_to(tmp_path / "nowhere")
    with pytest.raises(KeyTrouble, match="exists already"):
        empty_house.create()


def test_the_key_of_another_house_is_refused_and_nothing_is_changed(house: House, tmp_path: Path) -> None:
    other = House(tmp_path / "other", tmp_path / "otherkeys" / "peerlink.key")
    other.create().close()
    assert "does not open" in refusal(House(house.home, other.key_file))


def test_a_wrong_key_changes_nothing_even_after_a_crash(house: House, tmp_path: Path) -> None:
    running = house.open()
    running.new_person(b"p" * 16)
    running.write_pending()
    kept = running.person_key(b"p" * 16)
    crashed = House(tmp_path / "crashed", house.key_file)
    shutil.copytree(house.home, crashed.home)
    crashed.home.chmod(0o700)
    running.close()
    assert (crashed.home / "keyring.db-wal").stat().st_size > 0
    other = House(tmp_path / "other", tmp_path / "otherkeys" / "peerlink.key")
    other.create().close()
    assert "does not open" in refusal(House(crashed.home, other.key_file))
    reopened = crashed.open()
    assert reopened.person_key(b"p" * 16) == kept
    reopened.close()


def test_a_crash_without_a_write_ahead_log_is_mended_by_the_right_key(
    empty_house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("peerlink.vault.keytables.sqlcipher.sqlite_version", "3.51.2")
    running = empty_house.create()
    running.new_person(b"p" * 16)
    running.write_pending()
    kept = running.person_key(b"p" * 16)
    tables = running._tables
    tables._rows("PRAGMA cache_size = 1")
    crashed = House(tmp_path / "crashed", empty_house.key_file)
    with contextlib.suppress(InterruptedError), tables._writing():
        tables._rows(
            "UPDATE dek SET wrapped = zeroblob(200000)"
        )  # too much for memory: it spills to the disk
        shutil.copytree(empty_house.home, crashed.home)
        raise InterruptedError
    running.close()
    crashed.home.chmod(0o700)
    assert (crashed.home / "keyring.db-journal").stat().st_size > 0
    reopened = crashed.open()
    assert reopened.person_key(b"p" * 16) == kept
    reopened.close()


def test_the_epoch_secret_of_another_house_is_refused(house: House, tmp_path: Path) -> None:
    other = House(tmp_path / "other", tmp_path / "otherkeys" / "peerlink.key")
    other.create().close()
    rewrite(house.epoch_file, other.epoch_file.read_text())
    assert ".epoch" in refusal(house)


def test_the_deployment_id_of_another_house_is_refused(house: House) -> None:
    (house.home / "instance.json").write_text(json.dumps({"deployment": bytes(16).hex()}))
    assert "does not open" in refusal(house)


def test_a_house_without_its_id_is_refused(house: House) -> None:
    (house.home / "instance.json").unlink()
    assert "missing" in refusal(house)


@pytest.mark.parametrize(
    "content", ["", "{}", "[]", '{"deployment": 5}', '{"deployment": "zz"}', '{"deployment": "ab"}']
)
def test_a_damaged_id_is_refused(house: House, content: str) -> None:
    (house.home / "instance.json").write_text(content)
    assert "damaged" in refusal(house)


def test_a_house_without_its_keyring_is_refused_and_none_is_made(house: House) -> None:
    house.database.unlink()
    assert "keyring.db" in refusal(house)
    assert not house.database.exists()


def test_a_keyring_cut_short_is_refused(house: House) -> None:
    cut = house.database.read_bytes()[:5000]
    house.database.write_bytes(cut)
    with pytest.raises(KeyTrouble, match=r"keyring\.db"):
        house.open()
    assert house.database.read_bytes() == cut


def test_a_keyring_in_use_is_not_taken_for_a_wrong_key(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = house.open()
    page_key = opened.page_key("keyring").hex()
    opened.close()
    monkeypatch.setattr("peerlink.vault.sqlite_gate._BEFORE_JOURNAL", ("busy_timeout=1",))
    other = sqlcipher.connect(str(house.database), isolation_level=None)
    other.execute(f"PRAGMA key = \"x'{page_key}'\"")
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(KeyTrouble, match="in use"):
        house.open()
    other.close()
    house.open().close()


def test_a_keyring_on_a_network_file_system_is_refused(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite_gate, "_mounts", lambda: "server:/x / nfs4 rw 0 0\n")
    assert "disk of this machine" in refusal(house)
