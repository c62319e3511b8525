"""The private calendar of an account: made, read by a calendar program, taken back."""

import datetime as dt
import hashlib
import secrets
import uuid

from sqlalchemy import select

from peerlink import clock
from peerlink.events import announce
from peerlink.features.accounts.entry import viewer_of
from peerlink.features.accounts.events import CalendarMade, CalendarTakenBack
from peerlink.features.accounts.models import Account, AccountState, CalendarFeed
from peerlink.features.accounts.rules import CALENDAR_LASTS, CALENDAR_SHOWS
from peerlink.features.accounts.secret import digest
from peerlink.features.accounts.sources import appointments_of
from peerlink.features.accounts.timetable import Busy, written
from peerlink.roles import Viewer
from peerlink.store import gate
from peerlink.store.lookup import find
from peerlink.store.sealing import Damaged
from peerlink.store.session import session


def feed_of(account_id: uuid.UUID) -> CalendarFeed | None:
    """Return an account's calendar, if it has one that still works."""
    feed = find(select(CalendarFeed).where(CalendarFeed.account_id == account_id))
    return feed if feed is not None and feed.until_on >= clock.now().date() else None


def make_feed(account_id: uuid.UUID, *, tells_initial: bool = False) -> str:
    """Return the secret of a new calendar address, shown once; the one before stops to work."""
    secret = secrets.token_urlsafe(32)
    feed = session.get(CalendarFeed, account_id)
    if feed is None:
        feed = CalendarFeed(account_id=account_id)
        session.add(feed)
    feed.secret_hash = digest(secret)
    feed.tells_initial = tells_initial
    feed.until_on = clock.now().date() + CALENDAR_LASTS
    announce(CalendarMade(by=account_id, tells_initial=tells_initial))
    return secret


def take_back_feed(account_id: uuid.UUID) -> None:
    """Let the calendar address work no more, from this moment on."""
    feed = session.get(CalendarFeed, account_id)
    if feed is not None:
        session.delete(feed)
        announce(CalendarTakenBack(by=account_id))


def calendar_behind(secret: str, zone: str) -> bytes | None:
    """Write the calendar behind this secret; None where there is none, or nobody to have it any more."""
    feed = find(select(CalendarFeed).where(CalendarFeed.secret_hash == digest(secret)))
    if feed is None or feed.until_on < clock.now().date():
        return None
    account = session.get(Account, feed.account_id)
    if account is None or account.state is not AccountState.ACTIVE:
        return None
    try:
        owner = viewer_of(account)
    except Damaged:
        return None
    return written(_busy(owner, tells_initial=feed.tells_initial), zone, clock.now())


def _busy(owner: Viewer, *, tells_initial: bool) -> list[Busy]:
    since = clock.now().date() - CALENDAR_SHOWS
    people = {owner.account_id} | ({owner.person_id} if owner.person_id else set())
    # Unwatched: a program asks many times a day, and all it is told is which hours are taken.
    with gate.access(gate.Access(owner.account_id, owner.opens(), people, watched=False)):
        return [
            Busy(
                _name_of(owner.account_id, one.id),
                one.starts_at,
                dt.timedelta(minutes=one.minutes),
                one.is_off,
                one.initial[:1].upper() if tells_initial else "",
            )
            for one in appointments_of(owner, since)
        ]


def _name_of(account_id: uuid.UUID, record_id: uuid.UUID) -> str:
    """Name an entry for calendars: always the same for one owner, and another for whoever else is there."""
    return hashlib.sha256(account_id.bytes + record_id.bytes).hexdigest()[:32]
