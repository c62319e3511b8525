"""Writes down what is done about an incident; what was written is never touched."""

import uuid
from typing import Any

from peerlink import clock
from peerlink.features.incidents.models import Incident, IncidentStep
from peerlink.framework.incident_words import IncidentStatus
from peerlink.store.session import session


def write_step(
    incident: Incident,
    by: uuid.UUID | None,
    *,
    came_from: IncidentStatus | None = None,
    became: IncidentStatus | None = None,
    handler: uuid.UUID | None = None,
    note: str | None = None,
) -> None:
    """Add one thing done to an incident."""
    session.add(
        IncidentStep(
            subject_id=incident.subject_id,
            incident_id=incident.id,
            at=clock.now(),
            by=by.hex if by else None,
            came_from=came_from.value if came_from else None,
            became=became.value if became else None,
            handler=handler.hex if handler else None,
            note=(note or "").strip() or None,
        )
    )
    session.flush()


def facts_of(incident: Incident) -> dict[str, Any]:
    """Return what every event about an incident says."""
    return {
        "incident_id": incident.id,
        "volunteer_id": incident.volunteer_id,
        "participant_id": incident.participant_id,
    }
