"""What a supervisor reads of somebody who lets them."""

import uuid

from werkzeug import Response

from peerlink.features.volunteers.queries import get_volunteer, read_by
from peerlink.features.wellbeing.queries import checkins_of
from peerlink.features.wellbeing.shown import story_of
from peerlink.features.wellbeing.views.parts import bp
from peerlink.framework.vocabularies import CommentReader, ContactRequest
from peerlink.instruments.checkin import ANSWERS, ITEMS
from peerlink.roles import Permission
from peerlink.web.guard import allow
from peerlink.web.page import page
from peerlink.web.person_tabs import tabs_of
from peerlink.web.viewer import current_viewer
from peerlink.words import _


@bp.get("/volunteers/<uuid:volunteer_id>/check-ins")
@allow(Permission.CARE)
def theirs(volunteer_id: uuid.UUID) -> Response:
    """Show a supervisor what somebody who lets them read has said."""
    looking = current_viewer()
    volunteer = get_volunteer(volunteer_id, looking)
    tabs = tabs_of("volunteer", volunteer_id)
    if volunteer_id not in read_by(looking):
        return page("wellbeing/elsewhere.html", volunteer=volunteer, tabs=tabs)
    rows = checkins_of(volunteer_id, looking)
    answered = [one for one in rows if one.answered_on is not None]
    latest = max(answered, key=lambda one: (one.answered_on, one.due_on), default=None)
    return page(
        "wellbeing/theirs.html",
        volunteer=volunteer,
        tabs=tabs,
        story=story_of(rows),
        answers=(latest.answers or {}) if latest else {},
        request=ContactRequest(latest.request or ContactRequest.NO) if latest else ContactRequest.NO,
        diary=latest.diary if latest and latest.reader is CommentReader.SUPERVISOR else None,
        scale=[_(one) for one in ANSWERS],
        items=[(item.id, _(item.text)) for item in ITEMS],
    )
