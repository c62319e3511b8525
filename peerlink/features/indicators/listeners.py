"""Keeps the counters in step with every contact that comes, changes or goes."""

from peerlink import clock
from peerlink.events import listen
from peerlink.features.contacts.events import ContactKept
from peerlink.features.indicators import counters
from peerlink.features.programmes.queries import programme_zone
from peerlink.store.session import session


def connect() -> None:
    """Listen for contacts."""
    listen(ContactKept, count)


def count(event: ContactKept) -> None:
    """Count a contact in the transaction that keeps it."""
    session.flush()
    counters.change(event.before, event.after, clock.today(programme_zone()))
