"""What tests of safety listen to."""

from collections.abc import Iterator

import pytest

from peerlink import events
from peerlink.events import Event
from peerlink.features.safety.events import CallHandedOver, CallNeeded, VisitLate


@pytest.fixture
def heard(the_cast: object) -> Iterator[list[Event]]:
    """Hear every word that goes out about calls and visits."""
    kept: list[Event] = []

    def keep(event: Event) -> None:
        kept.append(event)

    for kind in (CallNeeded, CallHandedOver, VisitLate):
        events.listen(kind, keep)
    yield kept
    for kind in (CallNeeded, CallHandedOver, VisitLate):
        events._listeners[kind].remove(keep)
