"""Keeps the counters in step with every contact that comes, changes or goes."""

from peerlink import clock
from peerlink.events import listen
from peerlink.features.contacts.events import ContactKept
from peerlink.features.indicators import agenda, counters, recount, topics
from peerlink.features.programmes.events import WorkbookImported
from peerlink.features.programmes.queries import programme_zone
from peerlink.features.supervision.agenda import hear
from peerlink.store.session import session


def connect() -> None:
    """Listen for contacts, and for programmes that move in; fill in the agenda of talks."""
    listen(ContactKept, count)
    listen(WorkbookImported, count_anew)
    for source in (agenda.contacts, agenda.load, agenda.training, agenda.checkins, agenda.thanks):
        hear(source)


def count(event: ContactKept) -> None:
    """Count a contact in the transaction that keeps it."""
    session.flush()
    counters.change(event.before, event.after, clock.today(programme_zone()))
    topics.look_again(event.before, event.after)


def count_anew(event: WorkbookImported) -> None:
    """Count everything anew after contacts came in without being announced one by one."""
    if event.n_new or event.n_changed:
        session.flush()
        recount.rebuild(clock.today(programme_zone()))
