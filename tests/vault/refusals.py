"""Why a house does not open, seen together with all it left untouched."""

import hashlib
from pathlib import Path

import pytest

from peerlink.vault.keyring import KeyTrouble
from tests.vault.conftest import House


def fingerprints(*folders: Path) -> dict[str, tuple[str, int, int]]:
    """Take down what every file holds, whom it is for and when it was last touched."""
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


def rewrite(path: Path, content: str) -> None:
    """Put something else in a secret's place."""
    path.chmod(0o600)
    path.write_text(content)
    path.chmod(0o400)
