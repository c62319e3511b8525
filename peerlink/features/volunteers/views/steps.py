"""Pages that take a volunteer along the life-cycle."""

import uuid

from flask import url_for
from werkzeug import Response

from peerlink.errors import NotFound
from peerlink.features.volunteers import retention, service
from peerlink.features.volunteers.forms import StepForm
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.queries import get_volunteer
from peerlink.features.volunteers.views.parts import DEEDS, S, bp
from peerlink.framework.people_words import VolunteerStatus
from peerlink.lifecycle import Kind, said_with, steps_from
from peerlink.roles import Permission
from peerlink.web.guard import allow
from peerlink.web.page import page, say, see_other
from peerlink.web.person_tabs import journey_of
from peerlink.web.viewer import current_viewer
from peerlink.words import _


@bp.get("/volunteers/<uuid:volunteer_id>/step/<to>")
@allow(Permission.KEEP_VOLUNTEERS)
def step(volunteer_id: uuid.UUID, to: str) -> Response:
    """Ask what must be said with a step."""
    volunteer = get_volunteer(volunteer_id, current_viewer())
    state, form = _state(to), StepForm()
    journey = journey_of("volunteer", state.value, volunteer.id)
    if journey is not None:
        return see_other(journey)
    form.offer(state)
    return _step_page(volunteer, state, form)


@bp.post("/volunteers/<uuid:volunteer_id>/step/<to>")
@allow(Permission.KEEP_VOLUNTEERS)
def take_step(volunteer_id: uuid.UUID, to: str) -> Response:
    """Take one step of the life-cycle."""
    viewer = current_viewer()
    volunteer = get_volunteer(volunteer_id, viewer)
    state, before, form = _state(to), volunteer.status, StepForm()
    journey = journey_of("volunteer", state.value, volunteer.id)
    if journey is not None:
        return see_other(journey)
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


@bp.post("/volunteers/<uuid:volunteer_id>/delete-tonight")
@allow(Permission.KEEP_VOLUNTEERS)
def delete_tonight(volunteer_id: uuid.UUID) -> Response:
    """Let everything about somebody who did not join be deleted in the coming night."""
    viewer = current_viewer()
    retention.delete_tonight(get_volunteer(volunteer_id, viewer), by=viewer.account_id)
    undo = url_for(".keep_on", volunteer_id=volunteer_id)
    say(_("Everything kept about them is deleted tonight."), undo=undo)
    return see_other(url_for(".show", volunteer_id=volunteer_id))


@bp.post("/volunteers/<uuid:volunteer_id>/keep-on")
@allow(Permission.KEEP_VOLUNTEERS)
def keep_on(volunteer_id: uuid.UUID) -> Response:
    """Keep it after all."""
    viewer = current_viewer()
    retention.keep_on(get_volunteer(volunteer_id, viewer), by=viewer.account_id)
    say(_("Kept on."))
    return see_other(url_for(".show", volunteer_id=volunteer_id))


def _state(to: str) -> VolunteerStatus:
    if to not in set(S):
        raise NotFound
    return S(to)


def _step_page(volunteer: Volunteer, state: VolunteerStatus, form: StepForm, status: int = 200) -> Response:
    deed = _(DEEDS.get(state, state.label))
    return page("volunteers/step.html", status, one=volunteer, form=form, deed=deed, state=state)
