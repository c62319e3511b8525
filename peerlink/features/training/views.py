"""Pages about training: whose runs out, and what one volunteer has learned."""

import datetime as dt
import uuid

from flask import Blueprint, url_for
from werkzeug import Response

from peerlink import clock
from peerlink.features.programmes.queries import programme_zone
from peerlink.features.training import service
from peerlink.features.training.forms import CompletionForm
from peerlink.features.training.queries import completions_of, counting_until, mandatory_of, running_out
from peerlink.features.training.rules import MODULES, module_label
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.queries import get_volunteer
from peerlink.framework.support import areas_of
from peerlink.roles import Permission
from peerlink.web.guard import allow
from peerlink.web.page import page, say, see_other
from peerlink.web.person_tabs import tabs_of
from peerlink.web.viewer import current_viewer
from peerlink.words import _

bp = Blueprint("training", __name__)

AHEAD = dt.timedelta(days=60)


@bp.get("/training")
@allow(Permission.SEE_VOLUNTEERS)
def index() -> Response:
    """List whose mandatory training has run out, or does within sixty days."""
    today = clock.today(programme_zone())
    rows = [
        {"volunteer": volunteer, "module": module_label(module), "until": until, "gone": until < today}
        for volunteer, module, until in running_out(current_viewer(), today + AHEAD)
    ]
    return page("training/index.html", rows=rows)


@bp.get("/volunteers/<uuid:volunteer_id>/training")
@allow(Permission.SEE_VOLUNTEERS)
def register(volunteer_id: uuid.UUID) -> Response:
    """Show what one volunteer has learned, and until when it counts."""
    form = CompletionForm(data={"completed_on": clock.today(programme_zone()), "mandatory": True})
    return _register_page(get_volunteer(volunteer_id, current_viewer()), form)


@bp.post("/volunteers/<uuid:volunteer_id>/training")
@allow(Permission.KEEP_VOLUNTEERS)
def record(volunteer_id: uuid.UUID) -> Response:
    """Write down a module taken."""
    viewer, form = current_viewer(), CompletionForm()
    volunteer = get_volunteer(volunteer_id, viewer)
    form.offer()
    if form.validate():
        with form.refusals_shown():
            completion = service.record_completion(volunteer, form.draft(), by=viewer.account_id)
            undo = url_for(".take_back", volunteer_id=volunteer.id, completion_id=completion.id)
            say(_("Written down."), undo=undo)
            return see_other(url_for(".register", volunteer_id=volunteer.id))
    return _register_page(volunteer, form, 422)


@bp.post("/volunteers/<uuid:volunteer_id>/training/<uuid:completion_id>/take-back")
@allow(Permission.KEEP_VOLUNTEERS)
def take_back(volunteer_id: uuid.UUID, completion_id: uuid.UUID) -> Response:
    """Take out what was written down by mistake."""
    viewer = current_viewer()
    volunteer = get_volunteer(volunteer_id, viewer)
    service.take_back(volunteer, completion_id, by=viewer.account_id)
    say(_("Taken out."))
    return see_other(url_for(".register", volunteer_id=volunteer.id))


def _register_page(volunteer: Volunteer, form: CompletionForm, status: int = 200) -> Response:
    form.offer()
    viewer, today = current_viewer(), clock.today(programme_zone())
    valid = mandatory_of([volunteer.id])[volunteer.id]
    taken = completions_of(volunteer.id, viewer)
    until = counting_until(taken)
    rows = [
        {
            "id": one.id,
            "module": module_label(one.module),
            "on": one.completed_on,
            "until": until.get(one.id),
            "gone": one.id in until and until[one.id] < today,
            "result": _(one.result.label),
            "mandatory": one.mandatory,
            "areas": ", ".join(_(area.label) for area in areas_of(one.areas)),
        }
        for one in taken
    ]
    return page(
        "training/register.html",
        status,
        one=volunteer,
        tabs=tabs_of("volunteer", volunteer.id),
        form=form,
        rows=rows,
        not_yet=[_(label) for code, label in MODULES.items() if code not in valid],
        may_keep=viewer.may(Permission.KEEP_VOLUNTEERS),
    )
