"""A session prepared and written down: the agenda beside what is said."""

import uuid
from collections.abc import Callable

from flask import url_for
from werkzeug import Response

from peerlink.features.supervision import agreeing, service, taking_back
from peerlink.features.supervision.agenda import agenda_for
from peerlink.features.supervision.forms import HeldForm, PlanForm
from peerlink.features.supervision.models import Supervision
from peerlink.features.supervision.queries import get_action, get_to_hold, open_actions_of
from peerlink.features.supervision.rules import USUAL_MINUTES
from peerlink.features.supervision.views.parts import bp, in_words, today
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.queries import get_looked_after
from peerlink.framework.people_words import SupervisionKind
from peerlink.roles import Permission
from peerlink.web.guard import allow
from peerlink.web.page import page, say, see_other
from peerlink.web.viewer import current_viewer
from peerlink.words import _


@bp.get("/volunteers/<uuid:volunteer_id>/supervision/held")
@allow(Permission.CARE)
def unplanned(volunteer_id: uuid.UUID) -> Response:
    """Ask about a talk that was not planned."""
    volunteer = get_looked_after(volunteer_id, current_viewer())
    address = url_for(".record_unplanned", volunteer_id=volunteer.id)
    return _held_page(volunteer, address, HeldForm(data={"held_on": today()}), kind=PlanForm())


@bp.post("/volunteers/<uuid:volunteer_id>/supervision/held")
@allow(Permission.CARE)
def record_unplanned(volunteer_id: uuid.UUID) -> Response:
    """Write down a talk that was not planned."""
    viewer, form, kind = current_viewer(), HeldForm(), PlanForm()
    volunteer = get_looked_after(volunteer_id, viewer)
    _offer(form, volunteer)
    kind.offer()
    if form.validate() and kind.kind.validate(kind):
        with form.refusals_shown():
            which = SupervisionKind(kind.kind.data)

            def write() -> Supervision:
                return service.record_held(volunteer, which, form.draft(), by=viewer.account_id)

            return _written(volunteer, which, form, write)
    address = url_for(".record_unplanned", volunteer_id=volunteer.id)
    return _held_page(volunteer, address, form, kind=kind, status=422)


@bp.get("/supervision/<uuid:supervision_id>/hold")
@allow(Permission.CARE)
def held(supervision_id: uuid.UUID) -> Response:
    """Show the agenda of a planned session, and ask how it went."""
    supervision = get_to_hold(supervision_id, current_viewer())
    volunteer = get_looked_after(supervision.volunteer_id, current_viewer())
    form = HeldForm(
        data={"held_on": min(supervision.held_on, today()), "minutes": USUAL_MINUTES[supervision.kind]}
    )
    return _held_page(volunteer, url_for(".hold", supervision_id=supervision.id), form, supervision)


@bp.post("/supervision/<uuid:supervision_id>/hold")
@allow(Permission.CARE)
def hold(supervision_id: uuid.UUID) -> Response:
    """Write down that a planned session took place."""
    viewer, form = current_viewer(), HeldForm()
    supervision = get_to_hold(supervision_id, viewer)
    volunteer = get_looked_after(supervision.volunteer_id, viewer)
    _offer(form, volunteer)
    if form.validate():
        with form.refusals_shown():

            def write() -> Supervision:
                service.hold(supervision, form.draft(), by=viewer.account_id)
                return supervision

            return _written(volunteer, supervision.kind, form, write)
    address = url_for(".hold", supervision_id=supervision.id)
    return _held_page(volunteer, address, form, supervision, status=422)


@bp.post("/supervision/<uuid:supervision_id>/miss")
@allow(Permission.CARE)
def miss(supervision_id: uuid.UUID) -> Response:
    """Write down that a planned session did not take place."""
    viewer = current_viewer()
    supervision = get_to_hold(supervision_id, viewer)
    service.miss(supervision, by=viewer.account_id)
    undo = url_for(".take_back", supervision_id=supervision.id)
    say(_("Written down as missed. Plan the next one?"), undo=undo)
    return see_other(url_for(".sessions", volunteer_id=supervision.volunteer_id))


@bp.post("/supervision/<uuid:supervision_id>/cancel")
@allow(Permission.CARE)
def cancel(supervision_id: uuid.UUID) -> Response:
    """Call a planned session off."""
    viewer = current_viewer()
    supervision = get_to_hold(supervision_id, viewer)
    service.cancel(supervision, by=viewer.account_id)
    say(_("Called off."), undo=url_for(".take_back", supervision_id=supervision.id))
    return see_other(url_for(".sessions", volunteer_id=supervision.volunteer_id))


@bp.post("/supervision/<uuid:supervision_id>/take-back")
@allow(Permission.CARE)
def take_back(supervision_id: uuid.UUID) -> Response:
    """Take back within a day what was written about a session by mistake, with all it made."""
    viewer = current_viewer()
    supervision = get_to_hold(supervision_id, viewer)
    volunteer_id = supervision.volunteer_id
    taking_back.take_back(supervision, by=viewer.account_id)
    say(_("Taken back. Everything stands as before."))
    return see_other(url_for(".sessions", volunteer_id=volunteer_id))


def _offer(form: HeldForm, volunteer: Volunteer) -> None:
    waiting = open_actions_of(volunteer.id, current_viewer())
    form.offer(volunteer.given_name, in_words(waiting))


def _written(
    volunteer: Volunteer, kind: SupervisionKind, form: HeldForm, write: Callable[[], Supervision]
) -> Response:
    """Tick off what was agreed before, write the session down and plan the next."""
    viewer, done, planned = current_viewer(), form.done_ids(), None
    for action_id in done:
        agreeing.tick(get_action(action_id, viewer), viewer)
    held = write()
    if form.next_on.data is not None:
        planned = service.schedule(volunteer, kind, form.next_on.data, by=viewer.account_id)
    taking_back.goes_with(held, ticked=done, planned=planned)
    say(_("Written down."), undo=url_for(".take_back", supervision_id=held.id))
    return see_other(url_for(".sessions", volunteer_id=volunteer.id))


def _held_page(
    volunteer: Volunteer,
    address: str,
    form: HeldForm,
    planned: Supervision | None = None,
    *,
    kind: PlanForm | None = None,
    status: int = 200,
) -> Response:
    _offer(form, volunteer)
    if kind is not None:
        kind.offer()
    return page(
        "supervision/held.html",
        status,
        one=volunteer,
        address=address,
        form=form,
        kind=kind,
        planned=planned,
        agenda=agenda_for(volunteer, current_viewer(), today()),
        today=today(),
    )
