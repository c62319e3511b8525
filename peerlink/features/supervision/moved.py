"""Brings sessions written by an earlier version to the records of today."""

import datetime as dt
import uuid

from sqlalchemy import func, select

from peerlink import clock
from peerlink.features.programmes.queries import programme_zone
from peerlink.features.supervision.models import NOTE, AgreedAction, Supervision
from peerlink.store.sealing import MAIN, column_of
from peerlink.store.session import session


def part_notes() -> int:
    """Give notes a record, and what was agreed rows, of their own; return how many sessions it was about.

    Where a session had neither record, the migration left an empty one. What was agreed for a day that has
    passed is let go: nobody ticked such things off then.
    """
    today = clock.today(programme_zone())
    note = Supervision.__table__.c[column_of(NOTE)]
    earlier = session.scalars(select(Supervision).where(func.length(note) == 0)).all()
    for one in earlier:
        said = one.open_record(MAIN, watched=False)
        one.__dict__["_opened"][NOTE] = {}
        one.note = said.pop("note", None)
        for agreed in said.pop("agreed", None) or []:
            session.add(_agreed(one, agreed, today))
    session.flush()
    return len(earlier)


def _agreed(one: Supervision, agreed: dict[str, str], today: dt.date) -> AgreedAction:
    due_on = dt.date.fromisoformat(agreed["due_on"]) if agreed["due_on"] else None
    return AgreedAction(
        id=uuid.uuid4(),
        subject_id=one.volunteer_id,
        volunteer_id=one.volunteer_id,
        supervision_id=one.id,
        owner_id=one.supervisor_id,
        agreed_on=one.held_on,
        due_on=due_on,
        dropped_on=None if due_on is not None and due_on >= today else today,
        what=agreed["what"],
    )
