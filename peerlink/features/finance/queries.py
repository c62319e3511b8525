"""What can be asked about claims and payments: by volunteers of their own, by who approves and who pays."""

import datetime as dt
import uuid
from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Select, false, func, or_, select

from peerlink.features.finance.models import (
    Balance,
    Claim,
    PayDetails,
    PaymentBatch,
    Receipt,
    StipendAgreement,
)
from peerlink.features.programmes.queries import find_programme
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.queries import volunteers_for
from peerlink.framework.money_words import OWED, ClaimStatus
from peerlink.roles import Permission, Viewer
from peerlink.store.lookup import find, get, many
from peerlink.store.session import session

SETTLED = (ClaimStatus.PAID, ClaimStatus.REJECTED)
PAYABLE = (ClaimStatus.APPROVED, ClaimStatus.PAID)
"""What whoever pays works with."""


def own_claims_for(viewer: Viewer) -> Select[Claim]:
    """Return a volunteer's own claims, drafts too."""
    return select(Claim).where(_own(viewer))


def approvable_for(viewer: Viewer) -> Select[Claim]:
    """Return what a coordinator may look at: all that was sent; a draft is its volunteer's alone."""
    return select(Claim).where(_sent_to(viewer))


def payable_for(viewer: Viewer) -> Select[Claim]:
    """Return what whoever pays may look at: what is on its way or paid."""
    return select(Claim).where(_paid_by(viewer))


def receipts_for(viewer: Viewer) -> Select[Receipt]:
    """Return the photos a viewer may see: those of the claims they work with."""
    paid = _paid_by(viewer) & Claim.status.in_(PAYABLE)
    reach = or_(_own(viewer), _sent_to(viewer), _entered_by(viewer), paid)
    return select(Receipt).join(Claim, Claim.id == Receipt.claim_id).where(reach)


def get_receipt(receipt_id: uuid.UUID, viewer: Viewer) -> Receipt:
    """Return one photo in the viewer's reach."""
    return get(receipts_for(viewer).where(Receipt.id == receipt_id))


def receipt_ids_of(claim_ids: Collection[uuid.UUID], viewer: Viewer) -> dict[uuid.UUID, list[uuid.UUID]]:
    """Return the ids of the photos of these claims, in the order they were added."""
    found: dict[uuid.UUID, list[uuid.UUID]] = {one: [] for one in claim_ids}
    asked = (
        receipts_for(viewer).with_only_columns(Receipt.claim_id, Receipt.id).where(Claim.id.in_(claim_ids))
    )
    for claim_id, receipt_id in session.execute(asked.order_by(Receipt.id)):
        found[claim_id].append(receipt_id)
    return found


def get_own_claim(claim_id: uuid.UUID, viewer: Viewer) -> Claim:
    """Return one of the viewer's own claims."""
    return get(own_claims_for(viewer).where(Claim.id == claim_id))


def find_begun(claim_id: uuid.UUID, viewer: Viewer) -> Claim | None:
    """Return the claim a form began already; copies of one form come one after the other."""
    session.execute(select(Volunteer.id).where(Volunteer.id == viewer.person_id).with_for_update())
    return find(own_claims_for(viewer).where(Claim.id == claim_id))


def entered_for(viewer: Viewer) -> Select[Claim]:
    """Return what the viewer wrote down for volunteers, drafts too."""
    return select(Claim).where(_entered_by(viewer))


def get_entered(claim_id: uuid.UUID, viewer: Viewer) -> Claim:
    """Return one claim the viewer wrote down for a volunteer."""
    return get(entered_for(viewer).where(Claim.id == claim_id))


def find_entered(claim_id: uuid.UUID, volunteer_id: uuid.UUID, viewer: Viewer) -> Claim | None:
    """Return the claim a form wrote down already; copies of one form come one after the other."""
    session.execute(select(Volunteer.id).where(Volunteer.id == volunteer_id).with_for_update())
    return find(entered_for(viewer).where(Claim.id == claim_id, Claim.volunteer_id == volunteer_id))


def begun_for(volunteer_id: uuid.UUID, viewer: Viewer) -> Sequence[Claim]:
    """Return what the viewer began to write down for a volunteer and has not sent."""
    begun = entered_for(viewer).where(Claim.volunteer_id == volunteer_id, Claim.status == ClaimStatus.DRAFT)
    return many(begun.order_by(Claim.id))


