"""Pages about one participant's record: added, seen, changed."""

import uuid

from flask import request, url_for
from werkzeug import Response

from peerlink.errors import Conflict
from peerlink.features.participants import service
from peerlink.features.participants.forms import ParticipantForm, offered_alias, shown_of
from peerlink.features.participants.models import Participant
from peerlink.features.participants.queries import get_participant
from peerlink.features.participants.rules import by_hand, missing_for_matching
from peerlink.features.participants.views.parts import DEEDS, S, bp, consents_of, number, sites_of, today
from peerlink.features.programmes.queries import approved_places, places, sites
from peerlink.framework.people_words import OutcomeDomain
from peerlink.lifecycle import Kind
from peerlink.roles import Permission
from peerlink.store import history
from peerlink.web.guard import allow
from peerlink.web.page import page, say, see_other
from peerlink.web.person_form import Difference, differences, language_name
from peerlink.web.person_page import channels_shown, steps_shown, support_label, timeline_of, wants_shown
from peerlink.web.person_tabs import tabs_of
from peerlink.web.viewer import current_viewer
from peerlink.words import _


@bp.get("/participants/new")
@allow(Permission.KEEP_PARTICIPANTS)
def new() -> Response:
    """Ask for somebody new."""
    form = ParticipantForm(data={"alias": offered_alias(), "referred_on": today()})
    return _form_page("participants/new.html", form)


@bp.post("/participants/new")
@allow(Permission.KEEP_PARTICIPANTS)
def add() -> Response:
    """Add somebody, unless they may be here already."""
    viewer, form = current_viewer(), ParticipantForm()
    groups = _offer(form)
    alike: list[Participant] = []
    if form.validate():
        with form.refusals_shown():
            draft = form.draft()
            if "anyway" not in request.form:
                alike = service.likely_duplicates(draft, viewer)
            if not alike:
                participant = service.add_participant(draft, by=viewer.account_id)
                say(_("Added. Next: ask for their consent."))
                return see_other(url_for(".consents", participant_id=participant.id))
    return page("participants/new.html", 422, form=form, groups=groups, alike=alike, conflict=[])


@bp.get("/participants/<uuid:participant_id>")
@allow(Permission.SEE_PARTICIPANTS)
def show(participant_id: uuid.UUID) -> Response:
    """Show one person: how to reach them safely first."""
    participant = get_participant(participant_id, current_viewer())
    known = {one.hex: place for one, place in places().items()}
    return page(
        "participants/show.html",
        one=participant,
        tabs=tabs_of("participant", participant.id),
        may_call="phone" in (participant.safe_channels or ()),
        steps=steps_shown(by_hand(participant.status), Kind.PARTICIPANT, DEEDS, leave_out=(S.CONSENTED,)),
        missing=missing_for_matching(participant),
        needs=[support_label(need) for need in participant.needs or []],
        goals=[_(OutcomeDomain(goal).label) for goal in participant.goals or []],
        wants=wants_shown(participant.wants or []),
        channels=channels_shown(participant.channels),
        safe_channels=channels_shown(participant.safe_channels),
        languages=[language_name(code) for code in participant.languages or {}],
        places=[place.name for place in map(known.get, participant.places or []) if place],
        site=sites().get(participant.site_id) if participant.site_id else None,
        consents=consents_of(participant),
        today=today(),
        history=timeline_of(history.history_of(participant.id), S),
    )


@bp.get("/participants/<uuid:participant_id>/edit")
@allow(Permission.KEEP_PARTICIPANTS)
def edit(participant_id: uuid.UUID) -> Response:
    """Offer a record to be changed."""
    participant = get_participant(participant_id, current_viewer())
    return _form_page("participants/edit.html", ParticipantForm(data=shown_of(participant)), participant)


@bp.post("/participants/<uuid:participant_id>/edit")
@allow(Permission.KEEP_PARTICIPANTS)
def change(participant_id: uuid.UUID) -> Response:
    """Change a record; where somebody else saved it meanwhile, show both versions."""
    viewer, form = current_viewer(), ParticipantForm()
    participant = get_participant(participant_id, viewer)
    _offer(form, participant)
    conflict: list[Difference] = []
    if form.validate():
        with form.refusals_shown():
            try:
                version = number(form.version.data)
                service.change_details(participant, form.draft(), version=version, by=viewer.account_id)
            except Conflict:
                conflict = differences(form, shown_of(participant))
                form.version.data = participant.version
            else:
                say(_("Saved."))
                return see_other(url_for(".show", participant_id=participant.id))
    return _form_page("participants/edit.html", form, participant, conflict, status=422)


def _offer(form: ParticipantForm, participant: Participant | None = None) -> dict[str, list[str]]:
    viewer = current_viewer()
    chosen = {uuid.UUID(one) for one in (participant.places or [] if participant else [])}
    known = approved_places()
    kept = {one: place for one, place in places().items() if one in chosen}
    form.offer(
        sites_of(viewer),
        {one: place.name for one, place in {**known, **kept}.items()},
        all_sites=viewer.site_id is None,
    )
    return form.offer_words()


def _form_page(
    template: str,
    form: ParticipantForm,
    participant: Participant | None = None,
    conflict: list[Difference] | None = None,
    status: int = 200,
) -> Response:
    groups = _offer(form, participant)
    return page(
        template, status, form=form, groups=groups, one=participant, conflict=conflict or [], alike=[]
    )
