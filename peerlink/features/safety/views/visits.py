"""Pages about a visit alone: set out in two taps, come back in one."""

import uuid

from flask import url_for
from werkzeug import Response

from peerlink import clock
from peerlink.errors import NotFound, Refused
from peerlink.features.contacts.queries import called_of
from peerlink.features.matching.queries import my_matches
from peerlink.features.programmes.queries import approved_places, programme_zone
from peerlink.features.safety import visiting
from peerlink.features.safety.forms import BackForm, VisitForm
from peerlink.features.safety.models import LoneVisit
from peerlink.features.safety.queries import (
    get_own_visit,
    get_visit,
    has_met,
    own_visit,
    planned_meeting,
    visits_out,
)
from peerlink.features.safety.shown import visit_rows
from peerlink.features.safety.views.parts import bp, is_lean
from peerlink.framework.safety_words import VisitEnd, VisitPlace
from peerlink.roles import Permission
from peerlink.web.guard import allow
from peerlink.web.page import page, say, see_other
from peerlink.web.viewer import current_viewer
from peerlink.words import _

USUAL = 60


@bp.get("/visits/go")
@allow(Permission.LOG_CONTACT)
def going() -> Response:
    """Ask where somebody goes; what is planned for today stands there already."""
    mine = own_visit(current_viewer())
    if mine is not None:
        return see_other(url_for(".show_visit", visit_id=mine.id))
    return _go_page(VisitForm(formdata=None, data=_likely()))


@bp.post("/visits/go")
@allow(Permission.LOG_CONTACT)
def go() -> Response:
    """Set out."""
    form, looking = VisitForm(), current_viewer()
    _offer(form)
    if form.validate():
        with form.refusals_shown():
            mine = own_visit(looking)
            if mine is not None and visiting.says_the_same(mine, form.draft()):
                return see_other(url_for(".show_visit", visit_id=mine.id))
            visit = visiting.set_out(form.draft(), looking)
            say(_("Noted. Go well."))
            return see_other(url_for(".show_visit", visit_id=visit.id))
    return _go_page(form, 422)


@bp.get("/visits")
@allow(Permission.BE_ON_DUTY)
def visits() -> Response:
    """List who is out now, and who should be back."""
    looking = current_viewer()
    return page("safety/visits.html", out=visit_rows(visits_out(looking), looking))


@bp.get("/visits/<uuid:visit_id>")
@allow(Permission.SIGNED_IN)
def show_visit(visit_id: uuid.UUID) -> Response:
    """Show a visit: to whoever is on it, to their buddy once it is late, to those who look after them."""
    looking = current_viewer()
    visit = get_visit(visit_id, looking)
    (row,) = visit_rows([visit], looking)
    own = visit.volunteer_id == looking.person_id
    return page("safety/visit.html", row=row, own=own, lean=is_lean())


@bp.post("/visits/<uuid:visit_id>/back")
@allow(Permission.LOG_CONTACT)
def come_back(visit_id: uuid.UUID) -> Response:
    """Say that one is back, and whether somebody is needed."""
    visit, form = _own(visit_id), BackForm()
    if not form.validate():
        raise Refused(_("Say whether all is well or you need somebody."))
    how = VisitEnd(form.how.data)
    visiting.come_back(visit, how, by=current_viewer().account_id)
    if how is VisitEnd.NEED_SOMEBODY:
        say(_("You are back, and will be called."))
        return see_other(url_for(".show_help"))
    say(_("Good that you are back."), undo=url_for(".not_back_yet", visit_id=visit.id))
    return see_other(url_for("home.index"))


@bp.post("/visits/<uuid:visit_id>/longer")
@allow(Permission.LOG_CONTACT)
def stay_longer(visit_id: uuid.UUID) -> Response:
    """Stay half an hour longer."""
    visit = _own(visit_id)
    visiting.stay_longer(visit, by=current_viewer().account_id)
    say(_("Half an hour more."))
    return see_other(url_for(".show_visit", visit_id=visit.id))


@bp.post("/visits/<uuid:visit_id>/not-back")
@allow(Permission.LOG_CONTACT)
def not_back_yet(visit_id: uuid.UUID) -> Response:
    """Take a check-out back that was pressed too early."""
    visit = _own(visit_id)
    visiting.not_back_yet(visit, by=current_viewer().account_id)
    say(_("The visit goes on."))
    return see_other(url_for(".show_visit", visit_id=visit.id))


def _own(visit_id: uuid.UUID) -> LoneVisit:
    return get_own_visit(visit_id, current_viewer())


def _likely() -> dict[str, str]:
    """Return what is most likely: whom and where as planned for today, an approved place, the usual hour."""
    looking = current_viewer()
    likely = {"where": VisitPlace.PLACE.value, "minutes": str(USUAL)}
    plan = planned_meeting(looking, clock.today(programme_zone()))
    if plan is None:
        return likely
    likely |= {"match": plan.match_id.hex, "contact": plan.id.hex}
    if plan.place_id is not None:
        likely["place"] = plan.place_id.hex
    return likely


def _offer(form: VisitForm) -> None:
    looking = current_viewer()
    if looking.person_id is None:
        raise NotFound
    matches = my_matches(looking)
    names = called_of([one.participant_id for one in matches], looking)
    people = {one.id: names[one.participant_id] for one in matches if one.participant_id in names}
    form.offer(people, {one: place.name for one, place in approved_places().items()})


def _go_page(form: VisitForm, status: int = 200) -> Response:
    _offer(form)
    first = [one for one in my_matches(current_viewer()) if not has_met(one.id)]
    return page(
        "safety/go.html",
        status,
        form=form,
        lean=is_lean(),
        some_first=bool(first),
    )
