"""Keys lie where nobody else reads them, or the house does not open; every refusal says what to do."""

import json
import os
import shutil
from pathlib import Path

import pytest

from peerlink.vault.keyring import KeyTrouble
from tests.vault.conftest import House
from tests.vault.refusals import refusal, rewrite


def modes(*paths: Path) -> list[str]:
    return [oct(path.stat().st_mode & 0o777) for path in paths]


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
