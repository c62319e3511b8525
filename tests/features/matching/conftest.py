"""Fixtures of matching: volunteers who may be matched, and an ear for what is announced."""

from collections.abc import Iterator

import pytest

from peerlink import events
from peerlink.events import Event
from tests.factories.matching import train


@pytest.fixture
def trained(the_cast: object) -> None:
    train()


@pytest.fixture
def heard() -> Iterator[list[Event]]:
    said: list[Event] = []
    events.listen(Event, said.append)
    yield said
    events._listeners[Event].remove(said.append)
