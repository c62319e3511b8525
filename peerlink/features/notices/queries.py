"""What can be asked about messages: how somebody is told, what waits, and why it does."""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import func, or_, select

from peerlink.features.accounts.models import Account, AccountState
from peerlink.features.notices.models import Mail, Notice, Reach, Seen
from peerlink.features.notices.rules import ReachDraft
from peerlink.features.programmes.queries import limits
from peerlink.framework.message_words import Trouble
from peerlink.roles import Viewer
from peerlink.store.lookup import find
from peerlink.store.session import session


@dataclass(frozen=True)
class Post:
    """How sending goes."""

    n_waiting: int
    waiting_since: dt.datetime | None
    last_sent_at: dt.datetime | None
    trouble: Trouble | None
    """Why the last one that failed did, while it still waits."""


def find_mail() -> Mail | None:
    """Return the way to the mail server, None where none is set up; for those who keep the programme."""
    return find(select(Mail))


def has_mail() -> bool:
    """Tell whether a way to a mail server is set up; opens nothing."""
    return session.scalar(select(Mail.id)) is not None


def account_for(who: uuid.UUID) -> uuid.UUID | None:
    """Return the account a message goes to, named by itself or by its volunteer, if it lets somebody in."""
    asked = select(Account.id).where(
        or_(Account.id == who, Account.person_id == who), Account.state == AccountState.ACTIVE
    )
    return session.scalar(asked)


def reach_of(account_id: uuid.UUID) -> ReachDraft:
    """Return how somebody wants to be told, the usual where they have not said."""
    said = session.get(Reach, account_id)
    if said is not None:
        return ReachDraft(said.by_email, said.quiet_from, said.quiet_until)
    in_force = limits()
    return ReachDraft(True, in_force.whole("message.quiet_from"), in_force.whole("message.quiet_until"))


def find_seen(account_id: uuid.UUID) -> Seen | None:
    """Return what somebody saw when they last opened Today, None where they never did."""
    return session.get(Seen, account_id)


def n_new(viewer: Viewer) -> int:
    """Return how often somebody was told that there is something new since they last opened Today."""
    return session.scalar(select(Seen.n_told).where(Seen.account_id == viewer.account_id)) or 0


def post() -> Post:
    """Say how sending goes, in counts and moments."""
    waiting = Notice.sent_at.is_(None)
    n, since = session.execute(select(func.count(), func.min(Notice.queued_at)).where(waiting)).one()
    trouble = select(Notice.trouble).where(waiting, Notice.trouble.is_not(None))
    return Post(
        n_waiting=n,
        waiting_since=since,
        last_sent_at=session.scalar(select(func.max(Notice.sent_at))),
        trouble=session.scalar(trouble.order_by(Notice.due_at.desc()).limit(1)),
    )
