"""Each role's own desk."""

from dataclasses import replace
from functools import partial

from flask import Blueprint, url_for
from werkzeug import Response

from peerlink import clock
from peerlink.features.accounts.secret import pepper
from peerlink.features.home.desk import Coming, Line
from peerlink.features.home.news import marked
from peerlink.features.home.queries import Desk, desk_for
from peerlink.features.notices.queries import find_seen
from peerlink.features.notices.service import keep_seen
from peerlink.features.programmes.queries import programme_zone
from peerlink.roles import Permission, Viewer
from peerlink.web.guard import allow
from peerlink.web.page import afterwards, page
from peerlink.web.viewer import current_viewer

bp = Blueprint("home", __name__)


@bp.get("/")
@allow(Permission.SIGNED_IN)
def index() -> Response:
    """Show what there is to do today."""
    looking = current_viewer()
    today = clock.today(programme_zone())
    desk, n_told = _seen_by(looking, desk_for(looking, today))
    return page(
        "home/index.html",
        desk=desk,
        address=_address,
        logs=looking.may(Permission.LOG_CONTACT),
        today=today,
        n_told=n_told,
    )


def _seen_by(looking: Viewer, desk: Desk) -> tuple[Desk, int]:
    """Mark what is new to whoever looks; what they see now is what is known the next time."""
    seen = find_seen(looking.account_id)
    kept, n_told = (seen.lines, seen.n_told) if seen else (None, 0)
    lines, standing = marked(desk.lines, kept, account_id=looking.account_id, key=pepper(), now=clock.now())
    if standing != kept or n_told:
        afterwards(partial(keep_seen, looking.account_id, standing, n_told))
    return replace(desk, lines=lines), n_told


def _address(one: Line | Coming) -> str | None:
    return url_for(one.endpoint, **one.asked) if one.endpoint else None
