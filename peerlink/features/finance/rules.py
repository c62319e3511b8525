"""What makes a claim, an agreement and a payment right, and when a payment is late."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from peerlink.errors import Refused
from peerlink.framework.money_words import ExpenseKind, PayWay
from peerlink.words import _

LONGEST_NOTE = 160
MOST_PHOTOS = 5
MOST_DRAFTS = 10
LONGEST_AGO = 366
"""Days after which money spent was more likely typed with a wrong year."""
LAST_PAY_DAY = 28
"""The last day of the month that every month has."""
PAYMENT_TEXT = "Reimbursement"
LONGEST_TEXT = 18
"""What banks carry of a reference."""
_NAME = re.compile(r"[^\W\d_][\w .,'’/&()-]{1,68}")
_ACCOUNT = re.compile(r"\+?[0-9A-Za-z][0-9A-Za-z /-]{3,38}")
_TEXT = re.compile(r"[A-Za-z0-9][A-Za-z0-9 -]*")
_RISKY = re.compile(r"^\s*[=+@\t\r\n-]")
_PHONE = re.compile(r"\+[0-9 /-]+")


@dataclass(frozen=True, kw_only=True)
class ClaimDraft:
    """What a volunteer spent."""

    what: ExpenseKind | None
    amount: int | None
    spent_on: dt.date | None
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class AgreementDraft:
    """What is promised for a month."""

    amount: int
    hours: int | None
    from_on: dt.date
    until_on: dt.date | None = None
    pay_day: int = 1
    while_paused: bool = False


@dataclass(frozen=True, kw_only=True)
class PayDraft:
    """How somebody wishes to be paid."""

    way: PayWay
    name: str
    account: str | None = None
    agreed: bool = False


class Promise(Protocol):
    """As much of an agreement as its days take."""

    from_on: dt.date
    until_on: dt.date | None
    recorded_on: dt.date
    pay_day: int
    while_paused: bool


def check_claim(draft: ClaimDraft, today: dt.date) -> None:
    """Refuse a claim nobody could approve."""
    if draft.what is None:
        raise Refused(_("Say what it was for."))
    if draft.what is ExpenseKind.OTHER and not draft.note:
        raise Refused(_("Say in a few words what it was for."))
    if draft.amount is None or draft.amount <= 0:
        raise Refused(_("Say how much it was."))
    if draft.spent_on is None:
        raise Refused(_("Say on which day it was."))
    check_spent(draft, today)


def check_spent(draft: ClaimDraft, today: dt.date) -> None:
    """Refuse what cannot be, even in a draft."""
    if draft.spent_on is not None and draft.spent_on > today:
        raise Refused(_("This day is still to come."))
    if draft.spent_on is not None and (today - draft.spent_on).days > LONGEST_AGO:
        raise Refused(_("This day is more than a year ago. Look at the year again, or ask your coordinator."))
    if draft.note and len(draft.note) > LONGEST_NOTE:
        raise Refused(_("Write at most %(n)d characters.", n=LONGEST_NOTE))


def check_agreement(draft: AgreementDraft) -> None:
    """Refuse an agreement nobody could keep."""
    if draft.amount <= 0:
        raise Refused(_("Say how much it is for a month."))
    if not 1 <= draft.pay_day <= LAST_PAY_DAY:
        raise Refused(_("Choose a day from 1 to %(n)s: every month has it.", n=LAST_PAY_DAY))
    if draft.until_on is not None and draft.until_on < draft.from_on:
        raise Refused(_("It cannot end before it begins."))
    if draft.hours is not None and not 0 <= draft.hours <= 300:
        raise Refused(_("From 0 to 300 hours a month."))


def check_pay(draft: PayDraft) -> PayDraft:
    """Refuse details no bank could use; return them tidy."""
    name, account = " ".join(draft.name.split()), " ".join((draft.account or "").split())
    if not _NAME.fullmatch(name):
        raise Refused(_("Type the name as it stands on the account, in letters."))
    if draft.way is PayWay.CASH:
        return PayDraft(way=draft.way, name=name, agreed=draft.agreed)
    if not _ACCOUNT.fullmatch(account) or sum(sign.isdecimal() for sign in account) < 4:
        raise Refused(_("Type the number of the account: letters, digits and spaces."))
    if not draft.agreed:
        raise Refused(_("Tick that you agree to be paid this way, or choose cash."))
    return PayDraft(way=draft.way, name=name, account=account, agreed=True)


def check_text(text: str) -> str:
    """Refuse a payment text no bank carries; return it tidy."""
    tidy = " ".join(text.split())
    if not _TEXT.fullmatch(tidy) or len(tidy) > LONGEST_TEXT:
        raise Refused(_("Use up to %(n)s plain letters and digits: banks drop the rest.", n=LONGEST_TEXT))
    return tidy


def masked(account: str | None) -> str:
    """Show the end of an account number and hide the rest."""
    signs = "".join((account or "").split())
    return f"•••• {signs[-4:]}" if len(signs) > 7 else "••••" if signs else ""


def safe_cell(text: str) -> str:
    """Return a cell of a CSV file that no spreadsheet takes for a formula."""
    return f"'{text}" if _RISKY.match(text) and not _PHONE.fullmatch(text) else text


def days_late(due_on: dt.date | None, today: dt.date) -> int:
    """Count the days since a payment should have been made; 0 where it is not late."""
    return max((today - due_on).days, 0) if due_on is not None else 0


def pay_days(promise: Promise, until: dt.date, since: dt.date | None = None) -> Iterator[dt.date]:
    """Return the days an agreement is paid on, up to a day.

    None before it was written down, or before the volunteer came back from a break it does not go on in.
    """
    first = max(promise.from_on, promise.recorded_on)
    if since is not None and not promise.while_paused:
        first = max(first, since)
    last = until if promise.until_on is None else min(until, promise.until_on)
    day = first.replace(day=promise.pay_day)
    if day < first:
        day = _next_month(day)
    while day <= last:
        yield day
        day = _next_month(day)


def first_missing(
    promise: Promise, last_item: dt.date | None, until: dt.date, since: dt.date | None = None
) -> dt.date | None:
    """Return the first day an agreement should have been paid on and nothing was written down since."""
    for day in pay_days(promise, until, since):
        if last_item is None or (day.year, day.month) > (last_item.year, last_item.month):
            return day
    return None


def _next_month(day: dt.date) -> dt.date:
    return day.replace(year=day.year + day.month // 12, month=day.month % 12 + 1)
