"""What can be done about incidents."""

import datetime as dt
import uuid

from peerlink import clock
from peerlink.errors import Refused
from peerlink.events import announce
from peerlink.features.incidents.events import (
    IncidentHandedOver,
    IncidentNoted,
    IncidentReported,
    IncidentStepped,
)
from peerlink.features.incidents.models import Incident
from peerlink.features.incidents.queries import handlers_of
from peerlink.features.incidents.rules import (
    LONGEST,
    BreachDraft,
    Known,
    ReportDraft,
    TriageDraft,
    check_breach,
    check_may_close,
    check_report,
    check_severity,
    presses,
    severity_of,
    triage_due,
)
from peerlink.features.incidents.steps import facts_of, write_step
from peerlink.features.programmes.queries import programme_zone
from peerlink.framework.incident_words import BREACHES, DECIDED, IncidentStatus
from peerlink.lifecycle import Kind, check_step
from peerlink.store import gate, lookup
from peerlink.store.session import session
from peerlink.words import _

S = IncidentStatus


def report(draft: ReportDraft, *, by: uuid.UUID | None, incident_id: uuid.UUID | None = None) -> Incident:
    """Write an incident down and find somebody to handle it.

    `by` is None where the reporter stays unnamed, and where the house itself reports: then nothing that is
    kept, the trail included, leads to anybody.
    """
    if by is not None:
        return _report(draft, by, incident_id)
    with gate.unnamed("whoever reports this stays unnamed"):
        return _report(draft, None, incident_id)


def _report(draft: ReportDraft, by: uuid.UUID | None, incident_id: uuid.UUID | None) -> Incident:
    zone, now = programme_zone(), clock.now()
    check_report(draft, clock.today(zone))
    severity = severity_of(draft)
    incident = Incident(
        id=incident_id or uuid.uuid4(),
        subject_id=draft.volunteer_id or draft.participant_id,
        type=draft.type,
        severity=severity,
        status=S.REPORTED,
        reported_on=clock.today(zone),
        volunteer_id=draft.volunteer_id,
        participant_id=draft.participant_id,
        place_id=draft.place_id,
        about_account_id=draft.about_account_id,
        reporter_id=by,
        triage_due_at=triage_due(now, draft.type, severity, zone),
        told_stage=0,
        breach_stage=0,
        reported_at=now,
        happened_on=draft.happened_on,
        what=draft.what.strip(),
        whom=_or_none(draft.whom),
        harm=_or_none(draft.harm),
        wants_contact=(draft.wants_contact and by is not None) or None,
    )
    handlers = handlers_of(incident)
    incident.handler_id = handlers[0].account_id if handlers else None
    session.add(incident)
    session.flush()
    lookup.admit([incident])
    write_step(incident, by, became=S.REPORTED)
    announce(
        IncidentReported(
            by=by,
            **facts_of(incident),
            handler_id=incident.handler_id,
            pressing=presses(incident.type, incident.severity),
        )
    )
    return incident


def triage(incident: Incident, draft: TriageDraft, *, by: uuid.UUID) -> None:
    """Say what kind of incident it is and how grave, having looked."""
    check_severity(draft.severity)
    check_step(Kind.INCIDENT, incident.status, S.TRIAGED)
    incident.type, incident.severity = draft.type, draft.severity
    _go(incident, S.TRIAGED, by, draft.note)


def step(incident: Incident, to: IncidentStatus, *, by: uuid.UUID, note: str | None = None) -> None:
    """Take an incident on to being dealt with, or to being resolved."""
    if to in (S.TRIAGED, S.CLOSED):
        raise Refused(_("Say what you found first."))
    _go(incident, to, by, note)


def close(incident: Incident, learning: str, *, by: uuid.UUID) -> None:
    """Close an incident with what was learned; a breach only once people know of it, or why not."""
    check_step(Kind.INCIDENT, incident.status, S.CLOSED)
    check_may_close(
        Known(
            type=incident.type,
            learning=learning,
            informed_on=incident.informed_on,
            why_not_informed=incident.why_not_informed,
            cause=incident.cause,
            fix=incident.fix,
            decided=incident.regulator in DECIDED,
        )
    )
    incident.learning = learning.strip()
    incident.closed_on = _today()
    _go(incident, S.CLOSED, by, None)


