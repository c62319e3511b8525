"""What whoever pays does: puts payments together, takes the file out, says what was paid."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence

from peerlink import clock
from peerlink.errors import NotFound, Refused
from peerlink.events import announce
from peerlink.features.finance.events import (
    BatchDissolved,
    BatchExported,
    BatchMade,
    ClaimPaid,
    ClaimReopened,
)
from peerlink.features.finance.models import Claim, PaymentBatch
from peerlink.features.finance.queries import currency, payable_for, payments_in
from peerlink.features.programmes.queries import programme_zone
from peerlink.framework.money_words import ClaimStatus
from peerlink.lifecycle import Kind
from peerlink.roles import Viewer
from peerlink.store import history
from peerlink.store.lookup import many
from peerlink.store.session import session
from peerlink.words import _


def make_batch(
    claim_ids: Sequence[uuid.UUID], viewer: Viewer, batch_id: uuid.UUID | None = None
) -> PaymentBatch:
    """Put approved payments together, to be made at once."""
    if not claim_ids:
        raise Refused(_("Tick at least one payment."))
    if currency() is None:
        raise Refused(_("Say first in which currency you pay."))
    claims = _these(claim_ids, viewer)
    if any(claim.status is not ClaimStatus.APPROVED or claim.batch_id is not None for claim in claims):
        raise Refused(_("Some of these are being paid already. Look at the list again."))
    batch = PaymentBatch(id=batch_id or uuid.uuid4(), made_on=_today(), made_by=viewer.account_id)
    session.add(batch)
    session.flush()
    for claim in claims:
        claim.batch_id = batch.id
    session.flush()
    announce(BatchMade(by=viewer.account_id, batch_id=batch.id, n_payments=len(claims)))
    return batch


def take_out(batch: PaymentBatch, viewer: Viewer) -> list[Claim]:
    """Return what a batch still has to pay, and write into the trail that the file was taken out."""
    open_ones = [one for one in payments_in(batch.id, viewer) if one.status is ClaimStatus.APPROVED]
    if not open_ones:
        raise Refused(_("Everything in this list is paid."))
    batch.taken_out_on = _today()
    announce(BatchExported(by=viewer.account_id, batch_id=batch.id, n_payments=len(open_ones)))
    return open_ones


def mark_paid(
    batch: PaymentBatch, claim_ids: Sequence[uuid.UUID], on: dt.date, viewer: Viewer
) -> tuple[uuid.UUID, int]:
    """Say on which day these payments of a batch were made; return what undo goes by, and how many."""
    if not claim_ids:
        raise Refused(_("Tick at least one payment."))
    if on > _today():
        raise Refused(_("This day is still to come."))
    claims = _these(claim_ids, viewer)
    if any(claim.batch_id != batch.id for claim in claims):
        raise NotFound
    waiting = [claim for claim in claims if claim.status is ClaimStatus.APPROVED]
    if not waiting:
        raise Refused(_("These are noted as paid already."))
    if any(claim.decided_on is not None and claim.decided_on > on for claim in waiting):
        raise Refused(_("Some of these were approved only after this day. Choose a later one."))
    deed_id = uuid.uuid4()
    for claim in waiting:
        _move(claim, ClaimStatus.PAID, viewer)
        claim.paid_on, claim.deed_id = on, deed_id
        session.flush()
        announce(ClaimPaid(by=viewer.account_id, volunteer_id=claim.volunteer_id, claim_id=claim.id))
    return deed_id, len(waiting)


def take_back_paid(deed_id: uuid.UUID, viewer: Viewer) -> list[Claim]:
    """Say that the payments of one deed were not made after all."""
    asked = payable_for(viewer).where(Claim.deed_id == deed_id, Claim.status == ClaimStatus.PAID)
    claims = list(many(asked.order_by(Claim.id).with_for_update()))
    if not claims:
        raise NotFound
    _reopen(claims, viewer)
    return claims


def reopen(claim: Claim, viewer: Viewer) -> None:
    """Say that one payment did not arrive, however long ago it was noted as paid."""
    _reopen([claim], viewer)


def dissolve(batch: PaymentBatch, viewer: Viewer) -> bool:
    """Let what is not paid leave a batch; return whether anything is left of it."""
    payments = payments_in(batch.id, viewer)
    leaving = [one for one in payments if one.status is ClaimStatus.APPROVED]
    if not leaving:
        raise Refused(_("Everything in this list is paid."))
    for claim in leaving:
        claim.batch_id = None
    session.flush()
    announce(BatchDissolved(by=viewer.account_id, batch_id=batch.id, n_payments=len(leaving)))
    if len(leaving) == len(payments):
        session.delete(batch)
        return False
    return True


def _reopen(claims: Iterable[Claim], viewer: Viewer) -> None:
    for claim in claims:
        _move(claim, ClaimStatus.APPROVED, viewer)
        claim.paid_on = claim.deed_id = None
        session.flush()
        announce(ClaimReopened(by=viewer.account_id, volunteer_id=claim.volunteer_id, claim_id=claim.id))


def _these(claim_ids: Sequence[uuid.UUID], viewer: Viewer) -> list[Claim]:
    asked = payable_for(viewer).where(Claim.id.in_(claim_ids)).order_by(Claim.id).with_for_update()
    claims = list(many(asked))
    if len(claims) < len(set(claim_ids)):
        raise NotFound
    return claims


def _move(claim: Claim, to: ClaimStatus, viewer: Viewer) -> None:
    history.move(claim, to, kind=Kind.CLAIM, by=viewer.account_id, on=_today())


def _today() -> dt.date:
    return clock.today(programme_zone())
