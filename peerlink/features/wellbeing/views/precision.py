"""How sure a change is: the programme's own figure, and adopting it."""

from flask import url_for
from werkzeug import Response

from peerlink.features.programmes.queries import limits
from peerlink.features.wellbeing import service
from peerlink.features.wellbeing.precision import bounds_with
from peerlink.features.wellbeing.views.parts import bp
from peerlink.framework.parameters import parameter
from peerlink.roles import Permission
from peerlink.web.guard import allow
from peerlink.web.page import page, say, see_other
from peerlink.web.viewer import current_viewer
from peerlink.words import _


@bp.get("/programme/precision")
@allow(Permission.KEEP_PROGRAMME)
def precision() -> Response:
    """Show the figure in force, what the programme's own check-ins give, and what would change."""
    in_force, own = limits(), service.own_precision()
    now = in_force.number("checkin.sem")
    return page(
        "wellbeing/precision.html",
        own=own,
        now=now,
        default=parameter("checkin.sem").default,
        gap=in_force.lines("checkin.sem_gap_days"),
        lines=in_force.lines("checkin.sem_bounds"),
        bounds=bounds_with(now, in_force),
        then=bounds_with(own.value, in_force) if own.value is not None else {},
    )


@bp.post("/programme/precision")
@allow(Permission.KEEP_PROGRAMME)
def adopt() -> Response:
    """Take the programme's own figure from now on."""
    service.adopt_precision(by=current_viewer().account_id)
    say(_("From now on this figure counts."), undo=url_for("programmes.reset_threshold", key="checkin.sem"))
    return see_other(url_for(".precision"))
