"""What volunteers do: claim what they spent, with photos, and say how they are paid."""

import datetime as dt
import uuid

from sqlalchemy import ColumnElement, func, select

from peerlink import clock
from peerlink.errors import NotFound, Refused
from peerlink.events import announce
from peerlink.features.finance.events import (
    ClaimDropped,
    ClaimEntered,
    ClaimSent,
    ClaimTakenBack,
    PayDetailsSaved,
)
from peerlink.features.finance.models import Claim, PayDetails, Receipt
from peerlink.features.finance.photos import clean_photo
from peerlink.features.finance.queries import currency, get_entered, get_own_claim
from peerlink.features.finance.rules import (
    MOST_DRAFTS,
    MOST_PHOTOS,
    ClaimDraft,
    PayDraft,
    check_claim,
    check_pay,
    check_spent,
)
from peerlink.features.programmes.queries import limits, programme_zone
from peerlink.framework.money_words import ClaimKind, ClaimStatus
from peerlink.lifecycle import Kind
from peerlink.roles import Viewer
from peerlink.store import history
from peerlink.store.session import session
from peerlink.words import _


def begin(viewer: Viewer, claim_id: uuid.UUID | None = None) -> Claim:
    """Begin a claim of the viewer's own, as a draft that nobody else sees."""
    if viewer.person_id is None:
        raise Refused(_("Claims are for volunteers."))
    mine = (Claim.volunteer_id == viewer.person_id) & Claim.entered_by.is_(None)
    return get_own_claim(_begin(viewer.person_id, mine, claim_id, None), viewer)


def begin_for(volunteer_id: uuid.UUID, viewer: Viewer, claim_id: uuid.UUID | None = None) -> Claim:
    """Begin to write down what a volunteer within reach spent; until it is sent only the writer sees it."""
    if volunteer_id == viewer.person_id:
        raise Refused(_("What you spent yourself you claim under My claims."))
    mine = Claim.entered_by == viewer.account_id
    return get_entered(_begin(volunteer_id, mine, claim_id, viewer.account_id), viewer)


def _begin(
    volunteer_id: uuid.UUID,
    mine: ColumnElement[bool],
    claim_id: uuid.UUID | None,
    entered_by: uuid.UUID | None,
) -> uuid.UUID:
    drafts = select(func.count(Claim.id)).where(mine, Claim.status == ClaimStatus.DRAFT)
    if (session.scalar(drafts) or 0) >= MOST_DRAFTS:
        raise Refused(_("You have %(n)s claims that were not sent. Send or delete one first.", n=MOST_DRAFTS))
    claim = Claim(
        id=claim_id or uuid.uuid4(),
        subject_id=volunteer_id,
        volunteer_id=volunteer_id,
        entered_by=entered_by,
        kind=ClaimKind.EXPENSE,
        status=ClaimStatus.DRAFT,
        currency=currency(),
    )
    session.add(claim)
    session.flush()
    return claim.id


def write_draft(claim: Claim, draft: ClaimDraft) -> None:
    """Keep what is known of a draft so far."""
    _check_draft(claim)
    check_spent(draft, _today())
    claim.what, claim.amount = draft.what, draft.amount
    claim.spent_on, claim.note = draft.spent_on, draft.note
    claim.currency = claim.currency or currency()


def send(claim: Claim, *, by: uuid.UUID) -> None:
    """Send a claim; from this day on the programme has so many days to pay it."""
    today = _today()
    check_claim(_as_draft(claim), today)
    history.move(claim, ClaimStatus.SUBMITTED, kind=Kind.CLAIM, by=by, on=today)
    claim.submitted_on = today
    claim.due_on = today + dt.timedelta(days=limits().whole("expense.due_days"))
    claim.why = claim.why_note = None
    session.flush()
    happened = ClaimSent if claim.entered_by is None else ClaimEntered
    announce(happened(by=by, volunteer_id=claim.volunteer_id, claim_id=claim.id))


