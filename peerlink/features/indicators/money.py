"""What the programme owes its volunteers on a day, and how old its ledger is.

Only days, states and kinds are looked at: no amount is opened to judge whether a payment is late.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import func, or_, select

from peerlink.features.finance.models import Balance, Claim, StipendAgreement
from peerlink.features.finance.rules import first_missing
from peerlink.features.indicators.past import VolunteerThen
from peerlink.features.indicators.raw import Key, key
from peerlink.features.programmes.models import Programme
from peerlink.framework.money_words import ClaimKind, ClaimStatus, StipendEnd
from peerlink.framework.vocabularies import VolunteerStatus
from peerlink.store.session import session


class MoneyThen(NamedTuple):
    """How payments to volunteers stood on a day."""

    unpaid_by_design: bool
    ledger_on: dt.date | None
    days_owed: tuple[int, ...]
    days_without_stipend: tuple[int, ...]
    n_stopped: int


def money_on(day: dt.date, serving: Mapping[Key, VolunteerThen]) -> MoneyThen:
    """Return how payments to volunteers stood on a day; `serving` is who was active or paused on it."""
    missing, stopped = _promises(day, serving)
    return MoneyThen(
        unpaid_by_design=bool(session.scalar(select(Programme.unpaid_by_design))),
        ledger_on=session.scalar(select(func.max(Balance.on)).where(Balance.on <= day)),
        days_owed=_owed(day),
        days_without_stipend=missing,
        n_stopped=stopped,
    )


def _owed(day: dt.date) -> tuple[int, ...]:
    """Return, for each volunteer with a payment due and not made on a day, how many days the oldest is late.

    What was paid or refused only later was owed on the day; a draft never is.
    """
    refused_later = (Claim.status == ClaimStatus.REJECTED) & (Claim.decided_on > day)
    sent = Claim.status.in_((ClaimStatus.SUBMITTED, ClaimStatus.APPROVED, ClaimStatus.PAID))
    asked = (
        select(func.min(Claim.due_on))
        .where(
            Claim.due_on <= day,
            or_(Claim.paid_on.is_(None), Claim.paid_on > day),
            or_(Claim.submitted_on.is_(None), Claim.submitted_on <= day),
            or_(sent, refused_later),
        )
        .group_by(Claim.volunteer_id)
    )
    return tuple(sorted((day - oldest).days for oldest in session.scalars(asked) if oldest is not None))


def _promises(day: dt.date, serving: Mapping[Key, VolunteerThen]) -> tuple[tuple[int, ...], int]:
    """Return the days stipends agreed have not been written down, and how many the programme stopped."""
    last = _last_stipends(day)
    missing, stopped = [], 0
    for who, promise in _agreements(day):
        person = serving.get(who)
        if person is None:
            continue
        if promise.until_on is not None and promise.until_on < day:
            stopped += promise.end is StipendEnd.PROGRAMME_STOPPED and not _is_settled(promise, day)
        elif person.status is VolunteerStatus.ACTIVE or promise.while_paused:
            first = first_missing(promise, last.get(who), day, person.status_since)
            if first is not None:
                missing.append((day - first).days)
    return tuple(sorted(missing)), stopped


def _agreements(day: dt.date) -> list[tuple[Key, Any]]:
    """Return the latest agreement of each volunteer that was written down and had begun by a day."""
    asked = (
        select(
            key(StipendAgreement.volunteer_id).label("who"),
            StipendAgreement.from_on,
            StipendAgreement.until_on,
            StipendAgreement.recorded_on,
            StipendAgreement.pay_day,
            StipendAgreement.while_paused,
            StipendAgreement.end,
            StipendAgreement.settled_on,
        )
        .where(StipendAgreement.from_on <= day, StipendAgreement.recorded_on <= day)
        .order_by(StipendAgreement.from_on, StipendAgreement.recorded_on)
    )
    return list({row.who: (row.who, row) for row in session.execute(asked)}.values())


def _last_stipends(day: dt.date) -> dict[Key, dt.date | None]:
    asked = (
        select(key(Claim.volunteer_id), func.max(Claim.due_on))
        .where(Claim.kind == ClaimKind.STIPEND, Claim.due_on <= day)
        .group_by(Claim.volunteer_id)
    )
    return dict(iter(session.execute(asked)))


def _is_settled(promise: Any, day: dt.date) -> bool:
    return promise.settled_on is not None and promise.settled_on <= day
