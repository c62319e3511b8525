"""Pages about looking after volunteers: who is due, what is planned, what was agreed."""

import datetime as dt
import uuid

from flask import Blueprint, url_for
from werkzeug import Response

from peerlink import clock
from peerlink.features.programmes.queries import programme_zone
from peerlink.features.supervision import service
from peerlink.features.supervision.forms import HeldForm, PlanForm
from peerlink.features.supervision.models import Supervision
from peerlink.features.supervision.queries import get_supervision, supervisions_of
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.queries import get_volunteer
from peerlink.framework.people_words import SupervisionKind, SupervisionTheme
from peerlink.roles import Permission
from peerlink.web.formatting import day
from peerlink.web.guard import allow
from peerlink.web.page import page, say, see_other
from peerlink.web.person_tabs import tabs_of
from peerlink.web.viewer import current_viewer
from peerlink.words import _

bp = Blueprint("supervision", __name__)


@bp.get("/supervision")
@allow(Permission.CARE)
def index() -> Response:
    """List whose talk is due, the longest overdue first."""
    return page("supervision/index.html", rows=service.due_list(current_viewer()), today=_today())


@bp.get("/volunteers/<uuid:volunteer_id>/supervision")
@allow(Permission.SEE_VOLUNTEERS)
def sessions(volunteer_id: uuid.UUID) -> Response:
    """Show one volunteer's sessions; what was said in them is for the supervisor alone."""
    form = PlanForm(data={"on": _today() + dt.timedelta(days=7)})
    return _sessions_page(get_volunteer(volunteer_id, current_viewer()), form)


@bp.post("/volunteers/<uuid:volunteer_id>/supervision")
@allow(Permission.CARE)
def schedule(volunteer_id: uuid.UUID) -> Response:
    """Agree on a session."""
    viewer, form = current_viewer(), PlanForm()
    volunteer = get_volunteer(volunteer_id, viewer)
    form.offer()
    if form.validate():
        with form.refusals_shown():
            kind = SupervisionKind(form.kind.data)
            planned = service.schedule(volunteer, kind, form.on.data, by=viewer.account_id)
            say(_("Planned."), undo=url_for(".cancel", supervision_id=planned.id))
            return see_other(url_for(".sessions", volunteer_id=volunteer.id))
    return _sessions_page(volunteer, form, 422)


@bp.get("/volunteers/<uuid:volunteer_id>/supervision/held")
@allow(Permission.CARE)
def unplanned(volunteer_id: uuid.UUID) -> Response:
    """Ask about a talk that was not planned."""
    volunteer = get_volunteer(volunteer_id, current_viewer())
    address = url_for(".record_unplanned", volunteer_id=volunteer.id)
    return _held_page(volunteer, address, HeldForm(data={"held_on": _today()}), PlanForm())


@bp.post("/volunteers/<uuid:volunteer_id>/supervision/held")
@allow(Permission.CARE)
def record_unplanned(volunteer_id: uuid.UUID) -> Response:
    """Write down a talk that was not planned."""
    viewer, form, kind = current_viewer(), HeldForm(), PlanForm()
    volunteer = get_volunteer(volunteer_id, viewer)
    form.offer()
    kind.offer()
    if form.validate() and kind.kind.validate(kind):
        with form.refusals_shown():
            which = SupervisionKind(kind.kind.data)
            service.record_held(volunteer, which, form.draft(), by=viewer.account_id)
            return _after_held(volunteer, which, form)
    address = url_for(".record_unplanned", volunteer_id=volunteer.id)
    return _held_page(volunteer, address, form, kind, 422)


@bp.get("/supervision/<uuid:supervision_id>/hold")
@allow(Permission.CARE)
def held(supervision_id: uuid.UUID) -> Response:
    """Ask how a planned session went."""
    supervision = _own(supervision_id)
    volunteer = get_volunteer(supervision.volunteer_id, current_viewer())
    form = HeldForm(data={"held_on": min(supervision.held_on, _today())})
    return _held_page(volunteer, url_for(".hold", supervision_id=supervision.id), form)


@bp.post("/supervision/<uuid:supervision_id>/hold")
@allow(Permission.CARE)
def hold(supervision_id: uuid.UUID) -> Response:
    """Write down that a planned session took place."""
    viewer, form = current_viewer(), HeldForm()
    supervision = _own(supervision_id)
    volunteer = get_volunteer(supervision.volunteer_id, viewer)
    form.offer()
    if form.validate():
        with form.refusals_shown():
            service.hold(supervision, form.draft(), by=viewer.account_id)
            return _after_held(volunteer, supervision.kind, form)
    return _held_page(volunteer, url_for(".hold", supervision_id=supervision.id), form, status=422)


@bp.post("/supervision/<uuid:supervision_id>/miss")
@allow(Permission.CARE)
def miss(supervision_id: uuid.UUID) -> Response:
    """Write down that a planned session did not take place."""
    supervision = _own(supervision_id)
    service.miss(supervision, by=current_viewer().account_id)
    say(_("Written down as missed. Plan the next one?"))
    return see_other(url_for(".sessions", volunteer_id=supervision.volunteer_id))


@bp.post("/supervision/<uuid:supervision_id>/cancel")
@allow(Permission.CARE)
def cancel(supervision_id: uuid.UUID) -> Response:
    """Call a planned session off."""
    supervision = _own(supervision_id)
    service.cancel(supervision, by=current_viewer().account_id)
    say(_("Called off."))
    return see_other(url_for(".sessions", volunteer_id=supervision.volunteer_id))


def _own(supervision_id: uuid.UUID) -> Supervision:
    return get_supervision(supervision_id, current_viewer())


def _after_held(volunteer: Volunteer, kind: SupervisionKind, form: HeldForm) -> Response:
    if form.next_on.data is not None:
        service.schedule(volunteer, kind, form.next_on.data, by=current_viewer().account_id)
    say(_("Written down."))
    return see_other(url_for(".sessions", volunteer_id=volunteer.id))


def _sessions_page(volunteer: Volunteer, form: PlanForm, status: int = 200) -> Response:
    form.offer()
    viewer = current_viewer()
    reads = "supervision" in viewer.opens()
    rows = [_row(one, reads=reads) for one in supervisions_of(volunteer.id, viewer)]
    return page(
        "supervision/sessions.html",
        status,
        one=volunteer,
        tabs=tabs_of("volunteer", volunteer.id),
        form=form,
        rows=rows,
        may_care=viewer.may(Permission.CARE),
        today=_today(),
    )


def _row(one: Supervision, *, reads: bool) -> dict[str, object]:
    row: dict[str, object] = {
        "id": one.id,
        "kind": _(one.kind.label),
        "status": one.status,
        "on": one.held_on,
        "minutes": one.minutes,
        "text": "",
    }
    if reads:
        themes = [_(SupervisionTheme(theme).label) for theme in one.themes or []]
        agreed = [
            _("%(what)s by %(day)s", what=each["what"], day=day(dt.date.fromisoformat(each["due_on"])))
            if each["due_on"]
            else each["what"]
            for each in one.agreed or []
        ]
        row["text"] = " · ".join(filter(None, [", ".join(themes), one.note, *agreed]))
    return row


def _held_page(
    volunteer: Volunteer, address: str, form: HeldForm, kind: PlanForm | None = None, status: int = 200
) -> Response:
    form.offer()
    if kind is not None:
        kind.offer()
    return page("supervision/held.html", status, one=volunteer, address=address, form=form, kind=kind)


def _today() -> dt.date:
    return clock.today(programme_zone())
