"""Pages for whoever looks after volunteers: asking a questionnaire, and the results they were shown."""

import uuid

from flask import url_for
from werkzeug import Response

from peerlink.errors import NotFound
from peerlink.features.questionnaires import service
from peerlink.features.questionnaires.queries import (
    Shown,
    active_questionnaires,
    get_active,
    get_shared,
    last_asked_of,
    loaded,
    reads_answers,
    shared_with,
    waiting_of,
)
from peerlink.features.questionnaires.views.parts import bp, level_words, lines_of, title_of
from peerlink.features.volunteers.queries import get_volunteer
from peerlink.roles import Permission
from peerlink.web.guard import allow
from peerlink.web.page import page, say, see_other
from peerlink.web.person_tabs import tabs_of
from peerlink.web.viewer import current_viewer
from peerlink.words import _


@bp.get("/shared-results")
@allow(Permission.CARE)
def shared() -> Response:
    """List the results people chose to show to the viewer."""
    rows = [_row(one) for one in shared_with(current_viewer())]
    return page("questionnaires/shared.html", rows=rows, levels=level_words())


@bp.get("/volunteers/<uuid:volunteer_id>/forms")
@allow(Permission.CARE)
def theirs(volunteer_id: uuid.UUID) -> Response:
    """Show what a volunteer lets the viewer see, and ask them something."""
    looking = current_viewer()
    volunteer = get_volunteer(volunteer_id, looking)
    reads = reads_answers(volunteer_id, looking)
    return page(
        "questionnaires/theirs.html",
        volunteer=volunteer,
        tabs=tabs_of("volunteer", volunteer_id),
        rows=[_row(one) for one in shared_with(looking, volunteer_id)],
        levels=level_words(),
        offered=active_questionnaires() if reads else [],
        asked_on=last_asked_of(volunteer_id) if reads else {},
        waits=waiting_of(volunteer_id) if reads else set(),
    )


@bp.post("/volunteers/<uuid:volunteer_id>/forms/<uuid:questionnaire_id>")
@allow(Permission.CARE)
def ask(volunteer_id: uuid.UUID, questionnaire_id: uuid.UUID) -> Response:
    """Ask a volunteer to answer a questionnaire."""
    looking = current_viewer()
    volunteer = get_volunteer(volunteer_id, looking)
    if not reads_answers(volunteer_id, looking):
        raise NotFound
    service.ask(volunteer.id, get_active(questionnaire_id), by=looking.account_id)
    say(_("Asked. Answering is their choice, and so is showing you what comes out."))
    return see_other(url_for(".theirs", volunteer_id=volunteer_id))


@bp.post("/shared-results/<uuid:response_id>/handled")
@allow(Permission.CARE)
def handled(response_id: uuid.UUID) -> Response:
    """Write down that a professional has it in hand."""
    looking = current_viewer()
    service.mark_handled(get_shared(response_id, looking), by=looking.account_id)
    say(_("Written down."), undo=url_for(".not_handled", response_id=response_id))
    return see_other(url_for(".shared"))


@bp.post("/shared-results/<uuid:response_id>/not-handled")
@allow(Permission.CARE)
def not_handled(response_id: uuid.UUID) -> Response:
    """Take back that a professional has it in hand."""
    looking = current_viewer()
    service.mark_handled(get_shared(response_id, looking), by=looking.account_id, handled=False)
    say(_("Taken back."))
    return see_other(url_for(".shared"))


def _row(one: Shown) -> dict[str, object]:
    return {
        "response": one.response,
        "title": title_of(one.questionnaire),
        "volunteer": one.volunteer,
        "lines": lines_of(loaded(one.questionnaire), one.results),
        "harm": bool(one.response.speaks_of_harm),
        "handled_on": one.response.handled_on,
        "asks": one.response.speaks_of_harm or any(result.level.is_positive for result in one.results),
    }
