"""What Riverbend pays its volunteers: stipends every month, what they spent, and the money there is."""

import datetime as dt
import itertools
from functools import partial
from typing import NamedTuple

from peerlink import clock
from peerlink.demo.cast import (
    AMINA,
    BEATRIZ,
    DANIEL,
    ESTHER,
    FARAH,
    HASSAN,
    INES,
    JOSEPH,
    KOFI,
    LINDIWE,
    MARCUS,
    MIRIAM,
    MOSES,
    PEERS,
    RUBEN,
    SAMUEL,
    THANDEKA,
    TOMAS,
    YOLANDA,
    Peer,
)
from peerlink.demo.receipt import picture_of_a_receipt
from peerlink.demo.stage import ZONE, Stage
from peerlink.features.finance import queries, service
from peerlink.features.finance.rules import AgreementDraft, ClaimDraft, PayDraft
from peerlink.framework.money import WHOLE
from peerlink.framework.money_words import ClaimKind, ExpenseKind, PayWay, RejectReason

CURRENCY, BANK_LINE = "EUR", "Reimbursement"
STIPEND, HOURS = 40 * WHOLE, 14
STIPENDS_SINCE = 200
"""Days ago since when a grant pays a stipend."""
SETTLED_AFTER = 20
"""Days after which a stipend is agreed with somebody new."""
WITHOUT = frozenset({KOFI})
"""Who would rather not have one."""
LEAD, LATEST_DAY = 7, 28
PAID_EARLY = 2
BALANCES = (
    (186, 61_000),
    (156, 57_400),
    (126, 52_900),
    (95, 49_800),
    (64, 45_100),
    (34, 41_700),
    (4, 38_200),
)
"""Days ago, and what was there in whole units."""
RESTRICTED, BUDGET = 12_000, 74_000
LATE_SENT = 35
"""Days ago on which a claim was sent that is approved and has not been paid since."""


class Spent(NamedTuple):
    """Something a volunteer spent: who, so many days ago, what on, how many hundredths of a unit."""

    who: str
    days_ago: int
    what: ExpenseKind
    cents: int
    note: str | None = None
    photo: bool = False


E = ExpenseKind
SETTLED = (
    Spent(THANDEKA, 168, E.TRAVEL, 740),
    Spent(MIRIAM, 150, E.PHONE, 1000),
    Spent(ESTHER, 131, E.TRAVEL, 1260),
    Spent(LINDIWE, 104, E.TRAVEL, 580),
    Spent(TOMAS, 92, E.FOOD, 430, "Tea and bread for two"),
    Spent(THANDEKA, 71, E.PHONE, 500),
    Spent(HASSAN, 62, E.TRAVEL, 960),
    Spent(INES, 48, E.CHILDCARE, 1800),
)
"""Claims that were paid with the stipends of their month."""
REFUSED = Spent(TOMAS, 57, E.FOOD, 2350, "Lunch after the session")
LATE = Spent(YOLANDA, LATE_SENT, E.TRAVEL, 1140)
WAITING = (
    Spent(THANDEKA, 2, E.TRAVEL, 640, "Bus there and back, twice", photo=True),
    Spent(LINDIWE, 5, E.TRAVEL, 880, photo=True),
    Spent(MIRIAM, 6, E.PHONE, 1000),
    Spent(DANIEL, 5, E.TRAVEL, 520),
    Spent(INES, 4, E.CHILDCARE, 1500, "One afternoon"),
    Spent(FARAH, 4, E.TRAVEL, 710),
    Spent(BEATRIZ, 3, E.FOOD, 380),
    Spent(SAMUEL, 3, E.TRAVEL, 1240),
    Spent(ESTHER, 2, E.PHONE, 500),
    Spent(MOSES, 1, E.TRAVEL, 690),
)
"""Claims that wait for approval this morning."""
BEGUN = Spent(JOSEPH, 3, E.TRAVEL, 460)
"""A claim somebody has not sent yet."""
IN_CASH = frozenset({RUBEN, ESTHER})
BY_PHONE = frozenset({JOSEPH, THANDEKA, LINDIWE})


def pay(stage: Stage) -> None:
    """Tell what is promised, claimed, approved and paid, and the balance month by month."""
    stage.then(stage.at(STIPENDS_SINCE + 4, 10), lambda: _set_payments(stage))
    for n, peer in enumerate(PEERS, start=1):
        if peer.ends < STIPENDS_SINCE and peer.name not in WITHOUT:
            stage.then(stage.at(_agreed(peer), 14), partial(_agree, stage, peer, n))
    for due in _pay_days(stage):
        _a_month(stage, due)
    for one in (*SETTLED, REFUSED, LATE, *WAITING, BEGUN):
        stage.then(stage.at(one.days_ago, 18, 40), partial(_claim, stage, one))
    for one in SETTLED:
        stage.then(stage.at(one.days_ago - 2, 10), partial(_approve, stage, one))
    stage.then(stage.at(REFUSED.days_ago - 3, 10), lambda: _refuse(stage))
    stage.then(stage.at(LATE.days_ago - 3, 10), partial(_approve, stage, LATE))
    for days_ago, amount in BALANCES:
        stage.then(stage.at(days_ago, 9, 30), partial(_balance, stage, days_ago, amount))


