"""What coordinators do with claims; nobody decides on a claim of their own, or on one they wrote down."""

import uuid
from collections.abc import Sequence

from peerlink import clock
from peerlink.errors import NotFound, Refused
from peerlink.events import announce
from peerlink.features.finance.events import ClaimApproved, ClaimRejected, ClaimUndecided
from peerlink.features.finance.models import Claim
from peerlink.features.finance.queries import approvable_for, may_decide
from peerlink.features.finance.rules import LONGEST_NOTE
from peerlink.features.programmes.queries import programme_zone
from peerlink.framework.money_words import ClaimStatus, RejectReason
from peerlink.lifecycle import Kind, check_said
from peerlink.roles import Viewer
from peerlink.store import history
from peerlink.store.lookup import many
from peerlink.store.session import session
from peerlink.words import _

DECIDED = (ClaimStatus.APPROVED, ClaimStatus.REJECTED)


def approve(claim_ids: Sequence[uuid.UUID], viewer: Viewer) -> tuple[uuid.UUID, int]:
    """Approve what still waits of these claims; return what undo goes by, and how many there were."""
    if not claim_ids:
        raise Refused(_("Tick at least one claim."))
    asked = approvable_for(viewer).where(Claim.id.in_(claim_ids)).order_by(Claim.id).with_for_update()
    found = many(asked)
    if len(found) < len(set(claim_ids)):
        raise NotFound
    waiting = [claim for claim in found if claim.status is ClaimStatus.SUBMITTED]
    if not waiting:
        raise Refused(_("Somebody decided on these meanwhile, or they were taken back."))
    deed_id = uuid.uuid4()
    for claim in waiting:
        _decide(claim, ClaimStatus.APPROVED, viewer, deed_id)
        announce(ClaimApproved(by=viewer.account_id, volunteer_id=claim.volunteer_id, claim_id=claim.id))
    return deed_id, len(waiting)


def reject(claim: Claim, reason: RejectReason, note: str | None, viewer: Viewer) -> uuid.UUID:
    """Say no to a claim, and why; its volunteer can mend it and send it again."""
    check_said(Kind.CLAIM, ClaimStatus.REJECTED, reason)
    if reason is RejectReason.OTHER and not note:
        raise Refused(_("Say in a few words why: the volunteer reads it."))
    if note and len(note) > LONGEST_NOTE:
        raise Refused(_("Write at most %(n)d characters.", n=LONGEST_NOTE))
    deed_id = uuid.uuid4()
    _decide(claim, ClaimStatus.REJECTED, viewer, deed_id, reason, note)
    announce(ClaimRejected(by=viewer.account_id, volunteer_id=claim.volunteer_id, claim_id=claim.id))
    return deed_id


def take_back_decision(deed_id: uuid.UUID, viewer: Viewer) -> int:
    """Let every claim of one decision wait again; return how many."""
    asked = approvable_for(viewer).where(Claim.deed_id == deed_id, Claim.status.in_(DECIDED))
    claims = many(asked.order_by(Claim.id).with_for_update())
    if not claims:
        raise NotFound
    if any(claim.batch_id is not None for claim in claims):
        raise Refused(_("These are being paid already. Ask whoever pays to take them out first."))
    for claim in claims:
        _refuse_own(claim, viewer)
        _move(claim, ClaimStatus.SUBMITTED, viewer)
        claim.decided_on = claim.deed_id = claim.why = claim.why_note = None
        announce(ClaimUndecided(by=viewer.account_id, volunteer_id=claim.volunteer_id, claim_id=claim.id))
    return len(claims)


def _decide(
    claim: Claim,
    to: ClaimStatus,
    viewer: Viewer,
    deed_id: uuid.UUID,
    reason: RejectReason | None = None,
    note: str | None = None,
) -> None:
    _refuse_own(claim, viewer)
    _move(claim, to, viewer, reason, note)
    claim.decided_on, claim.deed_id = clock.today(programme_zone()), deed_id
    claim.why, claim.why_note = reason.value if reason else None, note
    session.flush()


def _move(
    claim: Claim,
    to: ClaimStatus,
    viewer: Viewer,
    reason: RejectReason | None = None,
    note: str | None = None,
) -> None:
    said = reason.value if reason else None
    today = clock.today(programme_zone())
    history.move(claim, to, kind=Kind.CLAIM, by=viewer.account_id, reason=said, note=note, on=today)


def _refuse_own(claim: Claim, viewer: Viewer) -> None:
    if claim.volunteer_id == viewer.person_id:
        raise Refused(_("Somebody else decides on what you claim yourself."))
    if not may_decide(claim, viewer):
        raise Refused(_("Somebody else decides on what you wrote down for a volunteer."))
