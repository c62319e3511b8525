"""Pages about one volunteer's record: added, seen, changed, invited to sign in."""

import uuid

import segno
from flask import request, url_for
from werkzeug import Response

from peerlink import clock
from peerlink.errors import Conflict
from peerlink.features.accounts.queries import account_of_person, team_members
from peerlink.features.programmes.queries import places, programme_zone, sites
from peerlink.features.volunteers import service
from peerlink.features.volunteers.forms import RestForm, VolunteerForm, shown_of
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.queries import get_volunteer
from peerlink.features.volunteers.retention import GONE, ends_tonight
from peerlink.features.volunteers.rules import by_hand, missing_before_active
from peerlink.features.volunteers.views.parts import DEEDS, S, bp, number, places_for, supervisor_names
from peerlink.framework.contact_words import Topic
from peerlink.framework.people_words import LifeStage
from peerlink.lifecycle import Kind
from peerlink.roles import Permission
from peerlink.store import history
from peerlink.web.guard import allow
from peerlink.web.page import page, say, see_other
from peerlink.web.person_form import Difference, differences, language_name
from peerlink.web.person_page import channels_shown, steps_shown, support_label, timeline_of
from peerlink.web.person_tabs import tabs_of
from peerlink.web.viewer import current_viewer
from peerlink.words import _


@bp.get("/volunteers/new")
@allow(Permission.KEEP_VOLUNTEERS)
def new() -> Response:
    """Ask for somebody new."""
    return _form_page("volunteers/new.html", VolunteerForm())


@bp.post("/volunteers/new")
@allow(Permission.KEEP_VOLUNTEERS)
def add() -> Response:
    """Add somebody, unless they may be here already."""
    viewer, form = current_viewer(), VolunteerForm()
    groups = _offer(form)
    alike: list[Volunteer] = []
    if form.validate():
        with form.refusals_shown():
            draft = form.draft()
            if "anyway" not in request.form:
                alike = service.likely_duplicates(draft, viewer)
            if not alike:
                volunteer = service.add_volunteer(draft, by=viewer.account_id)
                say(_("Added."))
                return see_other(url_for(".show", volunteer_id=volunteer.id))
    return page("volunteers/new.html", 422, form=form, groups=groups, alike=alike, conflict=[])


@bp.get("/volunteers/<uuid:volunteer_id>")
@allow(Permission.SEE_VOLUNTEERS)
def show(volunteer_id: uuid.UUID) -> Response:
    """Show one volunteer; whom they support is not said here."""
    viewer = current_viewer()
    volunteer = get_volunteer(volunteer_id, viewer)
    today, may_keep = clock.today(programme_zone()), viewer.may(Permission.KEEP_VOLUNTEERS)
    known = {one.hex: place for one, place in places().items()}
    supervisor, steps_taken = volunteer.supervisor_id, history.history_of(volunteer.id)
    return page(
        "volunteers/show.html",
        one=volunteer,
        tabs=tabs_of("volunteer", volunteer.id),
        may_keep=may_keep,
        is_gone=volunteer.status in GONE,
        steps=steps_shown(by_hand(volunteer.status), Kind.VOLUNTEER, DEEDS) if may_keep else [],
        missing=missing_before_active(volunteer, today) if volunteer.status == "training" else [],
        skills=[_skill(one) for one in volunteer.skills or []],
        life_stages=[_(LifeStage(one).label) for one in volunteer.life_stages or []],
        limits=[_skill(one) for one in volunteer.limits or []],
        channels=channels_shown(volunteer.channels),
        languages=[language_name(code) for code in volunteer.languages or {}],
        places=[place.name for place in map(known.get, volunteer.places or []) if place],
        site=sites().get(volunteer.site_id) if volunteer.site_id else None,
        supervisor=team_members([supervisor]).get(supervisor) if supervisor else None,
        resting=volunteer.no_new_matches_until is not None and volunteer.no_new_matches_until >= today,
        rest=RestForm(),
        today=today,
        ends_tonight=ends_tonight(volunteer),
        history=timeline_of(steps_taken, S, _by_whom(steps_taken)),
    )


@bp.get("/volunteers/<uuid:volunteer_id>/edit")
@allow(Permission.KEEP_VOLUNTEERS)
def edit(volunteer_id: uuid.UUID) -> Response:
    """Offer a record to be changed."""
    volunteer = get_volunteer(volunteer_id, current_viewer())
    return _form_page("volunteers/edit.html", VolunteerForm(data=shown_of(volunteer)), volunteer)


@bp.post("/volunteers/<uuid:volunteer_id>/edit")
@allow(Permission.KEEP_VOLUNTEERS)
def change(volunteer_id: uuid.UUID) -> Response:
    """Change a record; where somebody else saved it meanwhile, show both versions."""
    viewer, form = current_viewer(), VolunteerForm()
    volunteer = get_volunteer(volunteer_id, viewer)
    _offer(form, volunteer)
    conflict: list[Difference] = []
    if form.validate():
        with form.refusals_shown():
            try:
                version = number(form.version.data)
                service.change_details(volunteer, form.draft(), version=version, by=viewer.account_id)
            except Conflict:
                conflict = differences(form, shown_of(volunteer))
                form.version.data = volunteer.version
            else:
                say(_("Saved."))
                return see_other(url_for(".show", volunteer_id=volunteer.id))
    return _form_page("volunteers/edit.html", form, volunteer, conflict, status=422)


@bp.post("/volunteers/<uuid:volunteer_id>/invite")
@allow(Permission.KEEP_VOLUNTEERS)
def invite(volunteer_id: uuid.UUID) -> Response:
    """Make a one-time link for somebody's phone; it is shown once."""
    viewer = current_viewer()
    volunteer = get_volunteer(volunteer_id, viewer)
    secret = service.invite(volunteer, by=viewer.account_id)
    link = url_for("accounts.join", secret=secret, _external=True)
    picture = segno.make(link).svg_data_uri(scale=5)
    account = account_of_person(volunteer.id)
    return page("volunteers/invite.html", one=volunteer, link=link, picture=picture, account=account)


def _by_whom(changes: list[history.StateChange]) -> dict[str, str]:
    found = team_members([uuid.UUID(one.by) for one in changes if one.by])
    return {account.hex: name for account, name in found.items()}


def _offer(form: VolunteerForm, volunteer: Volunteer | None = None) -> dict[str, list[str]]:
    site_names = {one: site.name for one, site in sites().items()}
    form.offer(site_names, places_for(volunteer), all_sites=True)
    return form.offer_words(supervisor_names())


def _form_page(
    template: str,
    form: VolunteerForm,
    volunteer: Volunteer | None = None,
    conflict: list[Difference] | None = None,
    status: int = 200,
) -> Response:
    groups = _offer(form, volunteer)
    return page(template, status, form=form, groups=groups, one=volunteer, conflict=conflict or [], alike=[])


def _skill(code: str) -> str:
    if code.startswith("support."):
        return support_label(code)
    for words in (Topic, LifeStage):
        if code in set(words):
            return _(words(code).label)
    return code
