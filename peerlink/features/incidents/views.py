"""Pages about incidents: telling of one, what became of it, and handling it."""

import uuid

from flask import request, url_for
from flask.blueprints import Blueprint
from werkzeug import Response

from peerlink.errors import Refused
from peerlink.features.contacts.queries import get_contact
from peerlink.features.incidents import service
from peerlink.features.incidents.forms import (
    BreachForm,
    CloseForm,
    HandOverForm,
    NoteForm,
    ReportForm,
    TriageForm,
    WhomForm,
)
from peerlink.features.incidents.models import Incident
from peerlink.features.incidents.queries import (
    get_incident,
    handlers_of,
    listed,
    nameable_by,
    own_reports,
)
from peerlink.features.incidents.rules import ReportDraft
from peerlink.features.incidents.shown import is_late, see, see_all
from peerlink.features.programmes.queries import is_kept
from peerlink.framework.incident_words import BREACHES, DataKind, IncidentStatus, IncidentType
from peerlink.roles import Permission, Role
from peerlink.web.form import Form
from peerlink.web.formatting import day
from peerlink.web.guard import allow
from peerlink.web.page import page, say, see_other
from peerlink.web.viewer import current_viewer
from peerlink.words import _

bp = Blueprint("incidents", __name__)
FILTERS = ("open", "mine", "late", "closed")


@bp.get("/incidents/new")
@allow(Permission.REPORT_INCIDENT)
def new() -> Response:
    """Ask what happened."""
    form = ReportForm(formdata=None, data={name: request.args.get(name) for name in ("type", "about")})
    return _report_page(form)


@bp.post("/incidents/new")
@allow(Permission.REPORT_INCIDENT)
def report() -> Response:
    """Take a report in, under a name or without one."""
    looking, form = current_viewer(), ReportForm()
    form.offer(nameable_by(looking), looking)
    if form.validate():
        with form.refusals_shown():
            by, once = None if form.anonymous.data else looking.account_id, form.once()
            if not is_kept(Incident, once):
                service.report(form.draft(looking), by=by, incident_id=once)
            return see_other(url_for(".sent"))
    return _report_page(form, 422)


@bp.post("/contacts/<uuid:contact_id>/incident")
@allow(Permission.REPORT_INCIDENT)
def report_contact(contact_id: uuid.UUID) -> Response:
    """Report with one tap that somebody was threatened or hurt in a contact."""
    looking = current_viewer()
    contact = get_contact(contact_id, looking)
    draft = ReportDraft(
        type=IncidentType.VIOLENCE_OR_THREAT,
        what=_("Reported from the contact of %(day)s. More stands there.", day=day(contact.day)),
        happened_on=contact.day,
        participant_id=contact.participant_id,
        wants_contact=True,
    )
    service.report(draft, by=looking.account_id)
    return see_other(url_for(".sent"))


@bp.get("/incidents/sent")
@allow(Permission.REPORT_INCIDENT)
def sent() -> Response:
    """Say what happens with a report now; the same page whoever sent it, and whether with a name."""
    return page("incidents/sent.html", lean=_lean())


@bp.get("/incidents/mine")
@allow(Permission.REPORT_INCIDENT)
def mine() -> Response:
    """Show what the viewer reported under their name, and where each stands."""
    return page("incidents/mine.html", rows=own_reports(current_viewer()))


@bp.get("/incidents")
@allow(Permission.HANDLE_INCIDENTS)
def index() -> Response:
    """List the incidents the viewer may handle, the gravest first."""
    looking, asked = current_viewer(), request.args.get("show", "open")
    which = asked if asked in FILTERS else "open"
    rows = listed(looking, closed=which == "closed", mine=which == "mine")
    if which == "late":
        rows = [one for one in rows if is_late(one)]
    return page("incidents/index.html", rows=see_all(rows, looking), which=which, filters=FILTERS)


@bp.get("/incidents/<uuid:incident_id>")
@allow(Permission.HANDLE_INCIDENTS)
def show(incident_id: uuid.UUID) -> Response:
    """Show one incident: what happened, what was done, what comes next."""
    return _show_page(_own(incident_id))


@bp.get("/incidents/<uuid:incident_id>/print")
@allow(Permission.HANDLE_INCIDENTS)
def on_paper(incident_id: uuid.UUID) -> Response:
    """Show one incident as it is printed."""
    one = _own(incident_id)
    seen = see(one, current_viewer())
    return page("incidents/print.html", seen=seen, is_breach=one.type in BREACHES, kinds=_kinds(one))


@bp.post("/incidents/<uuid:incident_id>/triage")
@allow(Permission.HANDLE_INCIDENTS)
def triage(incident_id: uuid.UUID) -> Response:
    """Say what it is and how grave, having looked."""
    one, form = _own(incident_id), TriageForm()
    form.offer()
    if form.validate():
        with form.refusals_shown():
            service.triage(one, form.draft(), by=current_viewer().account_id)
            return _done(one, _("Written down: somebody looked."))
    return _show_page(one, form)