def says_the_same(claim: Claim, draft: ClaimDraft) -> bool:
    """Tell whether a claim was sent with these very words, and nobody decided yet."""
    return claim.status is ClaimStatus.SUBMITTED and _as_draft(claim) == draft


def take_back(claim: Claim, *, by: uuid.UUID) -> None:
    """Take a claim back as a draft, as long as nobody approved it; from then on it is the volunteer's own."""
    _take_back(claim, by)
    claim.entered_by = None
    session.flush()


def take_entered_back(claim: Claim, viewer: Viewer) -> None:
    """Take back what one wrote down for a volunteer, to change it."""
    if claim.entered_by != viewer.account_id:
        raise Refused(_("Whoever wrote it down can change it, and the volunteer can."))
    _take_back(claim, viewer.account_id)


def _take_back(claim: Claim, by: uuid.UUID) -> None:
    if claim.kind is ClaimKind.STIPEND:
        raise Refused(_("A stipend is written down for you. Ask your coordinator where it is wrong."))
    if claim.status in {ClaimStatus.APPROVED, ClaimStatus.PAID}:
        raise Refused(_("This claim is approved already. Tell your coordinator what is wrong with it."))
    _to_draft(claim, by)
    announce(ClaimTakenBack(by=by, volunteer_id=claim.volunteer_id, claim_id=claim.id))


def drop(claim: Claim, *, by: uuid.UUID) -> None:
    """Throw a draft and its photos away."""
    if claim.status is not ClaimStatus.DRAFT:
        raise Refused(_("Only a claim that was not sent can be deleted."))
    for receipt in _photos(claim):
        session.delete(receipt)
    session.flush()
    session.delete(claim)
    announce(ClaimDropped(by=by, volunteer_id=claim.volunteer_id, claim_id=claim.id))


def add_photo(claim: Claim, content: bytes) -> Receipt:
    """Keep a photo with a draft, made anew; raises Refused with what to do where it cannot be read."""
    _check_draft(claim)
    if len(_photos(claim)) >= MOST_PHOTOS:
        raise Refused(_("A claim has up to %(n)s photos.", n=MOST_PHOTOS))
    photo = clean_photo(content)
    receipt = Receipt(id=uuid.uuid4(), subject_id=claim.subject_id, claim_id=claim.id, **photo.as_kept())
    session.add(receipt)
    session.flush()
    return receipt


def remove_photo(claim: Claim, receipt: Receipt) -> None:
    """Take a photo out of a draft."""
    _check_draft(claim)
    if receipt.claim_id != claim.id:
        raise NotFound
    session.delete(receipt)


def save_pay_details(
    volunteer_id: uuid.UUID, known: PayDetails | None, draft: PayDraft, *, by: uuid.UUID
) -> None:
    """Keep how a volunteer wishes to be paid."""
    tidy = check_pay(draft)
    details = known or PayDetails(id=uuid.uuid4(), subject_id=volunteer_id, volunteer_id=volunteer_id)
    details.way, details.name, details.account = tidy.way, tidy.name, tidy.account
    details.agreed_on = _today() if tidy.agreed else None
    if known is None:
        session.add(details)
    session.flush()
    announce(PayDetailsSaved(by=by, volunteer_id=volunteer_id))


def _as_draft(claim: Claim) -> ClaimDraft:
    return ClaimDraft(what=claim.what, amount=claim.amount, spent_on=claim.spent_on, note=claim.note)


def _to_draft(claim: Claim, by: uuid.UUID) -> None:
    history.move(claim, ClaimStatus.DRAFT, kind=Kind.CLAIM, by=by, on=_today())
    claim.submitted_on = claim.due_on = claim.decided_on = claim.deed_id = None
    session.flush()


def _check_draft(claim: Claim) -> None:
    if claim.status is not ClaimStatus.DRAFT:
        raise Refused(_("This claim was sent. Take it back first to change it."))


def _photos(claim: Claim) -> list[Receipt]:
    return list(session.scalars(select(Receipt).where(Receipt.claim_id == claim.id)))


def _today() -> dt.date:
    return clock.today(programme_zone())
