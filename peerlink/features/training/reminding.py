"""Reminds people, 60, 30 and 7 days before, that what they learned runs out."""

import datetime as dt
from typing import Any

from sqlalchemy import Select, func, or_, select

from peerlink.events import announce
from peerlink.features.programmes.queries import limits
from peerlink.features.training.events import TrainingRunsOut
from peerlink.features.training.models import Completion
from peerlink.features.training.queries import COUNTS
from peerlink.features.training.rules import due_mark
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.queries import SERVING
from peerlink.framework.validity import last_valid_day
from peerlink.store.session import session


def remind(today: dt.date) -> int:
    """Announce each reminder once; a night that was missed is made up for, by the nearest that is due.

    Only the latest completion of a module counts: who took it again hears nothing of the old one.
    """
    in_force = limits()
    marks = in_force.lines("training.remind_days")
    n = 0
    asked = _latest(today, max(marks))
    for completion_id, who, module, on, says, reminded_on in session.execute(asked):
        until = last_valid_day(module, on, says, in_force)
        days = due_mark(until, today, marks)
        if days is None or (reminded_on is not None and reminded_on >= until - dt.timedelta(days=days)):
            continue
        session.get_one(Completion, completion_id).reminded_on = today
        announce(TrainingRunsOut(by=None, volunteer_id=who, module=module, until=until, days=days))
        n += 1
    return n


def _latest(today: dt.date, days: float) -> Select[Any]:
    """Ask for the latest completion of each module that may run out within so many days, of who serves."""
    ranked = (
        select(
            Completion.id,
            Completion.volunteer_id,
            Completion.module,
            Completion.completed_on,
            Completion.valid_until,
            Completion.reminded_on,
            func.row_number()
            .over(
                partition_by=(Completion.volunteer_id, Completion.module),
                order_by=Completion.completed_on.desc(),
            )
            .label("age"),
        )
        .join(Volunteer, Volunteer.id == Completion.volunteer_id)
        .where(Volunteer.status.in_(SERVING), Completion.result.in_(COUNTS), Completion.completed_on <= today)
        .subquery()
    )
    ends = ranked.c.valid_until
    soon = or_(ends.is_(None), ends.between(today, today + dt.timedelta(days=days)))
    return select(*(one for one in ranked.c if one.key != "age")).where(ranked.c.age == 1, soon)
