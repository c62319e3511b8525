"""Tests of money look at what is kept as the house does; whoever acts in them has an access of their own."""

from collections.abc import Iterator

import pytest

from peerlink.store import gate


@pytest.fixture(autouse=True)
def looking() -> Iterator[None]:
    """Let a test open what was kept."""
    with gate.opened("a test looks at what was kept"):
        yield
