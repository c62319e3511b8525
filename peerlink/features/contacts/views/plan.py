"""Pages about a contact that is planned, and what becomes of it."""

import uuid

from flask import g, request, url_for
from werkzeug import Response

from peerlink.errors import Refused
from peerlink.features.contacts import planned, service
from peerlink.features.contacts.forms import (
    ICONS,
    BySideForm,
    PlanForm,
    filled_in,
)
from peerlink.features.contacts.queries import (
    draft_of,
    get_contact,
    places_of_both,
)
from peerlink.features.contacts.views.parts import bp, called, lean
from peerlink.features.matching.models import Match
from peerlink.features.matching.queries import get_match
from peerlink.framework.vocabularies import MissedBy
from peerlink.roles import Permission
from peerlink.web.guard import allow
from peerlink.web.page import say, see_other
from peerlink.web.viewer import current_viewer
from peerlink.words import _


@bp.route("/plan/<uuid:match_id>", methods=["GET", "POST"])
@allow(Permission.LOG_CONTACT)
def plan(match_id: uuid.UUID) -> Response:
    """Plan the next contact with somebody."""
    match = get_match(match_id, current_viewer())
    form = PlanForm() if request.method == "POST" else _plan_form()
    if request.method == "POST" and form.validate():
        with form.refusals_shown():
            kept = service.log_contact(match_id, form.draft(g.zone), current_viewer())
            say(_("Planned."), undo=url_for(".take_back", contact_id=kept.contact_id))
            return see_other(url_for(".show", contact_id=kept.contact_id))
    return _plan_page(form, match, None)


@bp.route("/contacts/<uuid:contact_id>/move", methods=["GET", "POST"])
@allow(Permission.LOG_CONTACT)
def move(contact_id: uuid.UUID) -> Response:
    """Plan a planned contact for another time."""
    shown = service.contact_to_show(contact_id, current_viewer())
    match = get_match(shown.contact.match_id, current_viewer())
    form = PlanForm() if request.method == "POST" else _plan_form(shown)
    if request.method == "POST" and form.validate():
        with form.refusals_shown():
            kept = planned.move_contact(contact_id, form.draft(g.zone), current_viewer())
            say(_("Moved."))
            return see_other(url_for(".show", contact_id=kept.contact_id))
    return _plan_page(form, match, shown.contact.id)


def _plan_form(shown: service.Shown | None = None) -> PlanForm:
    if shown is None:
        return PlanForm(formdata=None)
    values = filled_in(draft_of(shown.contact, shown.detail), g.zone)
    return PlanForm(formdata=None, data=values | {"key": str(uuid.uuid4())})


def _plan_page(form: PlanForm, match: Match, moved: uuid.UUID | None) -> Response:
    form.offer_places({one: place.name for one, place in places_of_both(match).items()})
    status = 422 if form.is_submitted() else 200
    return lean(
        "contacts/plan.html", status, form=form, called=called(match), moved=moved, icons=ICONS, match=match
    )


@bp.post("/contacts/<uuid:contact_id>/held")
@allow(Permission.LOG_CONTACT)
def held(contact_id: uuid.UUID) -> Response:
    """Say that a planned contact was held."""
    planned.confirm_held(contact_id, current_viewer())
    say(_("Saved."))
    return see_other(url_for(".saved", contact_id=contact_id))


@bp.post("/contacts/<uuid:contact_id>/missed")
@allow(Permission.LOG_CONTACT)
def missed(contact_id: uuid.UUID) -> Response:
    """Say that a planned contact fell through."""
    planned.miss_contact(contact_id, _side(contact_id), current_viewer())
    say(_("Saved."))
    return see_other(url_for(".show", contact_id=contact_id))


@bp.post("/contacts/<uuid:contact_id>/cancelled")
@allow(Permission.LOG_CONTACT)
def cancelled(contact_id: uuid.UUID) -> Response:
    """Call a planned contact off."""
    planned.cancel_contact(contact_id, _side(contact_id), current_viewer())
    say(_("Called off."))
    return see_other(url_for(".show", contact_id=contact_id))


def _side(contact_id: uuid.UUID) -> MissedBy:
    get_contact(contact_id, current_viewer())
    form = BySideForm()
    if not form.validate():
        raise Refused(_("Say on whose side it fell through."))
    return MissedBy(form.side.data)
