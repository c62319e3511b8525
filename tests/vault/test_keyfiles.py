"""Keys lie where nobody else reads them, or the house does not open; every refusal says what to do."""

import contextlib
import hashlib
import json
import os
import shutil
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher

from peerlink.vault import sqlite_gate
from peerlink.vault.keyring import KeyTrouble
from tests.vault.conftest import House


def fingerprints(*folders: Path) -> dict[str, tuple[str, int, int]]:
    return {
        str(path): (
            hashlib.sha256(path.read_bytes()).hexdigest(),
            path.stat().st_mode,
            path.stat().st_mtime_ns,
        )
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".db-shm"
    }


def refusal(house: House) -> str:
    """Return why the house does not open, having seen that nothing was touched and nothing secret is said."""
    before = fingerprints(house.home, house.key_file.parent)
    with pytest.raises(KeyTrouble) as trouble:
        house.open()
    assert fingerprints(house.home, house.key_file.parent) == before
    said = str(trouble.value)
    assert said.endswith((".", "'"))
    for path in (house.key_file, house.epoch_file):
        if path.is_file():
            assert not any(
                line in said for line in path.read_text(errors="replace").split() if len(line) > 30
            )
    return said


def modes(*paths: Path) -> list[str]:
    return [oct(path.stat().st_mode & 0o777) for path in paths]


def rewrite(path: Path, content: str) -> None:
    path.chmod(0o600)
    path.write_text(content)
    path.chmod(0o400)


def test_files_are_for_their_owner_only_whatever_the_umask(empty_house: House) -> None:
    umask = os.umask(0)
    try:
        keyring = empty_house.create()
        keyring.new_person(b"p" * 16)
        keyring.write_pending()
    finally:
        os.umask(umask)
    home = empty_house.home
    assert modes(empty_house.key_file, empty_house.epoch_file) == ["0o400", "0o400"]
    assert modes(home, empty_house.key_file.parent) == ["0o700", "0o700"]
    assert {mode for path in home.iterdir() for mode in modes(path)} == {"0o600"}
    assert {path.name for path in home.iterdir()} >= {"keyring.db", "keyring.db-wal", "instance.json"}
    keyring.close()


def test_a_key_file_says_what_it_is_and_holds_32_bytes_in_hex(house: House) -> None:
    for path in (house.key_file, house.epoch_file):
        title, secret = path.read_text().splitlines()
        assert title.startswith("# PeerLink ")
        assert len(bytes.fromhex(secret)) == 32
    instance = json.loads((house.home / "instance.json").read_text())
    assert list(instance) == ["deployment"]
    assert len(bytes.fromhex(instance["deployment"])) == 16


def test_a_folder_that_was_there_is_made_private(empty_house: House) -> None:
    empty_house.home.mkdir(mode=0o755)
    (empty_house.home / "README.md").write_text("kept")
    empty_house.create().close()
    assert modes(empty_house.home) == ["0o700"]


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


@pytest.mark.parametrize("variable", ["PEERLINK_KEY", "PEERLINK_ROOT_KEY"])
def test_a_key_in_the_environment_is_refused(
    house: House, empty_house: House, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.setenv(variable, "ab" * 32)
    said = refusal(house)
    assert variable in said
    assert "PEERLINK_KEY_FILE" in said
    assert "abab" not in said
    with pytest.raises(KeyTrouble, match=variable):
        empty_house.create()


@pytest.mark.parametrize("which", ["key_file", "epoch_file"])
def test_a_missing_secret_is_named(house: House, which: str) -> None:
    path: Path = getattr(house, which)
    path.unlink()
    said = refusal(house)
    assert str(path) in said
    assert "missing" in said


@pytest.mark.parametrize("which", ["key_file", "epoch_file"])
@pytest.mark.parametrize(
    "content",
    [
        "",
        "# title only\n",
        "ab" * 31,
        "ab" * 33,
        "xy" * 32,
        "ab" * 16 + "\n" + "ab" * 16,
        f"{'ab' * 32}\n{'cd' * 32}",
        "é" * 64,
    ],
)
def test_a_secret_of_the_wrong_size_is_refused(house: House, which: str, content: str) -> None:
    rewrite(getattr(house, which), content)
    assert "32 bytes" in refusal(house)


def test_a_secret_without_its_title_line_is_taken(house: House) -> None:
    rewrite(house.key_file, house.key_file.read_text().splitlines()[1])
    house.open().close()


@pytest.mark.parametrize("mode", [0o440, 0o404, 0o420, 0o401, 0o644])
@pytest.mark.parametrize("which", ["key_file", "epoch_file", "database"])
def test_a_file_others_could_reach_is_refused(house: House, which: str, mode: int) -> None:
    path: Path = getattr(house, which)
    path.chmod(mode)
    said = refusal(house)
    assert str(path) in said
    assert "chmod" in said


@pytest.mark.parametrize("mode", [0o400, 0o600])
def test_a_key_file_only_its_owner_reaches_is_taken(house: House, mode: int) -> None:
    house.key_file.chmod(mode)
    house.open().close()


def test_a_folder_others_could_enter_is_refused(house: House) -> None:
    house.home.chmod(0o750)
    assert "chmod" in refusal(house)


def test_a_key_file_of_somebody_else_is_refused(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: house.key_file.stat().st_uid + 1)
    assert "belongs to another user" in refusal(house)


def test_a_key_file_that_is_a_folder_is_refused(house: House) -> None:
    house.key_file.unlink()
    house.key_file.mkdir(mode=0o700)
    assert "cannot be read" in refusal(house)


def test_a_key_among_the_data_is_refused(house: House) -> None:
    inside = house.home / "keys" / "peerlink.key"
    shutil.copytree(house.key_file.parent, inside.parent)
    assert "inside" in refusal(House(house.home, inside))
    with pytest.raises(KeyTrouble, match="inside"):
        House(house.home, inside).create()


def test_a_key_among_the_data_is_refused_behind_a_link_too(house: House, tmp_path: Path) -> None:
    inside = house.home / "keys"
    shutil.copytree(house.key_file.parent, inside)
    (tmp_path / "link").symlink_to(inside)
    with pytest.raises(KeyTrouble, match="inside"):
        House(house.home, tmp_path / "link" / "peerlink.key").open()
    (tmp_path / "home-link").symlink_to(house.home)
    with pytest.raises(KeyTrouble, match="inside"):
        House(tmp_path / "home-link", inside / "peerlink.key").open()


def test_a_key_file_the_epoch_secret_would_overwrite_is_refused(empty_house: House) -> None:
    with pytest.raises(KeyTrouble, match=r"Name it peerlink\.key"):
        House(empty_house.home, empty_house.epoch_file).create()


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
