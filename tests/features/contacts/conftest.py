"""Ears for what is told, and a clock that can be put forward."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest

from peerlink import clock, events
from peerlink.events import Event, listen


@pytest.fixture
def told() -> Iterator[list[Event]]:
    heard: list[Event] = []
    listen(Event, heard.append)
    yield heard
    events._listeners[Event].remove(heard.append)


@pytest.fixture
def a_later_day(monkeypatch: pytest.MonkeyPatch) -> Any:
    began = clock.now()

    def later(by: dt.timedelta) -> None:
        monkeypatch.setattr(clock, "now", lambda: began + by)

    return later
