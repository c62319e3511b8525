"""Pages where volunteers claim what they spent, and see what they are owed."""

import uuid

from flask import url_for
from werkzeug import Response

from peerlink.errors import NotFound
from peerlink.features.finance import service
from peerlink.features.finance.forms import ClaimForm
from peerlink.features.finance.queries import (
    agreements_of,
    currency,
    find_begun,
    get_own_claim,
    get_receipt,
    in_force,
    own_claims,
    own_pay_details,
)
from peerlink.features.finance.views.parts import bp, shown, today, way_of, writer_of
from peerlink.features.finance.views.writing import Writing, form_page, said_in, take
from peerlink.features.programmes.queries import find_programme
from peerlink.features.volunteers.queries import get_volunteer
from peerlink.framework.money_words import ClaimStatus
from peerlink.roles import Permission
from peerlink.web.guard import allow
from peerlink.web.page import page, say, see_other
from peerlink.web.viewer import current_viewer
from peerlink.words import _


@bp.get("/me/claims")
@allow(Permission.CLAIM)
def mine() -> Response:
    """Show a volunteer what they claimed and what was agreed."""
    viewer = current_viewer()
    if viewer.person_id is None:
        raise NotFound
    programme = find_programme()
    return page(
        "finance/mine.html",
        rows=sorted(shown(own_claims(viewer), viewer), key=lambda row: not row["late"]),
        agreed=in_force(agreements_of(viewer.person_id, viewer), today()),
        hours=get_volunteer(viewer.person_id, viewer).agreed_hours,
        unpaid=bool(programme and programme.unpaid_by_design),
        details=own_pay_details(viewer),
        way=way_of(own_pay_details(viewer)),
        money=currency(),
    )


@bp.get("/me/claims/new")
@allow(Permission.CLAIM)
def new() -> Response:
    """Ask what was spent."""
    return form_page(_writing(), ClaimForm(data={"spent_on": today()}), None)


@bp.post("/me/claims/new")
@allow(Permission.CLAIM)
def add() -> Response:
    """Take a new claim, or keep it for later."""
    return take(_writing(), find_begun(ClaimForm().once(), current_viewer()), again=True)


@bp.get("/me/claims/<uuid:claim_id>")
@allow(Permission.CLAIM)
def own(claim_id: uuid.UUID) -> Response:
    """Show one claim; a draft is open to be changed."""
    viewer = current_viewer()
    claim = get_own_claim(claim_id, viewer)
    if claim.status is not ClaimStatus.DRAFT:
        (row,) = shown([claim], viewer)
        return page("finance/own.html", row=row, one=claim, writer=writer_of(claim))
    return form_page(_writing(), ClaimForm(data=said_in(claim)), claim)


@bp.post("/me/claims/<uuid:claim_id>")
@allow(Permission.CLAIM)
def change(claim_id: uuid.UUID) -> Response:
    """Change a draft, and send it."""
    return take(_writing(), get_own_claim(claim_id, current_viewer()))


@bp.post("/me/claims/<uuid:claim_id>/take-back")
@allow(Permission.CLAIM)
def take_back(claim_id: uuid.UUID) -> Response:
    """Take a claim back that nobody approved, to change it."""
    viewer = current_viewer()
    claim = get_own_claim(claim_id, viewer)
    service.take_back(claim, by=viewer.account_id)
    say(_("Taken back: you can change it and send it again."))
    return see_other(url_for(".own", claim_id=claim.id))


@bp.post("/me/claims/<uuid:claim_id>/drop")
@allow(Permission.CLAIM)
def drop(claim_id: uuid.UUID) -> Response:
    """Throw a draft away."""
    viewer = current_viewer()
    service.drop(get_own_claim(claim_id, viewer), by=viewer.account_id)
    say(_("Deleted."))
    return see_other(url_for(".mine"))


@bp.post("/me/claims/<uuid:claim_id>/photos/<uuid:receipt_id>/remove")
@allow(Permission.CLAIM)
def remove_photo(claim_id: uuid.UUID, receipt_id: uuid.UUID) -> Response:
    """Take a photo out of a draft."""
    viewer = current_viewer()
    claim = get_own_claim(claim_id, viewer)
    service.remove_photo(claim, get_receipt(receipt_id, viewer))
    say(_("The photo is out."))
    return see_other(url_for(".own", claim_id=claim.id))


def _writing() -> Writing:
    viewer = current_viewer()
    return Writing(
        begin=lambda once: service.begin(viewer, once),
        template="finance/claim.html",
        said={},
        draft_at=lambda claim: url_for(".own", claim_id=claim.id),
        sent_to=url_for(".mine"),
        undo_at=lambda claim: url_for(".take_back", claim_id=claim.id),
        kept=_("Kept. Nobody sees it before you send it."),
    )
