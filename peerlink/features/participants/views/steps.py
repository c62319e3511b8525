"""Pages that take a participant along the life-cycle."""

import uuid

from flask import url_for
from werkzeug import Response

from peerlink.errors import NotFound
from peerlink.features.participants import service
from peerlink.features.participants.forms import StepForm
from peerlink.features.participants.models import Participant
from peerlink.features.participants.queries import get_participant
from peerlink.features.participants.rules import by_hand
from peerlink.features.participants.views.parts import DEEDS, S, bp
from peerlink.framework.people_words import ParticipantStatus
from peerlink.lifecycle import Kind, said_with, steps_from
from peerlink.roles import Permission
from peerlink.web.guard import allow
from peerlink.web.page import page, say, see_other
from peerlink.web.viewer import current_viewer
from peerlink.words import _


@bp.get("/participants/<uuid:participant_id>/step/<to>")
@allow(Permission.KEEP_PARTICIPANTS)
def step(participant_id: uuid.UUID, to: str) -> Response:
    """Ask what must be said with a step."""
    participant = get_participant(participant_id, current_viewer())
    state = _state(participant, to)
    form = StepForm()
    form.offer(state)
    return _step_page(participant, state, form)


@bp.post("/participants/<uuid:participant_id>/step/<to>")
@allow(Permission.KEEP_PARTICIPANTS)
def take_step(participant_id: uuid.UUID, to: str) -> Response:
    """Take one step of the life-cycle."""
    viewer = current_viewer()
    participant = get_participant(participant_id, viewer)
    state, before, form = _state(participant, to), participant.status, StepForm()
    form.offer(state)
    if form.validate():
        with form.refusals_shown():
            service.step(
                participant,
                state,
                by=viewer.account_id,
                reason=form.data.get("reason"),
                review_on=form.data.get("review_on"),
                note=form.note.data or None,
            )
            back = before in by_hand(state) and not said_with(Kind.PARTICIPANT, before).required
            undo = url_for(".take_step", participant_id=participant.id, to=before.value) if back else None
            say(_("Done: %(state)s.", state=_(state.label)), undo=undo)
            return see_other(url_for(".show", participant_id=participant.id))
    return _step_page(participant, state, form, 422)


def _state(participant: Participant, to: str) -> ParticipantStatus:
    if to not in set(S) or S(to) is S.MATCHED:
        raise NotFound
    state = S(to)
    if state in steps_from(Kind.PARTICIPANT, participant.status) and state not in by_hand(participant.status):
        raise NotFound
    return state


def _step_page(
    participant: Participant, state: ParticipantStatus, form: StepForm, status: int = 200
) -> Response:
    deed = _(DEEDS.get(state, state.label))
    return page("participants/step.html", status, one=participant, form=form, deed=deed, state=state)
