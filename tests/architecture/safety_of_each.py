"""One call, one visit and one turn on duty on each side."""

import datetime as dt
import uuid

from peerlink import clock
from peerlink.features.safety.models import DutyTurn, LoneVisit, SafetyCall
from peerlink.framework.safety_words import DutyKind, SafetyCause, VisitPlace
from peerlink.store.session import session
from tests.support import cast

SIDES: dict[str, tuple[object, object]] = {
    "call_id": (uuid.UUID(int=711), uuid.UUID(int=712)),
    "visit_id": (uuid.UUID(int=721), uuid.UUID(int=722)),
    "turn_id": (uuid.UUID(int=731), uuid.UUID(int=732)),
}


def tell(side: int, volunteer: cast.Person, today: dt.date) -> None:
    """Tell of one of each on one side."""
    of, now = volunteer.viewer.person_id, clock.now()
    session.add_all(
        [
            SafetyCall(
                id=SIDES["call_id"][side],
                subject_id=of,
                volunteer_id=of,
                opened_at=now,
                due_at=now + dt.timedelta(hours=1),
                passed_stage=0,
                cause=SafetyCause.CONTACT_TODAY,
            ),
            LoneVisit(
                id=SIDES["visit_id"][side],
                subject_id=of,
                volunteer_id=of,
                place_id=cast.PLACE_ID,
                started_at=now - dt.timedelta(hours=1),
                due_back_at=now - dt.timedelta(minutes=31),
                where=VisitPlace.PLACE,
            ),
            DutyTurn(
                id=SIDES["turn_id"][side],
                account_id=cast.CHIPO.viewer.account_id,
                kind=DutyKind.COORDINATOR,
                from_on=today,
                until_on=today,
            ),
        ]
    )
