"""Asks for what has not been known of a volunteer for so long that getting it is a task (A17)."""

import datetime as dt
import uuid
from collections.abc import Iterable

from sqlalchemy import select

from peerlink import clock
from peerlink.features.indicators.facts import VolunteerFacts
from peerlink.features.programmes.queries import limits
from peerlink.features.risks import tasks
from peerlink.features.risks.actions import DUE_IN, MISSING_DATA
from peerlink.features.risks.judging import Judged
from peerlink.features.risks.models import Task
from peerlink.features.risks.rulebook import Subject
from peerlink.features.risks.unknown import is_task, tells_supervisors
from peerlink.framework.levels import Level
from peerlink.framework.parameters import Limits
from peerlink.roles import Role
from peerlink.store.lookup import many


def ask_for_the_missing(judged: Iterable[Judged], on: dt.date) -> None:
    """Open one task for each of whom a rule cannot say that all is well; it closes once the rule can.

    Whoever says that it is done has got the facts or written down why not: they are left in peace for as long
    as it took to ask. Somebody no check-in was sent to yet is asked by one first, not by a person.
    """
    in_force = limits()
    lasting = _lasting(judged, in_force)
    peace = clock.now() - dt.timedelta(days=in_force.whole("window.unknown_task_after_days"))
    spared = set()
    for task in many(select(Task).where(Task.code == MISSING_DATA, Task.flag_id.is_(None))):
        if task.done_at is None and task.about_id not in lasting:
            tasks.finish(task, by=None)
        elif task.done_at is None or (task.done_by is not None and task.done_at > peace):
            spared.add(task.about_id)
    for who in sorted(lasting - spared):
        tasks.give(
            MISSING_DATA,
            on + dt.timedelta(days=DUE_IN[Level.UNKNOWN]),
            subject=Subject.VOLUNTEER,
            about_id=who,
            by=None,
            owner_role=Role.SUPERVISOR,
        )


def _lasting(judged: Iterable[Judged], in_force: Limits) -> set[uuid.UUID]:
    told = tells_supervisors()
    return {
        one.about_id
        for one in judged
        if one.level is Level.UNKNOWN
        and one.rule.id in told
        and isinstance(one.facts, VolunteerFacts)
        and one.facts.checkins
        and is_task(one.facts, in_force)
    }
