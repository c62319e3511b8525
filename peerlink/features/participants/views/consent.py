"""Pages about what a participant agreed to: asked, written down, taken back."""

import uuid

from flask import url_for
from werkzeug import Response

from peerlink.errors import NotFound
from peerlink.features.participants import service
from peerlink.features.participants.forms import ConsentForm
from peerlink.features.participants.models import Participant
from peerlink.features.participants.queries import get_participant
from peerlink.features.participants.rules import ConsentKind
from peerlink.features.participants.views.parts import bp, consents_of, today
from peerlink.roles import Permission
from peerlink.web.guard import allow
from peerlink.web.page import page, say, see_other
from peerlink.web.viewer import current_viewer
from peerlink.words import _


@bp.get("/participants/<uuid:participant_id>/consents")
@allow(Permission.KEEP_PARTICIPANTS)
def consents(participant_id: uuid.UUID) -> Response:
    """Show what somebody agreed to, and ask for more."""
    participant = get_participant(participant_id, current_viewer())
    return _consent_page(participant, ConsentForm(data={"on": today()}))


@bp.post("/participants/<uuid:participant_id>/consents")
@allow(Permission.KEEP_PARTICIPANTS)
def take_consents(participant_id: uuid.UUID) -> Response:
    """Write down what somebody agreed to."""
    viewer, form = current_viewer(), ConsentForm()
    participant = get_participant(participant_id, viewer)
    form.offer()
    if form.validate():
        with form.refusals_shown():
            service.take_consents(
                participant, form.agreed(), by=viewer.account_id, on=form.on.data, until=form.until.data
            )
            say(_("Written down."))
            return see_other(url_for(".show", participant_id=participant.id))
    return _consent_page(participant, form, 422)


@bp.post("/participants/<uuid:participant_id>/consents/<kind>/withdraw")
@allow(Permission.KEEP_PARTICIPANTS)
def withdraw_consent(participant_id: uuid.UUID, kind: str) -> Response:
    """Take a consent back; it stops counting at once."""
    viewer = current_viewer()
    participant = get_participant(participant_id, viewer)
    if kind not in set(ConsentKind):
        raise NotFound
    service.withdraw_consent(participant, ConsentKind(kind), by=viewer.account_id)
    say(_("Taken back. It counts from this moment."))
    return see_other(url_for(".show", participant_id=participant.id))


def _consent_page(participant: Participant, form: ConsentForm, status: int = 200) -> Response:
    form.offer()
    return page(
        "participants/consents.html", status, one=participant, form=form, consents=consents_of(participant)
    )