def may_decide(claim: Claim, viewer: Viewer) -> bool:
    """Tell whether a viewer may decide on a claim: not on their own, nor on what they wrote down."""
    return claim.volunteer_id != viewer.person_id and claim.entered_by != viewer.account_id


def get_approvable(claim_id: uuid.UUID, viewer: Viewer) -> Claim:
    """Return one claim a coordinator may look at."""
    return get(approvable_for(viewer).where(Claim.id == claim_id))


def get_payable(claim_id: uuid.UUID, viewer: Viewer) -> Claim:
    """Return one payment whoever pays may look at."""
    return get(payable_for(viewer).where(Claim.id == claim_id))


def own_claims(viewer: Viewer) -> Sequence[Claim]:
    """Return the viewer's own claims, what is not settled first, then the latest."""
    rows = many(own_claims_for(viewer))
    return sorted(rows, key=lambda one: (one.status in SETTLED, -_when(one).toordinal(), one.id))


def claims_of(volunteer_id: uuid.UUID, viewer: Viewer) -> Sequence[Claim]:
    """Return what one volunteer sent or is owed, the latest first, as far as the viewer may see it."""
    rows = many(approvable_for(viewer).where(Claim.volunteer_id == volunteer_id))
    return sorted(rows, key=lambda one: (_when(one), one.id), reverse=True)


def to_approve(viewer: Viewer) -> Sequence[Claim]:
    """Return what waits for approval, the oldest first."""
    asked = approvable_for(viewer).where(Claim.status == ClaimStatus.SUBMITTED)
    return many(asked.order_by(Claim.submitted_on, Claim.due_on, Claim.id))


def n_to_approve(viewer: Viewer) -> int:
    """Count what waits for this viewer's approval."""
    asked = approvable_for(viewer).where(
        Claim.status == ClaimStatus.SUBMITTED,
        Claim.volunteer_id.is_distinct_from(viewer.person_id),
        Claim.entered_by.is_distinct_from(viewer.account_id),
    )
    return session.scalar(asked.with_only_columns(func.count())) or 0


def lately_decided(viewer: Viewer, since: dt.date) -> Sequence[Claim]:
    """Return what was decided since a day, the latest first."""
    asked = approvable_for(viewer).where(Claim.decided_on >= since)
    return many(asked.order_by(Claim.decided_on.desc(), Claim.id))


def to_pay(viewer: Viewer) -> Sequence[Claim]:
    """Return what is approved and in no batch yet, what is due first."""
    asked = payable_for(viewer).where(Claim.status == ClaimStatus.APPROVED, Claim.batch_id.is_(None))
    return many(asked.order_by(Claim.due_on, Claim.id))


def late_payments(viewer: Viewer, today: dt.date) -> Sequence[Claim]:
    """Return what should have been paid before today, the latest last."""
    asked = payable_for(viewer).where(Claim.status.in_(OWED), Claim.due_on < today)
    return many(asked.order_by(Claim.due_on, Claim.id))


def get_batch(batch_id: uuid.UUID) -> PaymentBatch:
    """Return one batch; it says nothing about anybody."""
    return get(select(PaymentBatch).where(PaymentBatch.id == batch_id))


def payments_in(batch_id: uuid.UUID, viewer: Viewer) -> Sequence[Claim]:
    """Return the payments of one batch."""
    return many(payable_for(viewer).where(Claim.batch_id == batch_id).order_by(Claim.due_on, Claim.id))


def batches() -> list[tuple[PaymentBatch, int, int]]:
    """Return every batch, the newest first: how many payments it has, and how many are made."""
    paid = func.count(Claim.paid_on)
    asked = (
        select(PaymentBatch, func.count(Claim.id), paid)
        .outerjoin(Claim, Claim.batch_id == PaymentBatch.id)
        .group_by(PaymentBatch.id)
        .order_by(PaymentBatch.made_on.desc(), PaymentBatch.id)
    )
    return [(batch, n, n_paid) for batch, n, n_paid in session.execute(asked)]


def begun_lists() -> list[tuple[PaymentBatch, int]]:
    """Return the lists of which something is not paid yet, and how many payments of each."""
    return [(batch, n - n_paid) for batch, n, n_paid in batches() if n > n_paid]


