"""A desk to work at with participants' records, as whoever sits there."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from peerlink import clock
from peerlink.roles import Viewer
from peerlink.store import gate
from peerlink.store.session import transaction
from tests.support import cast

CHIPO = cast.CHIPO.viewer
TODAY = clock.today("Europe/London")
DAY = dt.timedelta(days=1)


@contextmanager
def chipo(viewer: Viewer = CHIPO) -> Iterator[Viewer]:
    """Work as Chipo, or as somebody else, with just what they may open."""
    with transaction(), gate.access(gate.Access(viewer.account_id, viewer.opens(), set())):
        yield viewer
