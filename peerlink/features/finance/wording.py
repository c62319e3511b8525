"""Says where a claim stands and what happens next, as its volunteer reads it."""

import datetime as dt

from flask_babel import format_date

from peerlink.features.finance.models import Claim
from peerlink.features.finance.rules import days_late
from peerlink.framework.money_words import OWED, ClaimKind, ClaimStatus, PayWay, RejectReason
from peerlink.words import N_, _

ICONS = {"travel": "place", "phone": "call", "food": "practical", "childcare": "team", "other": "file"}
WAYS = {
    PayWay.BANK: N_("Account %(end)s"),
    PayWay.MOBILE: N_("Mobile money %(end)s"),
    PayWay.CASH: N_("In cash"),
}


def title_of(claim: Claim) -> str:
    """Say what a claim is for."""
    if claim.kind is ClaimKind.STIPEND and claim.due_on is not None:
        return _("Stipend for %(month)s", month=format_date(claim.due_on, "LLLL y"))
    return _(claim.what.label) if claim.what else _(claim.kind.label)


def is_late(claim: Claim, today: dt.date) -> bool:
    """Tell whether a claim should have been paid before today."""
    return claim.status in OWED and days_late(claim.due_on, today) > 0


def what_next(claim: Claim, today: dt.date) -> str:
    """Say what happens next with a claim."""
    if is_late(claim, today):
        due = format_date(claim.due_on, "d MMMM")
        sorry = _("It was due on %(day)s and is not paid. We are sorry.", day=due)
        if claim.status is ClaimStatus.APPROVED:
            return f"{sorry} {_('It is approved; whoever pays sees that it is late.')}"
        return f"{sorry} {_('Your coordinator still has to look at it.')}"
    return _steps(claim)


def why_not(claim: Claim) -> str:
    """Say why a claim was not approved."""
    said = _(RejectReason(claim.why).label) if claim.why else ""
    return f"{said}: {claim.why_note}" if said and claim.why_note else said or claim.why_note or ""


def _steps(claim: Claim) -> str:
    due = format_date(claim.due_on, "d MMMM") if claim.due_on else ""
    if claim.status is ClaimStatus.DRAFT:
        return _("Only you see it. Open it and send it.")
    if claim.status is ClaimStatus.SUBMITTED:
        return _("A coordinator looks at it next. The money comes by %(day)s.", day=due)
    if claim.status is ClaimStatus.APPROVED:
        return _("The money comes by %(day)s.", day=due)
    if claim.status is ClaimStatus.PAID:
        return _("Paid on %(day)s.", day=format_date(claim.paid_on, "d MMMM y"))
    return why_not(claim)
