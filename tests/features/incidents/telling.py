"""How tests report incidents, and what is kept of them."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import select

from peerlink import clock
from peerlink.features.incidents import service
from peerlink.features.incidents.models import Incident
from peerlink.features.incidents.rules import ReportDraft
from peerlink.framework.incident_words import IncidentType
from peerlink.roles import Viewer
from peerlink.store import gate
from peerlink.store.session import session, transaction
from tests.support import cast

T = IncidentType
TODAY = clock.today("Europe/London")


def reported(
    kind: IncidentType = T.COMPLAINT, *, by: cast.Person | None = cast.AMINA, **said: Any
) -> uuid.UUID:
    """Report an incident and return its id."""
    with transaction(), gate.opened("a test reports an incident"):
        draft = ReportDraft(type=kind, what=said.pop("what", "The bag was left open."), **said)
        return service.report(draft, by=by.viewer.account_id if by else None).id


def the_one(incident_id: uuid.UUID) -> Incident:
    """Return an incident as it is kept; to be called within an opened gate."""
    return session.scalars(select(Incident).where(Incident.id == incident_id)).one()


def access_of(viewer: Viewer) -> gate.Access:
    """Return the reach of somebody looking, as a request gives it to them."""
    return gate.Access(viewer.account_id, viewer.opens(), {viewer.account_id})


def at(day: int, hour: int, minute: int = 0) -> dt.datetime:
    """Return a moment of August 2026 in London, where the 3rd is a Monday."""
    return dt.datetime(2026, 8, day, hour - 1, minute, tzinfo=dt.UTC)
