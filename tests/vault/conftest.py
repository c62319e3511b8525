"""A deployment in a folder of its own, keys outside, as in a real house."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from peerlink.vault.keyring import Keyring


@dataclass(frozen=True)
class House:
    """Where a deployment keeps its data and its key."""

    home: Path
    key_file: Path

    @property
    def epoch_file(self) -> Path:
        return self.key_file.with_suffix(".epoch")

    @property
    def database(self) -> Path:
        return self.home / "keyring.db"

    def create(self) -> Keyring:
        return Keyring.create(self.home, self.key_file)

    def open(self) -> Keyring:
        return Keyring.open(self.home, self.key_file)


@pytest.fixture
def empty_house(tmp_path: Path) -> House:
    return House(tmp_path / "home", tmp_path / "keys" / "peerlink.key")


@pytest.fixture
def house(empty_house: House) -> House:
    empty_house.create().close()
    return empty_house


@pytest.fixture
def keyring(house: House) -> Iterator[Keyring]:
    opened = house.open()
    yield opened
    opened.close()