def note(incident: Incident, text: str, *, by: uuid.UUID) -> None:
    """Write something down about an incident; nothing written before is touched."""
    if not text.strip():
        raise Refused(_("Write a sentence first."))
    if len(text) > LONGEST:
        raise Refused(_("Keep it below %(n)s letters.", n=LONGEST))
    write_step(incident, by, note=text)
    announce(IncidentNoted(by=by, **facts_of(incident)))


def add_note(incident_id: uuid.UUID, text: str) -> None:
    """Let the house itself add to an incident it reported."""
    incident = session.get(Incident, incident_id)
    if incident is not None and incident.status is not S.CLOSED:
        write_step(incident, None, note=text)
        announce(IncidentNoted(by=None, **facts_of(incident)))


def hand_over(incident: Incident, to: uuid.UUID, *, by: uuid.UUID) -> None:
    """Let somebody else handle an incident; nobody it is about (framework.md section 8, rule 17)."""
    if incident.status is S.CLOSED:
        raise Refused(_("This incident is closed."))
    if to not in {one.account_id for one in handlers_of(incident)}:
        raise Refused(_("Choose somebody from the list: nobody it is about handles it."))
    if to == incident.handler_id:
        return
    incident.handler_id = to
    write_step(incident, by, handler=to)
    announce(IncidentHandedOver(by=by, **facts_of(incident), handler_id=to))


def name_whom(
    incident: Incident,
    *,
    by: uuid.UUID,
    volunteer_id: uuid.UUID | None = None,
    about_account_id: uuid.UUID | None = None,
) -> None:
    """Say whom an incident is about, found out afterwards; whoever it is does not see it from then on."""
    incident.volunteer_id = volunteer_id or incident.volunteer_id
    incident.about_account_id = about_account_id or incident.about_account_id
    write_step(incident, by)
    if incident.handler_id not in {one.account_id for one in handlers_of(incident)}:
        _find_another(incident)
    announce(IncidentNoted(by=by, **facts_of(incident)))


def write_breach(incident: Incident, draft: BreachDraft, *, by: uuid.UUID) -> None:
    """Write down what got out, who was told, and what led to it."""
    if incident.type not in BREACHES:
        raise Refused(_("This is asked only where something private got out."))
    if incident.status is S.CLOSED:
        raise Refused(_("This incident is closed."))
    check_breach(draft, incident.reported_on, _today())
    incident.data_kinds = list(draft.data_kinds) or None
    incident.n_people = draft.n_people
    incident.informed_on = draft.informed_on
    incident.why_not_informed = _or_none(draft.why_not_informed)
    if draft.regulator is not incident.regulator:
        incident.decided_at = clock.now() if draft.regulator in DECIDED else None
    incident.regulator = draft.regulator
    incident.regulator_why = _or_none(draft.regulator_why)
    incident.cause, incident.fix = _or_none(draft.cause), _or_none(draft.fix)
    write_step(incident, by)
    announce(IncidentNoted(by=by, **facts_of(incident)))


def _find_another(incident: Incident) -> None:
    handlers = handlers_of(incident)
    incident.handler_id = handlers[0].account_id if handlers else None
    if incident.handler_id is not None:
        write_step(incident, None, handler=incident.handler_id)
        announce(IncidentHandedOver(by=None, **facts_of(incident), handler_id=incident.handler_id))


def _go(incident: Incident, to: IncidentStatus, by: uuid.UUID, text: str | None) -> None:
    check_step(Kind.INCIDENT, incident.status, to)
    before, incident.status = incident.status, to
    write_step(incident, by, came_from=before, became=to, note=text)
    announce(IncidentStepped(by=by, **facts_of(incident), after=to))


def _or_none(text: str | None) -> str | None:
    return (text or "").strip() or None


def _today() -> dt.date:
    return clock.today(programme_zone())
