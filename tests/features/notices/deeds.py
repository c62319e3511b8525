"""What the tests of messages do: queue one, look at the queue, let minutes pass."""

import datetime as dt
import uuid
from contextlib import AbstractContextManager

from sqlalchemy import select

from peerlink import clock
from peerlink.events import Message, Wording
from peerlink.features.notices import service
from peerlink.features.notices.models import Notice
from peerlink.store.session import reading, session, transaction

NOON = dt.datetime(2026, 6, 30, 11, 0, tzinfo=dt.UTC)
"""Noon in the programme's zone."""


def queue(to: uuid.UUID, wording: Wording = Wording.UPDATE, key: str = "one") -> bool:
    with transaction():
        return service.queue(Message(to, wording, key))


def rows() -> list[Notice]:
    with reading():
        found = list(session.scalars(select(Notice).order_by(Notice.queued_at)))
        session.expunge_all()
        return found


def in_minutes(minutes: float) -> AbstractContextManager[None]:
    return clock.turned_to(NOON + dt.timedelta(minutes=minutes))
