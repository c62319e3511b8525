"""Each role's own desk."""

from flask import Blueprint, url_for
from werkzeug import Response

from peerlink import clock
from peerlink.features.home.desk import Coming, Line
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
    return page(
        "home/index.html",
        desk=desk,
        address=_address,
        logs=looking.may(Permission.LOG_CONTACT),
        today=today,
    )


def _address(one: Line | Coming) -> str | None:
    return url_for(one.endpoint, **one.asked) if one.endpoint else None
