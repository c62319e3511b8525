"""Somebody who served and has left, with nothing open any more."""

import datetime as dt
import uuid

from sqlalchemy import select

from peerlink.features.finance.models import Claim
from peerlink.features.incidents.models import Incident
from peerlink.features.matching.models import Match
from peerlink.features.volunteers import service as volunteers
from peerlink.features.volunteers.models import Volunteer
from peerlink.framework.incident_words import IncidentStatus
from peerlink.framework.money_words import ClaimStatus
from peerlink.framework.vocabularies import LeaveReason, MatchStatus, VolunteerStatus
from peerlink.store import gate
from peerlink.store.session import session, transaction


def let_leave(person: uuid.UUID, *, settled: bool = True) -> dt.date:
    """Let a volunteer leave today; return the day until which everything about them is kept."""
    with transaction(), gate.opened("a test lets somebody leave"):
        one = session.get_one(Volunteer, person)
        for match in session.scalars(select(Match).where(Match.volunteer_id == person)):
            match.status = MatchStatus.ENDED
            match.ended_on = one.status_since + dt.timedelta(days=399)
        if settled:
            settle(person)
        volunteers.step(one, VolunteerStatus.LEFT, by=None, reason=LeaveReason.MOVED)
        assert one.keep_until is not None
        return one.keep_until


def settle(person: uuid.UUID) -> None:
    """Close every claim of theirs and every incident."""
    for claim in session.scalars(select(Claim).where(Claim.volunteer_id == person)):
        claim.status = ClaimStatus.REJECTED
    for incident in session.scalars(select(Incident)):
        incident.status, incident.closed_on = IncidentStatus.CLOSED, incident.reported_on
