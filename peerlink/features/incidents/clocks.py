"""Watches the clocks of incidents: word goes to the handler, then to a deputy, each stage once."""

import datetime as dt

from peerlink import clock
from peerlink.events import announce
from peerlink.features.incidents.events import IncidentOverdue
from peerlink.features.incidents.models import Incident
from peerlink.features.incidents.queries import Handler, handlers_of, running
from peerlink.features.incidents.rules import breach_stage, told_stage
from peerlink.features.incidents.steps import facts_of, write_step
from peerlink.features.programmes.queries import limits
from peerlink.framework.incident_words import DECIDED
from peerlink.roles import Role
from peerlink.words import _


def watch_clocks(_day: dt.date) -> int:
    """Tell the handler, then a deputy, of every clock that ran out; each stage once. Return how many.

    Where nobody could be told the stage stays open, until somebody can.
    """
    now, in_force, n_told = clock.now(), limits(), 0
    for incident in running():
        reached = told_stage(incident.status, incident.triage_due_at, now, in_force)
        if reached > incident.told_stage and (n := _tell(incident, f"not looked at {reached}", reached)):
            incident.told_stage, n_told = reached, n_told + n
        reached = breach_stage(
            kind=incident.type,
            status=incident.status,
            reported_at=incident.reported_at,
            decided=incident.regulator in DECIDED,
            now=now,
            limits=in_force,
        )
        if reached > incident.breach_stage and (n := _tell(incident, f"breach {reached}", reached)):
            incident.breach_stage, n_told = reached, n_told + n
    return n_told


def deputy_of(incident: Incident) -> Handler | None:
    """Return who stands in for the handler of an incident."""
    others = [one for one in handlers_of(incident) if one.account_id != incident.handler_id]
    return others[0] if others else None


def privacy_lead_of(incident: Incident) -> Handler | None:
    """Return the privacy lead who may handle an incident."""
    return next((one for one in handlers_of(incident) if Role.PRIVACY_LEAD in one.roles), None)


def _tell(incident: Incident, which: str, stage: int) -> int:
    told = {incident.handler_id}
    if which.startswith("breach") and (lead := privacy_lead_of(incident)):
        told.add(lead.account_id)
    if (stage > 1 or incident.handler_id is None) and (other := deputy_of(incident)):
        told.add(other.account_id)
    names = sorted(one for one in told if one is not None)
    for one in names:
        announce(IncidentOverdue(by=None, **facts_of(incident), told_id=one, clock=which))
    if names:
        write_step(incident, None, note=_("Word was sent: a clock ran out."))
    return len(names)
