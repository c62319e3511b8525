"""Pages where coordinators write down what a volunteer spent, who has no phone at hand or gives in paper."""

import uuid

from flask import url_for
from werkzeug import Response

from peerlink.features.accounts.queries import account_ids_of
from peerlink.features.finance import service
from peerlink.features.finance.forms import ClaimForm
from peerlink.features.finance.queries import find_entered, get_approvable, get_entered, get_receipt
from peerlink.features.finance.views.parts import bp, today
from peerlink.features.finance.views.writing import Writing, form_page, said_in, take
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.queries import get_volunteer
from peerlink.framework.money_words import ClaimStatus
from peerlink.roles import Permission, Role
from peerlink.web.guard import allow
from peerlink.web.page import say, see_other
from peerlink.web.viewer import current_viewer
from peerlink.words import _


@bp.get("/volunteers/<uuid:volunteer_id>/payments/expense")
@allow(Permission.APPROVE_CLAIMS)
def new_for(volunteer_id: uuid.UUID) -> Response:
    """Ask what a volunteer spent."""
    volunteer = get_volunteer(volunteer_id, current_viewer())
    return form_page(_writing(volunteer), ClaimForm(data={"spent_on": today()}), None)


@bp.post("/volunteers/<uuid:volunteer_id>/payments/expense")
@allow(Permission.APPROVE_CLAIMS)
def add_for(volunteer_id: uuid.UUID) -> Response:
    """Write down what a volunteer spent, or keep it for later."""
    viewer = current_viewer()
    volunteer = get_volunteer(volunteer_id, viewer)
    return take(_writing(volunteer), find_entered(ClaimForm().once(), volunteer.id, viewer), again=True)


@bp.get("/claims/begun/<uuid:entered_id>")
@allow(Permission.APPROVE_CLAIMS)
def begun(entered_id: uuid.UUID) -> Response:
    """Show what one began to write down for a volunteer, to go on with it."""
    viewer = current_viewer()
    claim = get_entered(entered_id, viewer)
    if claim.status is not ClaimStatus.DRAFT:
        return see_other(url_for(".show", claim_id=claim.id))
    return form_page(
        _writing(get_volunteer(claim.volunteer_id, viewer)), ClaimForm(data=said_in(claim)), claim
    )


@bp.post("/claims/begun/<uuid:entered_id>")
@allow(Permission.APPROVE_CLAIMS)
def change_begun(entered_id: uuid.UUID) -> Response:
    """Change what one began to write down, and send it."""
    viewer = current_viewer()
    claim = get_entered(entered_id, viewer)
    return take(_writing(get_volunteer(claim.volunteer_id, viewer)), claim)


@bp.post("/claims/begun/<uuid:entered_id>/drop")
@allow(Permission.APPROVE_CLAIMS)
def drop_begun(entered_id: uuid.UUID) -> Response:
    """Throw away what one began to write down."""
    viewer = current_viewer()
    claim = get_entered(entered_id, viewer)
    back_to = url_for(".of_volunteer", volunteer_id=claim.volunteer_id)
    service.drop(claim, by=viewer.account_id)
    say(_("Deleted."))
    return see_other(back_to)


@bp.post("/claims/begun/<uuid:entered_id>/photos/<uuid:photo_id>/remove")
@allow(Permission.APPROVE_CLAIMS)
def remove_photo_of_begun(entered_id: uuid.UUID, photo_id: uuid.UUID) -> Response:
    """Take a photo out of what one began to write down."""
    viewer = current_viewer()
    claim = get_entered(entered_id, viewer)
    service.remove_photo(claim, get_receipt(photo_id, viewer))
    say(_("The photo is out."))
    return see_other(url_for(".begun", entered_id=claim.id))


@bp.post("/claims/<uuid:claim_id>/take-back")
@allow(Permission.APPROVE_CLAIMS)
def take_entered_back(claim_id: uuid.UUID) -> Response:
    """Take back what one wrote down for a volunteer, to change it."""
    viewer = current_viewer()
    claim = get_approvable(claim_id, viewer)
    service.take_entered_back(claim, viewer)
    say(_("Taken back: you can change it and send it again."))
    return see_other(url_for(".begun", entered_id=claim.id))


def _writing(volunteer: Volunteer) -> Writing:
    viewer = current_viewer()
    others = set(account_ids_of(Role.COORDINATOR)) - {viewer.account_id}
    return Writing(
        begin=lambda once: service.begin_for(volunteer.id, viewer, once),
        template="finance/for_them.html",
        said={
            "volunteer": volunteer,
            "is_own": volunteer.id == viewer.person_id,
            "nobody_else": not others,
        },
        draft_at=lambda claim: url_for(".begun", entered_id=claim.id),
        sent_to=url_for(".of_volunteer", volunteer_id=volunteer.id),
        undo_at=lambda claim: url_for(".take_entered_back", claim_id=claim.id),
        kept=_("Kept. Nobody else sees it before you send it."),
    )
