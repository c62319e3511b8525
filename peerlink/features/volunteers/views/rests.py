"""No new people for a while: asked by a coordinator or by volunteers themselves."""

import uuid

from flask import url_for
from werkzeug import Response

from peerlink.features.volunteers import service
from peerlink.features.volunteers.forms import RestForm
from peerlink.features.volunteers.queries import get_volunteer
from peerlink.features.volunteers.views.parts import bp, own_record
from peerlink.roles import Permission
from peerlink.web.guard import allow
from peerlink.web.page import say, see_other
from peerlink.web.viewer import current_viewer
from peerlink.words import _


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


@bp.post("/me/volunteering/rest")
@allow(Permission.ANSWER_PROPOSAL)
def rest_mine() -> Response:
    """Take no new people for a while; nobody asks why."""
    return _rest(own_record().id, url_for(".mine"), ".resume_mine")


@bp.post("/me/volunteering/resume")
@allow(Permission.ANSWER_PROPOSAL)
def resume_mine() -> Response:
    """Be open for new people again."""
    return _resume(own_record().id, url_for(".mine"))


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
