"""Pages where volunteers claim what they spent, and see what they are owed."""

import uuid

from flask import request, url_for
from werkzeug import Response
from werkzeug.datastructures import FileStorage

from peerlink.errors import NotFound, Refused
from peerlink.features.finance import service
from peerlink.features.finance.forms import ClaimForm
from peerlink.features.finance.models import Claim
from peerlink.features.finance.photos import LARGEST_FILE
from peerlink.features.finance.queries import (
    agreements_of,
    currency,
    find_begun,
    get_own_claim,
    get_receipt,
    in_force,
    own_claims,
    own_pay_details,
    receipt_ids_of,
)
from peerlink.features.finance.views.parts import bp, shown, today, way_of
from peerlink.features.finance.wording import ICONS
from peerlink.features.programmes.queries import find_programme
from peerlink.features.volunteers.queries import get_volunteer
from peerlink.framework.money import written
from peerlink.framework.money_words import ClaimStatus
from peerlink.roles import Permission, Viewer
from peerlink.web.guard import allow
from peerlink.web.page import keep_what_happened, page, say, see_other
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
    return _form_page(ClaimForm(data={"spent_on": today()}), None)


@bp.post("/me/claims/new")
@allow(Permission.CLAIM)
def add() -> Response:
    """Take a new claim, or keep it for later."""
    return _take(find_begun(ClaimForm().once(), current_viewer()), again=True)


@bp.get("/me/claims/<uuid:claim_id>")
@allow(Permission.CLAIM)
def own(claim_id: uuid.UUID) -> Response:
    """Show one claim; a draft is open to be changed."""
    viewer = current_viewer()
    claim = get_own_claim(claim_id, viewer)
    if claim.status is not ClaimStatus.DRAFT:
        (row,) = shown([claim], viewer)
        return page("finance/own.html", row=row, one=claim)
    said = {
        "what": claim.what.value if claim.what else None,
        "amount": written(claim.amount, claim.currency) if claim.amount else "",
        "spent_on": claim.spent_on,
        "note": claim.note,
    }
    return _form_page(ClaimForm(data=said), claim)


@bp.post("/me/claims/<uuid:claim_id>")
@allow(Permission.CLAIM)
def change(claim_id: uuid.UUID) -> Response:
    """Change a draft, and send it."""
    return _take(get_own_claim(claim_id, current_viewer()))


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


def _take(claim: Claim | None, *, again: bool = False) -> Response:
    """Keep what was typed; a photo is kept in a draft even where something else is wrong."""
    viewer, form = current_viewer(), ClaimForm()
    form.offer(currency())
    form.sends = request.form.get("do") != "keep"
    fine = form.validate()
    if fine and form.sends and claim is not None and service.says_the_same(claim, form.draft()):
        say(_("Sent."), undo=url_for(".take_back", claim_id=claim.id))
        return see_other(url_for(".mine"))
    there, photo_fine = (claim, True) if again and claim else _with_photo(form, claim, viewer)
    if fine and photo_fine:
        with form.refusals_shown():
            draft = there or service.begin(viewer, form.once())
            service.write_draft(draft, form.draft())
            if not form.sends:
                say(_("Kept. Nobody sees it before you send it."))
                return see_other(url_for(".own", claim_id=draft.id))
            service.send(draft, by=viewer.account_id)
            say(_("Sent."), undo=url_for(".take_back", claim_id=draft.id))
            return see_other(url_for(".mine"))
    return _form_page(form, there, 422)


def _with_photo(form: ClaimForm, claim: Claim | None, viewer: Viewer) -> tuple[Claim | None, bool]:
    """Keep the photo that was sent, in a draft where there is none yet; tell whether it could be read."""
    for field in (form.photo, form.chosen):
        if not isinstance(field.data, FileStorage) or not field.data.filename:
            continue
        try:
            draft = claim or service.begin(viewer, form.once())
            service.add_photo(draft, field.data.stream.read(LARGEST_FILE + 1))
        except Refused as refusal:
            field.errors = [*field.errors, str(refusal)]
            return claim, False
        claim = draft
        keep_what_happened()
    return claim, True


def _form_page(form: ClaimForm, claim: Claim | None, status: int = 200) -> Response:
    viewer = current_viewer()
    form.offer(currency())
    return page(
        "finance/claim.html",
        status,
        form=form,
        one=claim,
        photos=receipt_ids_of([claim.id], viewer)[claim.id] if claim else [],
        icons=ICONS,
        money=currency(),
    )
