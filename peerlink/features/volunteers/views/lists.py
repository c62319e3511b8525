"""Pages that list and find volunteers."""

import uuid
from collections.abc import Mapping

from flask import request
from werkzeug import Response

from peerlink import clock
from peerlink.features.accounts.queries import team_members
from peerlink.features.programmes.queries import programme_zone, sites
from peerlink.features.volunteers.queries import Wanted, search_volunteers, volunteer_counts, volunteer_page
from peerlink.features.volunteers.views.parts import S, bp, number, supervisor_names
from peerlink.roles import Permission
from peerlink.store.sealing import intact
from peerlink.web.guard import allow
from peerlink.web.page import page
from peerlink.web.viewer import current_viewer


@bp.get("/volunteers")
@allow(Permission.SEE_VOLUNTEERS)
def index() -> Response:
    """List the volunteers, those longest in their state first."""
    viewer, asked = current_viewer(), request.args
    wanted = _wanted(asked)
    found = volunteer_page(viewer, wanted, number(asked.get("page")))
    rows, n_damaged = intact(found.rows)
    return page(
        "volunteers/index.html",
        found=found,
        rows=rows,
        n_damaged=n_damaged,
        counts=volunteer_counts(viewer),
        asked={name: value for name, value in asked.items() if name != "page"},
        wanted=wanted,
        sites={one: site.name for one, site in sites().items()},
        statuses=tuple(S),
        today=clock.today(programme_zone()),
        may_keep=viewer.may(Permission.KEEP_VOLUNTEERS),
        supervisors=supervisor_names() if viewer.may(Permission.KEEP_VOLUNTEERS) else {},
        names=team_members([one.supervisor_id for one in rows if one.supervisor_id]),
    )


@bp.post("/volunteers/search")
@allow(Permission.SEE_VOLUNTEERS)
def search() -> Response:
    """Find volunteers by part of a name, phone, e-mail or number; what was typed stays out of the address."""
    typed = request.form.get("text", "").strip()[:100]
    found = search_volunteers(typed, current_viewer()) if typed else []
    return page("volunteers/search.html", typed=typed, found=found)


def _wanted(asked: Mapping[str, str]) -> Wanted:
    chosen, supervisor = asked.get("status", ""), asked.get("supervisor", "")
    return Wanted(
        status=S(chosen) if chosen in set(S) else None,
        site_id=_uuid(asked.get("site")),
        supervisor_id=_uuid(supervisor),
        nobody_supervises=supervisor == "nobody",
        everybody=chosen == "all",
    )


def _uuid(typed: str | None) -> uuid.UUID | None:
    try:
        return uuid.UUID(typed or "")
    except ValueError:
        return None
