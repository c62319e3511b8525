"""Each role's own desk."""

from flask import Blueprint, url_for
from werkzeug import Response

from peerlink import clock
from peerlink.features.home.queries import desk_for
from peerlink.features.programmes.queries import programme_zone
from peerlink.roles import Permission
from peerlink.web.guard import allow
from peerlink.web.page import page
from peerlink.web.viewer import current_viewer

bp = Blueprint("home", __name__)


@bp.get("/")
@allow(Permission.SIGNED_IN)
def index() -> Response:
    """Show what there is to do today."""
    looking = current_viewer()
    today = clock.today(programme_zone())
    desk = desk_for(looking, today)
    lines = [(line, url_for(line.endpoint, **line.asked) if line.endpoint else None) for line in desk.lines]
    logs = looking.may(Permission.LOG_CONTACT)
    return page("home/index.html", desk=desk, lines=lines, logs=logs, today=today)
