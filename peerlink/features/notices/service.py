"""Queueing messages in the transaction of what happened, and handing them to whoever sends."""

import datetime as dt
import uuid
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import case, delete, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from peerlink import clock
from peerlink.errors import Refused
from peerlink.events import Message, Wording, announce
from peerlink.features.accounts.models import Account, AccountState
from peerlink.features.notices.events import MailChanged, ReachChanged
from peerlink.features.notices.models import Mail, Notice, Reach, Seen
from peerlink.features.notices.queries import account_for, find_mail, reach_of
from peerlink.features.notices.rules import (
    GIVEN_UP_AFTER,
    KEPT_SENT,
    KEPT_UNSENT,
    MailDraft,
    ReachDraft,
    check_mail,
    check_reach,
    comes_at,
    is_wanted,
    occasion_of,
    pause_after,
)
from peerlink.features.programmes.queries import programme_zone
from peerlink.framework.message_words import Trouble
from peerlink.roles import GRANTS, Permission
from peerlink.store import gate
from peerlink.store.session import session
from peerlink.words import _

AT_ONCE = 100
"""Messages handed out at a time."""


@dataclass(frozen=True)
class Letter:
    """Messages of one wording to one address: they say the same, so one is sent for all of them."""

    to: str
    wording: Wording
    notices: tuple[uuid.UUID, ...]


def queue(message: Message) -> bool:
    """Keep a message to be sent, once for each person and occasion; tell whether it is new.

    Who has no account that lets them in is not told: there is nothing they could open.
    """
    account_id = account_for(message.to)
    if account_id is None:
        return False
    now = clock.now()
    row = {
        "id": uuid.uuid4(),
        "account_id": account_id,
        "occasion": occasion_of(message.key),
        "wording": message.wording,
        "queued_at": now,
        "due_at": message.not_before or now,
        "tries": 0,
    }
    asked = _insert(Notice).values(row).on_conflict_do_nothing().returning(Notice.id)
    is_new = session.scalar(asked) is not None
    if is_new:
        session.execute(update(Seen).where(Seen.account_id == account_id).values(n_told=Seen.n_told + 1))
    return is_new


def withdraw(message: Message) -> None:
    """Drop a message that is no news any longer, unless it was sent."""
    account_id = account_for(message.to)
    session.execute(
        delete(Notice).where(
            Notice.account_id == account_id,
            Notice.occasion == occasion_of(message.key),
            Notice.sent_at.is_(None),
        )
    )


def take_due() -> list[Letter]:
    """Claim what is due and may come now, and return it by person and wording."""
    now = clock.now()
    free = or_(Notice.claimed_at.is_(None), Notice.claimed_at <= now - GIVEN_UP_AFTER)
    asked = (
        select(Notice, Account)
        .join(Account, Account.id == Notice.account_id)
        .where(Notice.sent_at.is_(None), Notice.due_at <= now, free)
        .order_by(Notice.due_at)
        .limit(AT_ONCE)
        .with_for_update(of=Notice, skip_locked=True)
    )
    found: dict[tuple[str, Wording], list[uuid.UUID]] = {}
    with gate.opened("addresses are opened to send to them, none is shown"):
        for notice, account in session.execute(asked).all():
            if _may_come(notice, account, now):
                notice.claimed_at, notice.tries = now, notice.tries + 1
                found.setdefault((account.email, notice.wording), []).append(notice.id)
    return [Letter(to, wording, tuple(ids)) for (to, wording), ids in found.items()]


def _may_come(notice: Notice, account: Account, now: dt.datetime) -> bool:
    """Tell whether a message goes out now; what is not wanted is dropped, what is too early put off."""
    reach = reach_of(account.id)
    on_duty = any(Permission.BE_ON_DUTY in GRANTS[role] for role in account.roles)
    wanted = is_wanted(notice.wording, by_email=reach.by_email, on_duty=on_duty)
    if account.state is not AccountState.ACTIVE or not (wanted and account.has_address):
        session.delete(notice)
        return False
    local = now.astimezone(ZoneInfo(programme_zone()))
    notice.due_at = comes_at(local, notice.wording, reach.quiet_from, reach.quiet_until)
    return notice.due_at <= now


def was_sent(letter: Letter) -> None:
    """Write down that a letter went out."""
    _keep(letter, {"sent_at": clock.now(), "claimed_at": None, "trouble": None})


def was_not_sent(letter: Letter, trouble: Trouble) -> None:
    """Let a letter wait for another try, longer each time."""
    now = clock.now()
    for notice in session.scalars(select(Notice).where(Notice.id.in_(letter.notices))):
        notice.claimed_at, notice.trouble = None, trouble
        notice.due_at = now + pause_after(notice.tries)


def forget_old() -> None:
    """Drop what is no news any longer, and in time that it was ever told."""
    now = clock.now()
    session.execute(
        delete(Notice).where(
            or_(
                (Notice.sent_at.is_(None)) & (Notice.queued_at < now - KEPT_UNSENT),
                Notice.sent_at < now - KEPT_SENT,
            )
        )
    )


def save_mail(draft: MailDraft, *, by: uuid.UUID) -> Mail:
    """Set the way to the mail server up, or change it; an empty password leaves the one that is kept."""
    check_mail(draft)
    mail = find_mail()
    if mail is None:
        mail = Mail(id=uuid.uuid4(), password=None)
        session.add(mail)
    with gate.opened("the password is written, not shown"):
        mail.host, mail.port, mail.security = draft.host.strip(), draft.port, draft.security.value
        mail.address, mail.sender, mail.site = draft.address, draft.sender.strip(), draft.site
        mail.username = draft.username or None
        if draft.password:
            mail.password = draft.password
        elif mail.username is None:
            mail.password = None
    session.flush()
    announce(MailChanged(by=by))
    return mail


def send_to_myself(account_id: uuid.UUID) -> None:
    """Queue one message to whoever asks, to see whether the way works: an urgent one, so that it comes."""
    if find_mail() is None:
        raise Refused(_("Say first which mail server to use."))
    queue(Message(account_id, Wording.NOW, f"a try {clock.now().isoformat()}"))
    tried = update(Notice).where(Notice.sent_at.is_(None), Notice.tries > 0)
    session.execute(tried.values(due_at=clock.now()))


def choose_reach(account_id: uuid.UUID, draft: ReachDraft) -> None:
    """Keep how somebody wants to be told."""
    check_reach(draft)
    reach = session.get(Reach, account_id)
    if reach is None:
        reach = Reach(account_id=account_id)
        session.add(reach)
    reach.by_email, reach.quiet_from, reach.quiet_until = draft.by_email, draft.quiet_from, draft.quiet_until
    session.flush()
    announce(ReachChanged(by=account_id, account_id=account_id))


def keep_seen(account_id: uuid.UUID, lines: bytes, n_told: int) -> None:
    """Keep what stood on somebody's Today, and that they were told nothing since but what came meanwhile."""
    there = _insert(Seen).values(account_id=account_id, lines=lines, n_told=0).on_conflict_do_nothing()
    session.execute(there)
    session.execute(
        update(Seen)
        .where(Seen.account_id == account_id)
        .values(lines=lines, n_told=case((Seen.n_told > n_told, Seen.n_told - n_told), else_=0))
    )


def _insert(table: type[Notice | Seen]) -> postgresql.Insert | sqlite.Insert:
    on_postgresql = session.get_bind().dialect.name == "postgresql"
    return postgresql.insert(table) if on_postgresql else sqlite.insert(table)


def _keep(letter: Letter, values: dict[str, object]) -> None:
    session.execute(update(Notice).where(Notice.id.in_(letter.notices)).values(values))
