"""Claims that wait, payments that are late, and what is owed to a volunteer."""

import datetime as dt
from collections.abc import Iterator

from peerlink.features.finance.queries import (
    begun_lists,
    late_payments,
    ledger_day,
    n_to_approve,
    own_claims,
    own_pay_details,
    to_pay,
)
from peerlink.features.finance.rules import days_late
from peerlink.features.home.desk import Line
from peerlink.features.programmes.queries import limits
from peerlink.framework.money_words import OWED, ClaimStatus
from peerlink.roles import Permission, Viewer
from peerlink.words import _

TOLD_FOR = dt.timedelta(days=14)
"""For how long a claim that came back stands among what is to do; on its own page it stays."""


def lines(viewer: Viewer, today: dt.date) -> Iterator[Line]:
    """Say what is late, what is to approve or to pay, and where a volunteer claims what they spent."""
    if viewer.may(Permission.CLAIM) and viewer.person_id is not None:
        yield _mine(viewer, today)
    if viewer.may(Permission.APPROVE_CLAIMS) and (n := n_to_approve(viewer)):
        yield Line(_("Claims to approve: %(n)d", n=n), "finance.queue", "decide")
    if viewer.may(Permission.PAY):
        yield from _payments(viewer, today)


def _mine(viewer: Viewer, today: dt.date) -> Line:
    claims = own_claims(viewer)
    late = [one for one in claims if one.status in OWED and days_late(one.due_on, today) > 0]
    if late:
        more = _("We are sorry. Look where it stands.")
        return Line(_("A payment to you is late"), "finance.mine", "decide", "alert", _("Late"), more)
    lately = today - TOLD_FOR
    if any(
        one.status is ClaimStatus.REJECTED and one.decided_on and one.decided_on > lately for one in claims
    ):
        return Line(_("A claim came back to you"), "finance.mine", "decide", "watch", _("Look"))
    if any(one.status in OWED for one in claims) and own_pay_details(viewer) is None:
        return Line(_("Say how you want to be paid"), "finance.mine", "decide", "watch", _("Missing"))
    return Line(_("Claim what you spent"), "finance.mine", "decide")


def _payments(viewer: Viewer, today: dt.date) -> Iterator[Line]:
    late = late_payments(viewer, today)
    if late:
        n = days_late(late[0].due_on, today)
        level = "alert" if n > limits().lines("R61.days")[0] else "watch"
        text = _("Payments past their day: %(n)d", n=len(late))
        yield Line(
            text, "finance.money", "decide", level, _("up to 1 day") if n == 1 else _("up to %(n)d days", n=n)
        )
    if waiting := len(to_pay(viewer)):
        yield Line(_("Payments to make: %(n)d", n=waiting), "finance.money", "decide")
    for batch, n_left in begun_lists():
        yield Line(
            _("A list of payments to confirm: %(n)d", n=n_left),
            "finance.batch",
            "decide",
            more=_("made"),
            on=batch.made_on,
            asked={"batch_id": batch.id},
        )
    ledger, oldest = ledger_day(), limits().whole("ledger.max_age_days")
    if ledger is None or (today - ledger).days > oldest:
        more = _("Without it nobody can judge whether payments are on time.")
        yield Line(_("Write down the balance"), "finance.balance", "chart", "watch", _("Due"), more)
