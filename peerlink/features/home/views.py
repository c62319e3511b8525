"""Each role's own desk."""

from flask import Blueprint
from werkzeug import Response

from peerlink.roles import Permission
from peerlink.web.guard import allow
from peerlink.web.page import page

bp = Blueprint("home", __name__)


@bp.get("/")
@allow(Permission.SIGNED_IN)
def index() -> Response:
    """Show what there is to do today."""
    return page("home/index.html")
