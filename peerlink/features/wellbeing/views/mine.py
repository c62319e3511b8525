"""A volunteer's own results: the last one first, then the curve, what grew, and the diary."""

from werkzeug import Response

from peerlink.features.volunteers.reading import reader_of
from peerlink.features.wellbeing.queries import checkins_of, find_open_checkin
from peerlink.features.wellbeing.shown import story_of
from peerlink.features.wellbeing.views.parts import bp, own_record
from peerlink.roles import Permission
from peerlink.web.guard import allow
from peerlink.web.page import page
from peerlink.web.viewer import current_viewer


@bp.get("/check-ins")
@allow(Permission.ANSWER_CHECKIN)
def mine() -> Response:
    """Show the volunteer's own results, the latest first, and what they add up to."""
    looking, volunteer = current_viewer(), own_record()
    story = story_of(checkins_of(volunteer.id, looking))
    return page(
        "wellbeing/mine.html",
        story=story,
        waiting=find_open_checkin(looking),
        reader=reader_of(volunteer),
    )
