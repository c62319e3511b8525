"""Pages that list and find participants."""

import datetime as dt
import uuid
from collections.abc import Mapping

from flask import request
from werkzeug import Response

from peerlink.features.participants.queries import (
    Wanted,
    participant_counts,
    participant_page,
    search_participants,
)
from peerlink.features.participants.views.parts import S, bp, number, sites_of, today
from peerlink.roles import Permission
from peerlink.store.sealing import intact
from peerlink.web.guard import allow
from peerlink.web.page import page
from peerlink.web.person_form import translated
from peerlink.web.viewer import current_viewer
from peerlink.words import N_

WAITS = {"14": N_("2 weeks or longer"), "28": N_("4 weeks or longer"), "56": N_("8 weeks or longer")}


@bp.get("/participants")
@allow(Permission.SEE_PARTICIPANTS)
def index() -> Response:
    """List the people supported: those who wait first, then the longest in their state."""
    viewer, asked = current_viewer(), request.args
    wanted = _wanted(asked)
    found = participant_page(viewer, wanted, number(asked.get("page")))
    rows, n_damaged = intact(found.rows)
    return page(
        "participants/index.html",
        found=found,
        rows=rows,
        n_damaged=n_damaged,
        counts=participant_counts(viewer),
        asked={name: value for name, value in asked.items() if name != "page"},
        wanted=wanted,
        sites=sites_of(viewer),
        statuses=tuple(S),
        waits=translated(WAITS),
    )


@bp.post("/participants/search")
@allow(Permission.SEE_PARTICIPANTS)
def search() -> Response:
    """Find people by part of a name, phone, e-mail or number; what was typed stays out of the address."""
    typed = request.form.get("text", "").strip()[:100]
    found = search_participants(typed, current_viewer()) if typed else []
    return page("participants/search.html", typed=typed, found=found, sites=sites_of(current_viewer()))


def _wanted(asked: Mapping[str, str]) -> Wanted:
    chosen, waits = asked.get("status", ""), asked.get("waits", "")
    return Wanted(
        status=S(chosen) if chosen in set(S) else None,
        site_id=_uuid(asked.get("site")),
        since_before=today() - dt.timedelta(days=int(waits)) if waits in WAITS else None,
        everybody=chosen == "all",
        newest_first=asked.get("order") == "newest",
    )


def _uuid(typed: str | None) -> uuid.UUID | None:
    try:
        return uuid.UUID(typed or "")
    except ValueError:
        return None