@bp.post("/incidents/<uuid:incident_id>/step/<to>")
@allow(Permission.HANDLE_INCIDENTS)
def step(incident_id: uuid.UUID, to: str) -> Response:
    """Take an incident one step on."""
    one, form = _own(incident_id), NoteForm()
    if to not in set(IncidentStatus):
        raise Refused(_("There is no such step."))
    if form.validate():
        with form.refusals_shown():
            service.step(one, IncidentStatus(to), by=current_viewer().account_id, note=form.note.data)
            return _done(one, _("Written down."))
    return _show_page(one, form)


@bp.post("/incidents/<uuid:incident_id>/close")
@allow(Permission.HANDLE_INCIDENTS)
def close(incident_id: uuid.UUID) -> Response:
    """Close an incident with what was learned."""
    one, form = _own(incident_id), CloseForm()
    if form.validate():
        with form.refusals_shown():
            service.close(one, str(form.learning.data), by=current_viewer().account_id)
            return _done(one, _("Closed."))
    return _show_page(one, form)


@bp.post("/incidents/<uuid:incident_id>/note")
@allow(Permission.HANDLE_INCIDENTS)
def note(incident_id: uuid.UUID) -> Response:
    """Write something down about an incident."""
    one, form = _own(incident_id), NoteForm()
    if form.validate():
        with form.refusals_shown():
            service.note(one, str(form.note.data or ""), by=current_viewer().account_id)
            return _done(one, _("Written down."))
    return _show_page(one, form)


@bp.post("/incidents/<uuid:incident_id>/breach")
@allow(Permission.HANDLE_INCIDENTS)
def breach(incident_id: uuid.UUID) -> Response:
    """Write down what got out, and who was told."""
    one, form = _own(incident_id), BreachForm()
    form.offer()
    if form.validate():
        with form.refusals_shown():
            service.write_breach(one, form.draft(), by=current_viewer().account_id)
            return _done(one, _("Written down."))
    return _show_page(one, form)


@bp.post("/incidents/<uuid:incident_id>/hand-over")
@allow(Permission.HANDLE_INCIDENTS)
def hand_over(incident_id: uuid.UUID) -> Response:
    """Let somebody else handle it."""
    one, form = _own(incident_id), HandOverForm()
    form.offer(handlers_of(one))
    if form.validate():
        with form.refusals_shown():
            service.hand_over(one, uuid.UUID(form.to.data), by=current_viewer().account_id)
            return _done(one, _("Handed over. They are told."))
    return _show_page(one, form)


@bp.post("/incidents/<uuid:incident_id>/whom")
@allow(Permission.HANDLE_INCIDENTS)
def name_whom(incident_id: uuid.UUID) -> Response:
    """Say whom it is about, so that they never see it."""
    looking = current_viewer()
    one, form = _own(incident_id), WhomForm()
    form.offer(nameable_by(looking))
    if form.validate():
        with form.refusals_shown():
            service.name_whom(one, **form.chosen(), by=looking.account_id)
            return _done(one, _("Written down. They do not see it."))
    return _show_page(one, form)


def _own(incident_id: uuid.UUID) -> Incident:
    return get_incident(incident_id, current_viewer())


def _done(one: Incident, text: str) -> Response:
    say(text)
    return see_other(url_for(".show", incident_id=one.id))


def _kinds(one: Incident) -> str:
    return ", ".join(_(DataKind(kind).label) for kind in one.data_kinds or ())


def _lean() -> bool:
    looking = current_viewer()
    return looking.is_a(Role.VOLUNTEER) and len(looking.roles) == 1


def _report_page(form: ReportForm, status: int = 200) -> Response:
    looking = current_viewer()
    form.offer(nameable_by(looking), looking)
    return page("incidents/new.html", status, form=form, lean=_lean())


def _show_page(one: Incident, refused: Form | None = None) -> Response:
    """Answer with an incident; a form that was refused stands there with what was typed."""
    looking = current_viewer()
    forms: dict[str, Form] = {
        "triage": TriageForm(formdata=None, data={"type": one.type.value, "severity": str(one.severity)}),
        "note": NoteForm(formdata=None),
        "close": CloseForm(formdata=None),
        "hand_over": HandOverForm(formdata=None, data={"to": one.handler_id.hex if one.handler_id else ""}),
        "whom": WhomForm(formdata=None),
        "breach": BreachForm(formdata=None, data=BreachForm.said(one)),
    }
    if refused is not None:
        forms[(request.endpoint or "").rpartition(".")[2].replace("name_whom", "whom")] = refused
    forms["triage"].offer()
    forms["breach"].offer()
    forms["hand_over"].offer(handlers_of(one))
    forms["whom"].offer(nameable_by(looking))
    return page(
        "incidents/show.html",
        422 if refused else 200,
        seen=see(one, looking),
        forms=forms,
        refused=refused,
        is_breach=one.type in BREACHES,
        kinds=_kinds(one),
        typed=refused.data.get("note") or "" if isinstance(refused, NoteForm) else "",
    )