def pay_day_of(stage: Stage) -> int:
    """Return the day of the month stipends are paid on: a few days ahead of the morning shown."""
    return min((stage.today + dt.timedelta(days=4)).day, LATEST_DAY)


def _pay_days(stage: Stage) -> list[dt.date]:
    """Name the days stipends are due on, from the first month to the one before this morning's week."""
    day, due = pay_day_of(stage), list[dt.date]()
    first = stage.day(STIPENDS_SINCE)
    for n in itertools.count():
        month = first.month - 1 + n
        at = dt.date(first.year + month // 12, month % 12 + 1, day)
        if at > stage.today + dt.timedelta(days=LEAD):
            return due
        if at >= first:
            due.append(at)
    return due


def _a_month(stage: Stage, due: dt.date) -> None:
    """Let the house write the month's stipends, the coordinator approve them, the manager pay them."""
    left = (due - stage.today).days
    ago = -left
    written = min(ago + LEAD, STIPENDS_SINCE - 1)
    stage.then(stage.at(written, 2), lambda: service.write_stipends(stage.day(written)))
    stage.then(stage.at(max(ago + LEAD - 2, 2), 11), lambda: _approve_stipends(stage))
    if left < 0:
        stage.then(stage.at(ago + LEAD - 3, 15), lambda: _put_together(stage, due))
        stage.then(stage.at(ago + PAID_EARLY, 16), lambda: _mark_paid(stage, due))


def _set_payments(stage: Stage) -> None:
    service.set_payments(CURRENCY, BANK_LINE, by=stage.accounts[MARCUS])


def _agree(stage: Stage, peer: Peer, n: int) -> None:
    draft = AgreementDraft(
        amount=STIPEND,
        hours=min(peer.hours, HOURS),
        from_on=stage.day(_agreed(peer)),
        pay_day=pay_day_of(stage),
    )
    service.agree(stage.volunteer(peer.name), draft, stage.colleague(AMINA))
    way = PayWay.CASH if peer.name in IN_CASH else PayWay.MOBILE if peer.name in BY_PHONE else PayWay.BANK
    account = f"RB77 1234 5678 9112 {3000 + n}" if way is PayWay.BANK else f"+44 7700 9008{n:02}"
    details = PayDraft(
        way=way,
        name=peer.name,
        account=None if way is PayWay.CASH else account,
        agreed=way is not PayWay.CASH,
    )
    service.save_pay_details(stage.volunteers[peer.name], None, details, by=stage.accounts[peer.name])


def _agreed(peer: Peer) -> int:
    """Return how many days ago a stipend was agreed with somebody: of a newcomer once they had settled."""
    return STIPENDS_SINCE if peer.joined > STIPENDS_SINCE else peer.joined - SETTLED_AFTER


def _claim(stage: Stage, one: Spent) -> None:
    viewer = stage.viewer(one.who)
    claim = service.begin(viewer)
    stage.things[_known_as(one)] = claim.id
    spent_on = stage.day(one.days_ago)
    draft = ClaimDraft(what=one.what, amount=one.cents * WHOLE // 100, spent_on=spent_on, note=one.note)
    service.write_draft(claim, draft)
    if one.photo:
        service.add_photo(claim, picture_of_a_receipt())
    if one is not BEGUN:
        service.send(claim, by=viewer.account_id)


def _known_as(one: Spent) -> str:
    return f"claim {one.who} {one.days_ago}"


def _approve(stage: Stage, one: Spent) -> None:
    service.approve([stage.things[_known_as(one)]], stage.colleague(AMINA))


def _refuse(stage: Stage) -> None:
    viewer = stage.colleague(AMINA)
    claim = queries.get_approvable(stage.things[_known_as(REFUSED)], viewer)
    service.reject(claim, RejectReason.NO_RECEIPT, None, viewer)


def _approve_stipends(stage: Stage) -> None:
    viewer = stage.colleague(AMINA)
    waiting = [one.id for one in queries.to_approve(viewer) if one.kind is ClaimKind.STIPEND]
    if waiting:
        service.approve(waiting, viewer)


def _put_together(stage: Stage, due: dt.date) -> None:
    """Make one list of what the month owes; what somebody spent once is forgotten."""
    viewer, forgotten = stage.colleague(MARCUS), stage.things.get(_known_as(LATE))
    ready = [one.id for one in queries.to_pay(viewer) if one.id != forgotten]
    if ready:
        stage.things[f"stipends {due}"] = service.make_batch(ready, viewer).id


def _mark_paid(stage: Stage, due: dt.date) -> None:
    viewer, known_as = stage.colleague(MARCUS), f"stipends {due}"
    if known_as in stage.things:
        batch = queries.get_batch(stage.things[known_as])
        payments = [one.id for one in queries.payments_in(batch.id, viewer)]
        service.mark_paid(batch, payments, clock.today(ZONE), viewer)


def _balance(stage: Stage, days_ago: int, amount: int) -> None:
    service.save_balance(
        stage.day(days_ago), amount * WHOLE, RESTRICTED * WHOLE, BUDGET * WHOLE, by=stage.accounts[MARCUS]
    )
