"""Pages where coordinators look at claims and decide."""

import datetime as dt
import uuid

from flask import url_for
from werkzeug import Response

from peerlink.features.finance import service
from peerlink.features.finance.forms import RejectForm
from peerlink.features.finance.models import Claim
from peerlink.features.finance.queries import (
    currency,
    get_approvable,
    lately_decided,
    may_decide,
    to_approve,
)
from peerlink.features.finance.views.parts import bp, shown, ticked, today, writer_of
from peerlink.features.finance.wording import why_not
from peerlink.features.volunteers.queries import get_volunteer, volunteers_among
from peerlink.framework.money_words import ClaimStatus, RejectReason
from peerlink.roles import Permission
from peerlink.web.guard import allow
from peerlink.web.page import page, say, see_other
from peerlink.web.viewer import current_viewer
from peerlink.words import _

AT_ONCE = 40
"""Claims shown at a time: as many as somebody looks at with care."""
LATELY = dt.timedelta(days=14)


@bp.get("/claims")
@allow(Permission.APPROVE_CLAIMS)
def queue() -> Response:
    """Show what waits for approval, the oldest first, all of it ticked."""
    viewer = current_viewer()
    waiting, decided = to_approve(viewer), lately_decided(viewer, today() - LATELY)
    rows = shown(waiting[:AT_ONCE], viewer)
    others = [one for one in waiting[:AT_ONCE] if may_decide(one, viewer)]
    names = volunteers_among({one.volunteer_id for one in (*waiting[:AT_ONCE], *decided)}, viewer)
    return page(
        "finance/queue.html",
        rows=rows,
        n_waiting=len(waiting),
        n_to_tick=len(others),
        total=sum(one.amount or 0 for one in others),
        decided=shown(decided[:AT_ONCE], viewer),
        names={one: who.called for one, who in names.items()},
        own=viewer.person_id,
        mine_to_decide={one.id for one in others},
        money=currency(),
    )


@bp.post("/claims/approve")
@allow(Permission.APPROVE_CLAIMS)
def approve() -> Response:
    """Approve what is ticked."""
    deed_id, n = service.approve(ticked(), current_viewer())
    said = _("Approved: %(n)s. They are paid next.", n=n)
    say(said, undo=url_for(".take_back_decision", decision_id=deed_id))
    return see_other(url_for(".queue"))


@bp.post("/claims/decisions/<uuid:decision_id>/take-back")
@allow(Permission.APPROVE_CLAIMS)
def take_back_decision(decision_id: uuid.UUID) -> Response:
    """Let claims wait again that were decided on together."""
    n = service.take_back_decision(decision_id, current_viewer())
    say(_("Taken back: %(n)s wait again.", n=n))
    return see_other(url_for(".queue"))


@bp.get("/claims/<uuid:claim_id>")
@allow(Permission.APPROVE_CLAIMS)
def show(claim_id: uuid.UUID) -> Response:
    """Show one claim with its photos, to be approved or not."""
    form = RejectForm()
    return _claim_page(get_approvable(claim_id, current_viewer()), form)


@bp.post("/claims/<uuid:claim_id>/reject")
@allow(Permission.APPROVE_CLAIMS)
def reject(claim_id: uuid.UUID) -> Response:
    """Say no to a claim, and why."""
    viewer, form = current_viewer(), RejectForm()
    claim = get_approvable(claim_id, viewer)
    form.offer()
    if form.validate():
        with form.refusals_shown():
            note = (form.note.data or "").strip() or None
            deed_id = service.reject(claim, RejectReason(form.why.data), note, viewer)
            said = _("Not approved. The volunteer reads why and can change it.")
            say(said, undo=url_for(".take_back_decision", decision_id=deed_id))
            return see_other(url_for(".queue"))
    return _claim_page(claim, form, 422)


def _claim_page(claim: Claim, form: RejectForm, status: int = 200) -> Response:
    viewer = current_viewer()
    form.offer()
    (row,) = shown([claim], viewer)
    return page(
        "finance/show.html",
        status,
        row=row,
        one=claim,
        volunteer=get_volunteer(claim.volunteer_id, viewer),
        form=form,
        waits=claim.status is ClaimStatus.SUBMITTED,
        is_own=claim.volunteer_id == viewer.person_id,
        may_decide=may_decide(claim, viewer),
        writer=writer_of(claim),
        wrote_it=claim.entered_by == viewer.account_id,
        why=why_not(claim) if claim.status is ClaimStatus.REJECTED else "",
    )
