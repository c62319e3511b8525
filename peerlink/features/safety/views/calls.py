"""Calls that must be taken: who needs one, since when, who has it; never the answers."""

import uuid

from flask import request, url_for
from werkzeug import Response

from peerlink.features.safety import service
from peerlink.features.safety.forms import CallCloseForm, ToForm
from peerlink.features.safety.models import SafetyCall
from peerlink.features.safety.queries import closed_calls, find_plan, get_call, open_calls, visits_out
from peerlink.features.safety.reaching import reached_by
from peerlink.features.safety.shown import call_rows, takers, trail_of, visit_rows
from peerlink.features.safety.views.parts import bp
from peerlink.roles import Permission
from peerlink.web.form import Form
from peerlink.web.guard import allow
from peerlink.web.page import page, say, see_other
from peerlink.web.viewer import current_viewer
from peerlink.words import _


@bp.get("/calls")
@allow(Permission.BE_ON_DUTY)
def calls() -> Response:
    """List who needs a call, the longest waiting first, and who is out on a visit."""
    looking, closed = current_viewer(), request.args.get("show") == "closed"
    rows = call_rows(closed_calls(looking) if closed else open_calls(looking), looking)
    out = [] if closed else visit_rows(visits_out(looking), looking)
    return page("safety/calls.html", rows=rows, closed=closed, out=out)


@bp.get("/calls/<uuid:call_id>")
@allow(Permission.BE_ON_DUTY)
def show_call(call_id: uuid.UUID) -> Response:
    """Show one call: who, since when, who has it, what comes next."""
    return _call_page(_reached(call_id))


@bp.post("/calls/<uuid:call_id>/take")
@allow(Permission.BE_ON_DUTY)
def take(call_id: uuid.UUID) -> Response:
    """Take a call on."""
    call = _reached(call_id)
    service.take(call, by=current_viewer().account_id)
    say(_("You have it."), undo=url_for(".give_back", call_id=call.id))
    return see_other(url_for(".show_call", call_id=call.id))


@bp.post("/calls/<uuid:call_id>/give-back")
@allow(Permission.BE_ON_DUTY)
def give_back(call_id: uuid.UUID) -> Response:
    """Give a call back that was taken on."""
    call = _reached(call_id)
    service.give_back(call, by=current_viewer().account_id)
    say(_("Given back. It passes on by itself again."))
    return see_other(url_for(".show_call", call_id=call.id))


@bp.post("/calls/<uuid:call_id>/hand-over")
@allow(Permission.BE_ON_DUTY)
def hand_call_over(call_id: uuid.UUID) -> Response:
    """Hand a call over with one tap."""
    call, form, looking = _reached(call_id), ToForm(), current_viewer()
    form.offer(takers(call, looking))
    if form.validate():
        with form.refusals_shown():
            service.hand_over(call, uuid.UUID(form.to.data), by=looking.account_id)
            say(_("Handed over. They are told at once."))
            return see_other(url_for(".calls"))
    return _call_page(call, form)


@bp.post("/calls/<uuid:call_id>/close")
@allow(Permission.BE_ON_DUTY)
def close_call(call_id: uuid.UUID) -> Response:
    """Close a call with what was done."""
    call, form = _reached(call_id), CallCloseForm()
    if form.validate():
        with form.refusals_shown():
            service.close_call(call, str(form.done.data), by=current_viewer().account_id)
            say(_("Closed."))
            return see_other(url_for(".calls"))
    return _call_page(call, form)


def _reached(call_id: uuid.UUID) -> SafetyCall:
    return get_call(call_id, current_viewer())


def _call_page(call: SafetyCall, refused: Form | None = None) -> Response:
    looking, plan = current_viewer(), find_plan()
    (row,) = call_rows([call], looking)
    return page(
        "safety/call.html",
        422 if refused is not None else 200,
        row=row,
        reaches=reached_by(call, looking),
        takers=takers(call, looking)[:6],
        done=trail_of(call),
        path=plan.path if plan else None,
        refused=refused,
        form=refused if isinstance(refused, CallCloseForm) else CallCloseForm(formdata=None),
    )
