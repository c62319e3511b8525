"""Hears of everything that happens, and queues what tells somebody."""

from peerlink.events import Event, listen
from peerlink.features.notices.service import queue, withdraw


def connect() -> None:
    """Listen for every event there is."""
    listen(Event, tell)


def tell(event: Event) -> None:
    """Queue an event's messages and drop those it settles, in the transaction in which it happened."""
    for message in event.settles():
        withdraw(message)
    for message in event.messages():
        queue(message)
