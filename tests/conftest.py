"""Fixtures for every test: the open house, a clean database, the cast with their phones and desks."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine

from peerlink.app import create_app
from peerlink.store import house
from peerlink.store.engine import open_postgres, open_sqlite
from peerlink.store.model import Model
from peerlink.vault import passwords
from peerlink.vault.keyring import Keyring
from tests.support import cast
from tests.support.visitor import Visitor

pytest_plugins = ("tests.support.postgres", "tests.support.browser")

ON_POSTGRES = os.environ.get("PEERLINK_TEST_DATABASE") == "postgres"
PHONE = "Mozilla/5.0 (Linux; Android 13) Mobile"


@pytest.fixture(scope="session")
def opened_house(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[house.House]:
    home = tmp_path_factory.mktemp("home")
    keyring = Keyring.create(home, tmp_path_factory.mktemp("keys") / "root.key")
    if ON_POSTGRES:
        worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
        new_database = request.getfixturevalue("new_database")
        yield from _enter(open_postgres(new_database(worker)), keyring, home)
    else:
        yield from _enter(open_sqlite(home / "data.db", keyring.page_key("data")), keyring, home)


def _enter(engine: Engine, keyring: Keyring, home: Path) -> Iterator[house.House]:
    opened = house.House(engine, keyring, home)
    house.enter(opened)
    yield opened
    engine.dispose()
    keyring.close()


@pytest.fixture(scope="session")
def app(opened_house: house.House) -> Flask:
    built = create_app(opened_house, {"TESTING": True})
    Model.metadata.create_all(opened_house.engine)
    return built


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a password cost next to nothing; what it costs in earnest is tested in tests/vault."""
    cheap = passwords.Cost(rounds=1, kibibytes=64)
    monkeypatch.setattr(passwords.hash_password, "__defaults__", (cheap,))


@pytest.fixture
def clean_database(app: Flask, opened_house: house.House) -> Iterator[house.House]:
    """Lend the open house, and empty it afterwards."""
    house.enter(opened_house)
    yield opened_house
    with opened_house.engine.execution_options(immediate=True).begin() as connection:
        for table in reversed(Model.metadata.sorted_tables):
            connection.execute(table.delete())
    _let_live_again(opened_house.keyring)


def _let_live_again(keyring: Keyring) -> None:
    """Let whoever was forgotten in one test be there in the next: the cast has the same ids in all."""
    tables = keyring._tables
    if tables._rows("SELECT 1 FROM tomb LIMIT 1"):
        with tables._writing():
            tables._rows("DELETE FROM tomb")


@pytest.fixture
def the_cast(clean_database: house.House) -> house.House:
    cast.join_all()
    return clean_database


@pytest.fixture
def aminas_phone(app: Flask, the_cast: house.House) -> Visitor:
    return Visitor(app, cast.AMINA, agent=PHONE)


@pytest.fixture
def bens_phone(app: Flask, the_cast: house.House) -> Visitor:
    return Visitor(app, cast.BEN, agent=PHONE)


@pytest.fixture
def zoes_phone(app: Flask, the_cast: house.House) -> Visitor:
    return Visitor(app, cast.ZOE, agent=PHONE)


@pytest.fixture
def chipos_desk(app: Flask, the_cast: house.House) -> Visitor:
    return Visitor(app, cast.CHIPO)


@pytest.fixture
def danas_desk(app: Flask, the_cast: house.House) -> Visitor:
    return Visitor(app, cast.DANA)


@pytest.fixture
def sols_desk(app: Flask, the_cast: house.House) -> Visitor:
    return Visitor(app, cast.SOL)


@pytest.fixture
def priyas_desk(app: Flask, the_cast: house.House) -> Visitor:
    return Visitor(app, cast.PRIYA)


@pytest.fixture
def prus_desk(app: Flask, the_cast: house.House) -> Visitor:
    return Visitor(app, cast.PRU)


@pytest.fixture
def adas_desk(app: Flask, the_cast: house.House) -> Visitor:
    return Visitor(app, cast.ADA)


@pytest.fixture
def stranger(app: Flask, the_cast: house.House) -> Visitor:
    return Visitor(app, None)
