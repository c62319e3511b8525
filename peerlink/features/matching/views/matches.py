"""Matches that walk, rest or have ended, and what a volunteer hands over."""

import uuid
from typing import Any

from flask import request, url_for
from werkzeug import Response

from peerlink.features.matching import service
from peerlink.features.matching.forms import EndForm, PauseForm
from peerlink.features.matching.models import Match
from peerlink.features.matching.queries import (
    get_match,
    match_counts,
    match_page,
    matches_of_volunteer,
    n_proposals,
)
from peerlink.features.matching.views.parts import bp, names_of, today
from peerlink.features.volunteers.queries import get_volunteer
from peerlink.framework.reasons import EndingStep
from peerlink.framework.vocabularies import MatchStatus
from peerlink.roles import Permission
from peerlink.store import history
from peerlink.web.guard import allow
from peerlink.web.page import page, say, see_other
from peerlink.web.person_page import timeline_of
from peerlink.web.person_tabs import journey_of, tabs_of
from peerlink.web.viewer import current_viewer
from peerlink.words import _

ENDING = "end"
"""What the names of the ending's fields begin with: it stands beside the form for a rest."""


@bp.get("/matching/matches")
@allow(Permission.MATCH)
def matches() -> Response:
    """List the matches within reach: those that walk now, or those of one state."""
    viewer = current_viewer()
    named = request.args.get("status")
    status = MatchStatus(named) if named in set(MatchStatus) else None
    typed = request.args.get("page", "")
    found = match_page(viewer, status, int(typed) if typed.isdecimal() and len(typed) < 6 else 1)
    return page(
        "matching/matches.html",
        found=found,
        names=names_of(found.rows, viewer),
        wanted=status,
        statuses=tuple(MatchStatus),
        counts=match_counts(viewer),
    )


@bp.get("/matching/match/<uuid:match_id>")
@allow(Permission.MATCH)
def match(match_id: uuid.UUID) -> Response:
    """Show one match: how it stands, what happened, and what can be done."""
    return _show(get_match(match_id, current_viewer()), PauseForm(), EndForm(prefix=ENDING))


@bp.post("/matching/match/<uuid:match_id>/pause")
@allow(Permission.MATCH)
def pause(match_id: uuid.UUID) -> Response:
    """Let a match rest."""
    viewer, form = current_viewer(), PauseForm()
    found = get_match(match_id, viewer)
    if form.validate():
        with form.refusals_shown():
            service.pause_match(found, form.chosen(), by=viewer.account_id)
            say(_("The match rests."), undo=url_for(".resume", match_id=match_id))
            return see_other(url_for(".match", match_id=match_id))
    return _show(found, form, EndForm(formdata=None, prefix=ENDING), 422)


@bp.post("/matching/match/<uuid:match_id>/resume")
@allow(Permission.MATCH)
def resume(match_id: uuid.UUID) -> Response:
    """Go on after a rest."""
    service.resume_match(get_match(match_id, current_viewer()), by=current_viewer().account_id)
    say(_("The match goes on."))
    return see_other(url_for(".match", match_id=match_id))


@bp.post("/matching/match/<uuid:match_id>/cancel")
@allow(Permission.MATCH)
def cancel(match_id: uuid.UUID) -> Response:
    """Give up a match before its first contact."""
    service.cancel_match(get_match(match_id, current_viewer()), by=current_viewer().account_id)
    say(_("Given up. The person waits again."))
    return see_other(url_for(".match", match_id=match_id))


@bp.post("/matching/match/<uuid:match_id>/end")
@allow(Permission.MATCH)
def end(match_id: uuid.UUID) -> Response:
    """End a match."""
    viewer, form = current_viewer(), EndForm(prefix=ENDING)
    found = get_match(match_id, viewer)
    if form.validate():
        with form.refusals_shown():
            service.end_match(found, form.draft(), by=viewer.account_id)
            say(_("The match has ended."))
            return see_other(url_for(".match", match_id=match_id))
    return _show(found, PauseForm(formdata=None), form, 422)


@bp.get("/matching/leaving/<uuid:volunteer_id>")
@allow(Permission.MATCH)
def leaving(volunteer_id: uuid.UUID) -> Response:
    """Show who relies on a volunteer."""
    viewer = current_viewer()
    found = matches_of_volunteer(volunteer_id, viewer)
    return page(
        "matching/leaving.html",
        whom=get_volunteer(volunteer_id, viewer),
        tabs=tabs_of("volunteer", volunteer_id),
        rows=found,
        names=names_of(found, viewer),
        journey=journey_of("volunteer", "left", volunteer_id),
    )


def _show(found: Match, pausing: PauseForm, ending: EndForm, status: int = 200) -> Response:
    viewer = current_viewer()
    names = names_of([found], viewer)
    return page(
        "matching/match.html",
        status,
        one=found,
        who=names.who(found),
        whom=names.whom(found),
        history=timeline_of(history.history_of(found.id), MatchStatus),
        checklist=_checklist(found),
        pausing=pausing,
        ending=ending,
        today=today(),
        n_asked=n_proposals(viewer),
    )


def _checklist(found: Match) -> list[dict[str, Any]]:
    done = set(found.checklist or ())
    return [{"label": _(step.label), "done": step.value in done} for step in EndingStep]
