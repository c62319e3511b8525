"""The supervisor's week, and the next talk planned with one tap."""

import uuid

from flask import url_for
from werkzeug import Response

from peerlink.features.supervision import service
from peerlink.features.supervision.monday import week_of
from peerlink.features.supervision.views.parts import bp, in_words, today
from peerlink.features.volunteers.queries import get_looked_after
from peerlink.roles import Permission
from peerlink.web.formatting import day
from peerlink.web.guard import allow
from peerlink.web.page import page, say, see_other
from peerlink.web.viewer import current_viewer
from peerlink.words import _


@bp.get("/supervision")
@allow(Permission.CARE)
def index() -> Response:
    """Show this week's sessions, whose talk is due, and what was agreed and is open."""
    week = week_of(current_viewer(), today())
    return page("supervision/index.html", week=week, agreed=in_words(week.actions), today=today())


@bp.post("/volunteers/<uuid:volunteer_id>/supervision/next")
@allow(Permission.CARE)
def plan_next(volunteer_id: uuid.UUID) -> Response:
    """Plan the next talk for the day it is due; sent twice it is planned once."""
    viewer = current_viewer()
    planned = service.plan_next(get_looked_after(volunteer_id, viewer), by=viewer.account_id)
    undo = url_for(".cancel", supervision_id=planned.id)
    say(_("Planned for %(day)s.", day=day(planned.held_on, "EEE d MMM")), undo=undo)
    return see_other(url_for(".index"))
