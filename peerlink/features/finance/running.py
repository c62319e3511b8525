"""What the house looks up to write each month's stipends down; for its own work."""

import datetime as dt
import uuid
from collections.abc import Collection, Sequence

from sqlalchemy import or_, select

from peerlink.features.finance.models import Claim, StipendAgreement
from peerlink.features.volunteers.models import Volunteer
from peerlink.framework.money_words import ClaimKind
from peerlink.store.session import session


def stipends_written(volunteer_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, set[tuple[int, int]]]:
    """Return the months each of these volunteers has a stipend written for."""
    asked = select(Claim.volunteer_id, Claim.due_on).where(
        Claim.kind == ClaimKind.STIPEND, Claim.volunteer_id.in_(set(volunteer_ids)), Claim.due_on.is_not(None)
    )
    months: dict[uuid.UUID, set[tuple[int, int]]] = {one: set() for one in volunteer_ids}
    for volunteer_id, due_on in session.execute(asked):
        if due_on is not None:
            months[volunteer_id].add((due_on.year, due_on.month))
    return months


def agreements_running(day: dt.date) -> Sequence[tuple[StipendAgreement, Volunteer]]:
    """Return every agreement that counts on a day with its volunteer."""
    asked = (
        select(StipendAgreement, Volunteer)
        .join(Volunteer, Volunteer.id == StipendAgreement.volunteer_id)
        .where(
            or_(StipendAgreement.until_on.is_(None), StipendAgreement.until_on >= day),
        )
        .order_by(StipendAgreement.id)
    )
    return [(agreement, volunteer) for agreement, volunteer in session.execute(asked)]
