"""Pages about volunteers: the coordinator's, the supervisor's, and each volunteer's own."""

import uuid
from collections.abc import Mapping

import segno
from flask import Blueprint, request, url_for
from werkzeug import Response

from peerlink import clock
from peerlink.errors import Conflict, NotFound
from peerlink.features.accounts.queries import supervisors, team_members
from peerlink.features.programmes.queries import approved_places, places, programme_zone, sites
from peerlink.features.volunteers import service
from peerlink.features.volunteers.forms import (
    OfferForm,
    RestForm,
    StepForm,
    VolunteerForm,
    offer_of,
    shown_of,
)
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.queries import (
    Wanted,
    get_volunteer,
    search_volunteers,
    volunteer_counts,
    volunteer_page,
)
from peerlink.features.volunteers.rules import by_hand, missing_before_active
from peerlink.framework.contact_words import Topic
from peerlink.framework.people_words import LifeStage, VolunteerStatus
from peerlink.lifecycle import Kind, said_with, steps_from
from peerlink.roles import Permission
from peerlink.store import history
from peerlink.store.sealing import intact
from peerlink.web.guard import allow
from peerlink.web.page import page, say, see_other
from peerlink.web.person_form import Difference, differences, language_name
from peerlink.web.person_page import channels_shown, steps_shown, support_label, timeline_of
from peerlink.web.person_tabs import tabs_of
from peerlink.web.viewer import current_viewer
from peerlink.words import N_, _

bp = Blueprint("volunteers", __name__)

S = VolunteerStatus
DEEDS = {
    S.SCREENING: N_("Begin screening"),
    S.TRAINING: N_("Begin training"),
    S.ACTIVE: N_("Make active"),
    S.PAUSED: N_("Pause"),
    S.LEFT: N_("Leaves the programme"),
    S.WITHDRAWN: N_("Withdrew"),
    S.DECLINED: N_("Decline"),
    S.APPLICANT: N_("Comes back"),
}


@bp.get("/volunteers")
@allow(Permission.SEE_VOLUNTEERS)
def index() -> Response:
    """List the volunteers, those longest in their state first."""
    viewer, asked = current_viewer(), request.args
    wanted = _wanted(asked)
    found = volunteer_page(viewer, wanted, _number(asked.get("page")))
    rows, n_damaged = intact(found.rows)
    return page(
        "volunteers/index.html",
        found=found,
        rows=rows,
        n_damaged=n_damaged,
        counts=volunteer_counts(viewer),
        asked={name: value for name, value in asked.items() if name != "page"},
        wanted=wanted,
        sites={one: site.name for one, site in sites().items()},
        statuses=tuple(S),
        today=clock.today(programme_zone()),
        may_keep=viewer.may(Permission.KEEP_VOLUNTEERS),
        supervisors=_supervisors() if viewer.may(Permission.KEEP_VOLUNTEERS) else {},
        names=team_members([one.supervisor_id for one in rows if one.supervisor_id]),
    )


