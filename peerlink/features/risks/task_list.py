"""What can be asked about tasks, and by whom."""

import datetime as dt
import uuid
from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Select, and_, false, or_, select

from peerlink.features.accounts.models import Account, AccountState
from peerlink.features.participants.models import Participant
from peerlink.features.participants.queries import participants_for
from peerlink.features.risks.models import Task
from peerlink.features.risks.rulebook import Subject
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.queries import answers_read_by, looked_after_by
from peerlink.framework.care_words import Way
from peerlink.roles import Role, Viewer
from peerlink.store.lookup import get, many

AFTER_CONTACT = (Way.WORD, Way.CALL_TODAY, Way.CALL_WEEK)
"""Tasks a contact made by itself; a talk with the volunteer does them."""
CALLS = (Way.CALL_TODAY, Way.CALL_WEEK)


def tasks_for(viewer: Viewer) -> Select[Task]:
    """Return the tasks of this viewer: their own, and those free to be taken by their role.

    A supervisor's go to whoever reads that volunteer's answers, or covers; nobody has a task about themself.
    """
    reach = [Task.owner_id == viewer.account_id, _supervised(viewer), _free(viewer)]
    mine = or_(false(), *reach)
    if viewer.person_id is not None:
        mine = and_(mine, Task.about_id != viewer.person_id)
    return select(Task).where(mine)


def get_task(task_id: uuid.UUID, viewer: Viewer) -> Task:
    """Return one task of this viewer, held until this is kept."""
    asked = tasks_for(viewer).where(Task.id == task_id).with_for_update(of=Task)
    return get(asked.execution_options(populate_existing=True))


def open_tasks(viewer: Viewer) -> list[Task]:
    """Return what this viewer has still to do: calls asked for first, then the earliest due."""
    found = many(tasks_for(viewer).where(Task.done_at.is_(None)).order_by(Task.due_on, Task.id))
    return sorted(found, key=lambda one: one.way not in CALLS)


def lately_done(viewer: Viewer, since: dt.datetime) -> Sequence[Task]:
    """Return what this viewer has done since a moment, the latest first."""
    asked = tasks_for(viewer).where(Task.done_by == viewer.account_id, Task.done_at >= since)
    return many(asked.order_by(Task.done_at.desc(), Task.id))


def tasks_of_flags(flag_ids: Collection[uuid.UUID]) -> Sequence[Task]:
    """Return the tasks that came from flags within reach, the earliest due first."""
    return many(select(Task).where(Task.flag_id.in_(flag_ids)).order_by(Task.due_on, Task.id))


def tasks_about(about_id: uuid.UUID, ways: Collection[Way]) -> Sequence[Task]:
    """Return the open tasks about somebody that came in these ways; for the house's own work."""
    asked = select(Task).where(Task.about_id == about_id, Task.done_at.is_(None), Task.way.in_(ways))
    return many(asked.order_by(Task.due_on, Task.id))


def words_about(volunteer_id: uuid.UUID) -> Sequence[Task]:
    """Return every task after a heavy contact of a volunteer, done or not; for the house's own work."""
    return many(select(Task).where(Task.about_id == volunteer_id, Task.way == Way.WORD))


def calls_wanted(viewer: Viewer) -> Sequence[Task]:
    """Return the calls volunteers have asked this supervisor for, today's first, then the longest wait."""
    asked = tasks_for(viewer).where(Task.done_at.is_(None), Task.way.in_(CALLS))
    return sorted(many(asked), key=lambda one: (one.way is not Way.CALL_TODAY, one.made_at))


def _supervised(viewer: Viewer) -> ColumnElement[bool]:
    if not viewer.is_a(Role.SUPERVISOR):
        return false()
    after_contact = Task.way.in_(AFTER_CONTACT)
    read = Task.about_id.in_(select(Volunteer.id).where(answers_read_by(viewer)))
    looked_after = Task.about_id.in_(select(Volunteer.id).where(looked_after_by(viewer)))
    return and_(
        Task.owner_role == Role.SUPERVISOR, Task.subject_kind == Subject.VOLUNTEER,
        or_(read, and_(after_contact, looked_after)),
    )  # fmt: skip


def _free(viewer: Viewer) -> ColumnElement[bool]:
    gone = select(Account.id).where(Account.state == AccountState.CLOSED)
    nobodys = or_(Task.owner_id.is_(None), Task.owner_id.in_(gone))
    reach: list[ColumnElement[bool]] = []
    if viewer.is_a(Role.COORDINATOR):
        within = participants_for(viewer).with_only_columns(Participant.id)
        there = or_(Task.subject_kind != Subject.PARTICIPANT, Task.about_id.in_(within))
        reach.append(and_(Task.owner_role == Role.COORDINATOR, there))
    if viewer.is_a(Role.MANAGER):
        about_none = Task.subject_kind == Subject.PROGRAMME
        reach.append(and_(Task.owner_role == Role.MANAGER, about_none))
    return and_(nobodys, or_(false(), *reach))
