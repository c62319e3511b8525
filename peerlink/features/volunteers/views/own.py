"""Pages where volunteers say what they offer."""

from flask import url_for
from werkzeug import Response

from peerlink import clock
from peerlink.features.programmes.queries import programme_zone
from peerlink.features.volunteers import service
from peerlink.features.volunteers.forms import OfferForm, RestForm, offer_of
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.views.parts import bp, own_record, places_for
from peerlink.roles import Permission
from peerlink.web.guard import allow
from peerlink.web.page import page, say, see_other
from peerlink.web.viewer import current_viewer
from peerlink.words import _


@bp.get("/me/volunteering")
@allow(Permission.ANSWER_PROPOSAL)
def mine() -> Response:
    """Show a volunteer what they offer, to be changed by themself."""
    volunteer = own_record()
    return _my_page(volunteer, OfferForm(data=offer_of(volunteer)))


@bp.post("/me/volunteering")
@allow(Permission.ANSWER_PROPOSAL)
def change_mine() -> Response:
    """Change what a volunteer offers."""
    volunteer, form = own_record(), OfferForm()
    _offer_mine(form, volunteer)
    if form.validate():
        with form.refusals_shown():
            service.change_offer(volunteer, form.draft(), by=current_viewer().account_id)
            say(_("Saved."))
            return see_other(url_for(".mine"))
    return _my_page(volunteer, form, 422)


def _offer_mine(form: OfferForm, volunteer: Volunteer) -> None:
    form.offer({one.hex: name for one, name in places_for(volunteer).items()})


def _my_page(volunteer: Volunteer, form: OfferForm, status: int = 200) -> Response:
    _offer_mine(form, volunteer)
    until = volunteer.no_new_matches_until
    resting = until is not None and until >= clock.today(programme_zone())
    return page("volunteers/mine.html", status, one=volunteer, form=form, rest=RestForm(), resting=resting)
