"""What was agreed, ticked off by whoever looks after a volunteer."""

import uuid

from flask import request, url_for
from werkzeug import Response

from peerlink.features.supervision import agreeing
from peerlink.features.supervision.models import AgreedAction
from peerlink.features.supervision.queries import get_action
from peerlink.features.supervision.views.parts import bp
from peerlink.roles import Permission
from peerlink.web.guard import allow
from peerlink.web.page import say, see_other
from peerlink.web.viewer import current_viewer
from peerlink.words import _


@bp.post("/supervision/actions/<uuid:action_id>/done")
@allow(Permission.CARE)
def tick(action_id: uuid.UUID) -> Response:
    """Say that what was agreed is done."""
    action = get_action(action_id, current_viewer())
    agreeing.tick(action, current_viewer())
    say(_("Done."), undo=url_for(".reopen", action_id=action.id))
    return _back(action)


@bp.post("/supervision/actions/<uuid:action_id>/drop")
@allow(Permission.CARE)
def drop(action_id: uuid.UUID) -> Response:
    """Say that what was agreed is no longer to be done."""
    action = get_action(action_id, current_viewer())
    agreeing.drop(action, current_viewer())
    say(_("Let go."), undo=url_for(".reopen", action_id=action.id))
    return _back(action)


@bp.post("/supervision/actions/<uuid:action_id>/reopen")
@allow(Permission.CARE)
def reopen(action_id: uuid.UUID) -> Response:
    """Take back that something was done or let go."""
    action = get_action(action_id, current_viewer())
    agreeing.reopen(action, current_viewer())
    say(_("Open again."))
    return _back(action)


def _back(action: AgreedAction) -> Response:
    if request.form.get("back") == "sessions":
        return see_other(url_for(".sessions", volunteer_id=action.volunteer_id))
    return see_other(url_for(".index"))