def pay_details_of(volunteer_ids: Collection[uuid.UUID], viewer: Viewer) -> dict[uuid.UUID, PayDetails]:
    """Return how these volunteers are paid, as far as the viewer may know."""
    asked = select(PayDetails).where(_pay_reach(viewer), PayDetails.volunteer_id.in_(set(volunteer_ids)))
    return {one.volunteer_id: one for one in many(asked)}


def own_pay_details(viewer: Viewer) -> PayDetails | None:
    """Return how the viewer is paid."""
    return find(select(PayDetails).where(PayDetails.volunteer_id == viewer.person_id))


def agreements_of(volunteer_id: uuid.UUID, viewer: Viewer) -> Sequence[StipendAgreement]:
    """Return what one volunteer was promised, the latest first."""
    mine = viewer.person_id if viewer.may(Permission.CLAIM) else None
    reach = or_(
        StipendAgreement.volunteer_id == mine if mine else false(),
        StipendAgreement.volunteer_id.in_(_within(viewer)) if _approves(viewer) else false(),
    )
    asked = select(StipendAgreement).where(reach, StipendAgreement.volunteer_id == volunteer_id)
    return many(asked.order_by(StipendAgreement.from_on.desc(), StipendAgreement.recorded_on.desc()))


def in_force(agreements: Sequence[StipendAgreement], day: dt.date) -> StipendAgreement | None:
    """Return the agreement that counts on a day, or the next to come."""
    running = [one for one in agreements if one.until_on is None or one.until_on >= day]
    return min(running, key=lambda one: one.from_on, default=None)


def latest_balance() -> Balance | None:
    """Return the latest balance; whether it may be opened, the gate says."""
    return find(select(Balance).order_by(Balance.on.desc()).limit(1))


def balances() -> Sequence[Balance]:
    """Return every balance, the latest first."""
    return many(select(Balance).order_by(Balance.on.desc()))


def ledger_day() -> dt.date | None:
    """Return the day of the latest balance."""
    return session.scalar(select(func.max(Balance.on)))


def currency() -> str | None:
    """Return the currency payments are made in, None before anybody has said."""
    programme = find_programme()
    return programme.currency if programme else None


def _when(claim: Claim) -> dt.date:
    return claim.submitted_on or claim.due_on or dt.date.max


def _own(viewer: Viewer) -> ColumnElement[bool]:
    if not viewer.may(Permission.CLAIM) or viewer.person_id is None:
        return false()
    is_begun_elsewhere = (Claim.status == ClaimStatus.DRAFT) & Claim.entered_by.is_not(None)
    return (Claim.volunteer_id == viewer.person_id) & ~is_begun_elsewhere


def _entered_by(viewer: Viewer) -> ColumnElement[bool]:
    if not _approves(viewer):
        return false()
    return (Claim.entered_by == viewer.account_id) & Claim.volunteer_id.in_(_within(viewer))


def _approves(viewer: Viewer) -> bool:
    return viewer.may(Permission.APPROVE_CLAIMS)


def _within(viewer: Viewer) -> Select[uuid.UUID]:
    return volunteers_for(viewer).with_only_columns(Volunteer.id)


def _sent_to(viewer: Viewer) -> ColumnElement[bool]:
    if not _approves(viewer):
        return false()
    return Claim.volunteer_id.in_(_within(viewer)) & (Claim.status != ClaimStatus.DRAFT)


def _paid_by(viewer: Viewer) -> ColumnElement[bool]:
    if not viewer.may(Permission.PAY):
        return false()
    return Claim.status.in_((*OWED, ClaimStatus.PAID))


def _pay_reach(viewer: Viewer) -> ColumnElement[bool]:
    reach: list[ColumnElement[bool]] = [false()]
    if viewer.may(Permission.CLAIM) and viewer.person_id is not None:
        reach.append(PayDetails.volunteer_id == viewer.person_id)
    if _approves(viewer):
        reach.append(PayDetails.volunteer_id.in_(_within(viewer)))
    if viewer.may(Permission.PAY):
        owed = select(Claim.volunteer_id).where(Claim.status.in_((*OWED, ClaimStatus.PAID)))
        reach.append(PayDetails.volunteer_id.in_(owed))
    return or_(*reach)
