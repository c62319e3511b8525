"""Fixtures for tests of getting in."""

import pytest

from peerlink import clock
from peerlink.store import house
from tests.factories.accounts import give_password
from tests.features.accounts.door import Time
from tests.support import cast


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    turned = Time()
    monkeypatch.setattr(clock, "now", lambda: turned.now)
    return turned


@pytest.fixture
def known(the_cast: house.House, time: Time) -> None:
    for person in (cast.AMINA, cast.BEN, cast.CHIPO, cast.PRIYA):
        give_password(person)
