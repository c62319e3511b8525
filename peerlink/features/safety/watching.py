"""Watches, every minute: calls nobody took, and visits nobody came back from. Each stage is told once."""

import datetime as dt
import uuid

from peerlink import clock
from peerlink.events import announce
from peerlink.features.incidents.rules import ReportDraft
from peerlink.features.incidents.service import report
from peerlink.features.programmes.queries import limits
from peerlink.features.safety.events import CallNeeded, VisitLate
from peerlink.features.safety.models import LoneVisit
from peerlink.features.safety.queries import calls_not_taken, visits_running
from peerlink.features.safety.rules import late_stage, passed_stage
from peerlink.features.safety.whom import deputies, managers, told_beside, told_on_duty
from peerlink.framework.incident_words import IncidentType
from peerlink.store.session import session
from peerlink.words import _

PROMPTED, BUDDY, DUTY = 1, 2, 3


def watch_calls(_day: dt.date) -> int:
    """Pass every call nobody took on: to a deputy, then to the manager; return how many were passed on."""
    now, in_force, n_passed = clock.now(), limits(), 0
    for call in calls_not_taken():
        reached = passed_stage(call.due_at, call.acknowledged_at, now, in_force)
        while call.passed_stage < reached:
            call.passed_stage += 1
            told = deputies(call) if call.passed_stage == 1 else managers(call)
            stage = call.passed_stage
            announce(
                CallNeeded(by=None, call_id=call.id, person_id=call.subject_id, told=tuple(told), stage=stage)
            )
            n_passed += 1
    session.flush()
    return n_passed


def watch_visits(_day: dt.date) -> int:
    """Ask whoever is late, then tell the buddy, then whoever is on duty; return how many stages came."""
    now, in_force, n_told = clock.now(), limits(), 0
    for visit in visits_running():
        reached = late_stage(visit.due_back_at, now, in_force)
        if reached >= PROMPTED and visit.prompted_at is None:
            visit.prompted_at = now
            n_told += _tell(visit, PROMPTED, [visit.volunteer_id])
        if reached >= BUDDY and visit.buddy_told_at is None:
            visit.buddy_told_at = now
            n_told += _tell(visit, BUDDY, told_beside(visit.volunteer_id))
        if reached >= DUTY and visit.duty_told_at is None:
            visit.duty_told_at = now
            n_told += _tell(visit, DUTY, told_on_duty(visit.volunteer_id))
            _report(visit)
    session.flush()
    return n_told


def _tell(visit: LoneVisit, stage: int, told: list[uuid.UUID]) -> int:
    announce(
        VisitLate(
            by=None,
            visit_id=visit.id,
            volunteer_id=visit.volunteer_id,
            told=tuple(told),
            stage=stage,
            due=visit.due_back_at.isoformat(),
        )
    )
    return 1


def _report(visit: LoneVisit) -> None:
    if visit.incident_id is not None:
        return
    draft = ReportDraft(
        type=IncidentType.LONE_WORKING_NO_RETURN,
        what=_("Not back from a visit an hour after the time they said. Nobody has heard from them."),
        volunteer_id=visit.volunteer_id,
        place_id=visit.place_id,
    )
    visit.incident_id = report(draft, by=None).id
