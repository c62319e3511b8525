"""One volunteer's sessions: what was, what is planned."""

import datetime as dt
import uuid

from flask import url_for
from werkzeug import Response

from peerlink.features.supervision import service
from peerlink.features.supervision.forms import PlanForm
from peerlink.features.supervision.models import Supervision
from peerlink.features.supervision.queries import actions_of_sessions, supervisions_of
from peerlink.features.supervision.taking_back import is_written_by, may_be_taken_back
from peerlink.features.supervision.views.parts import bp, in_words, today
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.queries import get_looked_after, get_volunteer, looks_after
from peerlink.framework.people_words import SupervisionKind, SupervisionTheme
from peerlink.roles import Permission
from peerlink.web.guard import allow
from peerlink.web.page import page, say, see_other
from peerlink.web.person_tabs import tabs_of
from peerlink.web.viewer import current_viewer
from peerlink.words import _


@bp.get("/volunteers/<uuid:volunteer_id>/supervision")
@allow(Permission.SEE_VOLUNTEERS)
def sessions(volunteer_id: uuid.UUID) -> Response:
    """Show one volunteer's sessions; what was said in them is for who looks after them alone."""
    form = PlanForm(data={"on": today() + dt.timedelta(days=7)})
    return _sessions_page(get_volunteer(volunteer_id, current_viewer()), form)


@bp.post("/volunteers/<uuid:volunteer_id>/supervision")
@allow(Permission.CARE)
def schedule(volunteer_id: uuid.UUID) -> Response:
    """Agree on a session."""
    viewer, form = current_viewer(), PlanForm()
    volunteer = get_looked_after(volunteer_id, viewer)
    form.offer()
    if form.validate():
        with form.refusals_shown():
            planned = service.schedule(
                volunteer,
                SupervisionKind(form.kind.data),
                form.on.data,
                by=viewer.account_id,
                at=form.at.data,
                where=form.where.data,
            )
            say(_("Planned."), undo=url_for(".cancel", supervision_id=planned.id))
            return see_other(url_for(".sessions", volunteer_id=volunteer.id))
    return _sessions_page(volunteer, form, 422)


def _sessions_page(volunteer: Volunteer, form: PlanForm, status: int = 200) -> Response:
    form.offer()
    viewer = current_viewer()
    reads = looks_after(volunteer.id, viewer)
    found = supervisions_of(volunteer.id, viewer)
    return page(
        "supervision/sessions.html",
        status,
        one=volunteer,
        tabs=tabs_of("volunteer", volunteer.id),
        form=form,
        rows=rows_of(list(found)) if reads else [_bare(one) for one in found],
        may_care=reads,
        today=today(),
    )


def rows_of(sessions: list[Supervision]) -> list[dict[str, object]]:
    """Say sessions in words, for those who may read them."""
    agreed = actions_of_sessions([one.id for one in sessions], current_viewer())
    said = in_words([one for actions in agreed.values() for one in actions])
    return [
        _bare(one)
        | {
            "starts_at": one.starts_at,
            "where": one.where or "",
            "text": _text(one),
            "may_take_back": may_be_taken_back(one),
            "is_mine": is_written_by(one, current_viewer().account_id),
            "agreed": [(action, said[action.id]) for action in agreed.get(one.id, [])],
        }
        for one in sessions
    ]


def _text(one: Supervision) -> str:
    themes = ", ".join(_(SupervisionTheme(name).label) for name in one.themes or [])
    return " · ".join(filter(None, [themes, one.note]))


def _bare(one: Supervision) -> dict[str, object]:
    return {
        "id": one.id,
        "kind": _(one.kind.label),
        "status": one.status,
        "on": one.held_on,
        "minutes": one.minutes,
        "starts_at": None,
        "where": "",
        "text": "",
        "agreed": [],
        "may_take_back": False,
        "is_mine": False,
        "group_id": one.group_id if one.kind is SupervisionKind.GROUP else None,
        "meeting_id": one.group_id if one.kind is SupervisionKind.BUDDY else None,
    }
