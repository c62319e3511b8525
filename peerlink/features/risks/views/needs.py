"""Training needs: what to teach next, and to whom."""

from flask import Blueprint, url_for
from werkzeug import Response

from peerlink import clock
from peerlink.features.programmes.queries import programme_zone
from peerlink.features.risks.needs import Need, plan_for
from peerlink.framework.contact_words import Topic
from peerlink.roles import Permission
from peerlink.web.guard import allow
from peerlink.web.page import page
from peerlink.web.viewer import current_viewer
from peerlink.words import _

bp = Blueprint("needs", __name__)


@bp.get("/training/needs")
@allow(Permission.HOLD_TRAINING)
def index() -> Response:
    """Show what the viewer's volunteers need to learn, what most of them need first."""
    viewer = current_viewer()
    plan = plan_for(viewer, clock.today(programme_zone()))
    describes = viewer.may(Permission.KEEP_PROGRAMME)
    return page("risks/needs.html", plan=plan, rows=[(one, *_next(one, describes)) for one in plan.needs])


def _next(need: Need, describes: bool) -> tuple[str, str]:
    """Return the one next step for a need, and where it is done."""
    if need.modules:
        return _("Plan a session"), url_for("training.new_session", module=need.modules)
    if describes and need.code in set(Topic):
        return _("Describe a module"), url_for("training.new_module", topic=need.code)
    return (_("Describe a module"), url_for("training.new_module")) if describes else ("", "")
