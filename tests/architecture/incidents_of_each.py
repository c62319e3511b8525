"""One incident on each side: about the volunteer's match, so that both duties see it."""

import uuid

from peerlink import clock
from peerlink.features.incidents.models import Incident
from peerlink.features.incidents.steps import write_step
from peerlink.framework.incident_words import IncidentStatus, IncidentType
from peerlink.store.session import session
from tests.support import cast

SIDES: dict[str, tuple[object, object]] = {"incident_id": (uuid.UUID(int=701), uuid.UUID(int=702))}
ABOUT = ((cast.AMINA_ID, cast.EFE_ID), (cast.BEN_ID, cast.FOLA_ID))


def tell(side: int) -> None:
    """Tell of one of each on one side."""
    volunteer_id, participant_id = ABOUT[side]
    incident = Incident(
        id=SIDES["incident_id"][side],
        subject_id=volunteer_id,
        type=IncidentType.SAFEGUARDING_ADULT,
        severity=4,
        status=IncidentStatus.REPORTED,
        reported_on=clock.today("Europe/London"),
        volunteer_id=volunteer_id,
        participant_id=participant_id,
        triage_due_at=clock.now(),
        told_stage=0,
        breach_stage=0,
        reported_at=clock.now(),
        what="Her brother takes the money she is given.",
    )
    session.add(incident)
    session.flush()
    write_step(incident, None, became=IncidentStatus.REPORTED)