@bp.post("/volunteers/search")
@allow(Permission.SEE_VOLUNTEERS)
def search() -> Response:
    """Find volunteers by part of a name, phone, e-mail or number; what was typed stays out of the address."""
    typed = request.form.get("text", "").strip()[:100]
    found = search_volunteers(typed, current_viewer()) if typed else []
    return page("volunteers/search.html", typed=typed, found=found)


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
    supervisor = volunteer.supervisor_id
    return page(
        "volunteers/show.html",
        one=volunteer,
        tabs=tabs_of("volunteer", volunteer.id),
        may_keep=may_keep,
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
        history=timeline_of(history.history_of(volunteer.id), S),
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
                version = _number(form.version.data)
                service.change_details(volunteer, form.draft(), version=version, by=viewer.account_id)
            except Conflict:
                conflict = differences(form, shown_of(volunteer))
                form.version.data = volunteer.version
            else:
                say(_("Saved."))
                return see_other(url_for(".show", volunteer_id=volunteer.id))
    return _form_page("volunteers/edit.html", form, volunteer, conflict, status=422)


@bp.get("/volunteers/<uuid:volunteer_id>/step/<to>")
@allow(Permission.KEEP_VOLUNTEERS)
def step(volunteer_id: uuid.UUID, to: str) -> Response:
    """Ask what must be said with a step."""
    volunteer = get_volunteer(volunteer_id, current_viewer())
    state, form = _state(to), StepForm()
    form.offer(state)
    return _step_page(volunteer, state, form)


@bp.post("/volunteers/<uuid:volunteer_id>/step/<to>")
@allow(Permission.KEEP_VOLUNTEERS)
def take_step(volunteer_id: uuid.UUID, to: str) -> Response:
    """Take one step of the life-cycle."""
    viewer = current_viewer()
    volunteer = get_volunteer(volunteer_id, viewer)
    state, before, form = _state(to), volunteer.status, StepForm()
    form.offer(state)
    if form.validate():
        with form.refusals_shown():
            service.step(
                volunteer,
                state,
                by=viewer.account_id,
                reason=form.data.get("reason"),
                review_on=form.data.get("review_on"),
                note=form.note.data or None,
            )
            back = before in steps_from(Kind.VOLUNTEER, state)
            back = back and not said_with(Kind.VOLUNTEER, before).required
            undo = url_for(".take_step", volunteer_id=volunteer.id, to=before.value) if back else None
            say(_("Done: %(state)s.", state=_(state.label)), undo=undo)
            return see_other(url_for(".show", volunteer_id=volunteer.id))
    return _step_page(volunteer, state, form, 422)


@bp.post("/volunteers/<uuid:volunteer_id>/rest")
@allow(Permission.KEEP_VOLUNTEERS)
def rest(volunteer_id: uuid.UUID) -> Response:
    """Give somebody no new people for a while."""
    return _rest(volunteer_id, url_for(".show", volunteer_id=volunteer_id), ".resume")


@bp.post("/volunteers/<uuid:volunteer_id>/resume")
@allow(Permission.KEEP_VOLUNTEERS)
def resume(volunteer_id: uuid.UUID) -> Response:
    """Open somebody for new people again."""
    return _resume(volunteer_id, url_for(".show", volunteer_id=volunteer_id))


@bp.post("/volunteers/<uuid:volunteer_id>/invite")
@allow(Permission.KEEP_VOLUNTEERS)
def invite(volunteer_id: uuid.UUID) -> Response:
    """Make a one-time link for somebody's phone; it is shown once."""
    viewer = current_viewer()
    volunteer = get_volunteer(volunteer_id, viewer)
    secret = service.invite(volunteer, by=viewer.account_id)
    link = url_for("accounts.join", secret=secret, _external=True)
    return page(
        "volunteers/invite.html", one=volunteer, link=link, picture=segno.make(link).svg_data_uri(scale=5)
    )


@bp.get("/me/volunteering")
@allow(Permission.ANSWER_PROPOSAL)
def mine() -> Response:
    """Show a volunteer what they offer, to be changed by themself."""
    volunteer = _own()
    return _my_page(volunteer, OfferForm(data=offer_of(volunteer)))


@bp.post("/me/volunteering")
@allow(Permission.ANSWER_PROPOSAL)
def change_mine() -> Response:
    """Change what a volunteer offers."""
    volunteer, form = _own(), OfferForm()
    _offer_mine(form, volunteer)
    if form.validate():
        with form.refusals_shown():
            service.change_offer(volunteer, form.draft(), by=current_viewer().account_id)
            say(_("Saved."))
            return see_other(url_for(".mine"))
    return _my_page(volunteer, form, 422)


@bp.post("/me/volunteering/rest")
@allow(Permission.ANSWER_PROPOSAL)
def rest_mine() -> Response:
    """Take no new people for a while; nobody asks why."""
    return _rest(_own().id, url_for(".mine"), ".resume_mine")


@bp.post("/me/volunteering/resume")
@allow(Permission.ANSWER_PROPOSAL)
def resume_mine() -> Response:
    """Be open for new people again."""
    return _resume(_own().id, url_for(".mine"))


def _own() -> Volunteer:
    viewer = current_viewer()
    if viewer.person_id is None:
        raise NotFound
    return get_volunteer(viewer.person_id, viewer)


def _rest(volunteer_id: uuid.UUID, back_to: str, undo: str) -> Response:
    viewer, form = current_viewer(), RestForm()
    volunteer = get_volunteer(volunteer_id, viewer)
    if form.validate():
        service.pause_new_matches(volunteer, form.until.data, by=viewer.account_id)
        own = undo == ".resume_mine"
        say(
            _("No new people until then."),
            undo=url_for(undo) if own else url_for(undo, volunteer_id=volunteer.id),
        )
    else:
        say(_("Choose a day first."))
    return see_other(back_to)


def _resume(volunteer_id: uuid.UUID, back_to: str) -> Response:
    viewer = current_viewer()
    service.resume_new_matches(get_volunteer(volunteer_id, viewer), by=viewer.account_id)
    say(_("Open for new people."))
    return see_other(back_to)


def _wanted(asked: Mapping[str, str]) -> Wanted:
    chosen, supervisor = asked.get("status", ""), asked.get("supervisor", "")
    return Wanted(
        status=S(chosen) if chosen in set(S) else None,
        site_id=_uuid(asked.get("site")),
        supervisor_id=_uuid(supervisor),
        nobody_supervises=supervisor == "nobody",
        everybody=chosen == "all",
    )


def _state(to: str) -> VolunteerStatus:
    if to not in set(S):
        raise NotFound
    return S(to)


def _offer(form: VolunteerForm, volunteer: Volunteer | None = None) -> dict[str, list[str]]:
    site_names = {one: site.name for one, site in sites().items()}
    form.offer(site_names, _places_for(volunteer), all_sites=True)
    return form.offer_words(_supervisors())


def _offer_mine(form: OfferForm, volunteer: Volunteer) -> None:
    form.offer({one.hex: name for one, name in _places_for(volunteer).items()})


def _places_for(volunteer: Volunteer | None) -> dict[uuid.UUID, str]:
    chosen = set(volunteer.places or []) if volunteer else set()
    kept = {one: place for one, place in places().items() if one.hex in chosen}
    return {one: place.name for one, place in {**approved_places(), **kept}.items()}


def _supervisors() -> dict[str, str]:
    return {one.id.hex: one.name for one in supervisors()}


def _form_page(
    template: str,
    form: VolunteerForm,
    volunteer: Volunteer | None = None,
    conflict: list[Difference] | None = None,
    status: int = 200,
) -> Response:
    groups = _offer(form, volunteer)
    return page(template, status, form=form, groups=groups, one=volunteer, conflict=conflict or [], alike=[])


def _step_page(volunteer: Volunteer, state: VolunteerStatus, form: StepForm, status: int = 200) -> Response:
    deed = _(DEEDS.get(state, state.label))
    return page("volunteers/step.html", status, one=volunteer, form=form, deed=deed, state=state)


def _my_page(volunteer: Volunteer, form: OfferForm, status: int = 200) -> Response:
    _offer_mine(form, volunteer)
    until = volunteer.no_new_matches_until
    resting = until is not None and until >= clock.today(programme_zone())
    return page("volunteers/mine.html", status, one=volunteer, form=form, rest=RestForm(), resting=resting)


def _skill(code: str) -> str:
    if code.startswith("support."):
        return support_label(code)
    for words in (Topic, LifeStage):
        if code in set(words):
            return _(words(code).label)
    return code


def _uuid(typed: str | None) -> uuid.UUID | None:
    try:
        return uuid.UUID(typed or "")
    except ValueError:
        return None


def _number(typed: object) -> int:
    return int(str(typed)) if str(typed).isdecimal() and len(str(typed)) < 10 else 1
