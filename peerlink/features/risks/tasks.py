"""Tasks: given, done with one tap, taken a step further, dropped."""

import datetime as dt
import uuid

from sqlalchemy import select

from peerlink import clock
from peerlink.errors import Refused
from peerlink.events import announce
from peerlink.features.programmes.queries import programme_zone
from peerlink.features.risks import events
from peerlink.features.risks.models import Task
from peerlink.features.risks.rulebook import Subject
from peerlink.framework.care_words import COURSE_DUE, COURSE_STEPS, FIRST_STEP, CourseStep, Way
from peerlink.roles import Role, Viewer
from peerlink.store import lookup
from peerlink.store.lookup import many
from peerlink.store.sealing import NOBODY
from peerlink.store.session import session
from peerlink.words import _

UNDONE_WITHIN = dt.timedelta(hours=24)


def give(
    code: str,
    due_on: dt.date,
    *,
    subject: Subject,
    about_id: uuid.UUID,
    by: uuid.UUID | None,
    way: Way | None = None,
    owner_id: uuid.UUID | None = None,
    owner_role: Role | None = None,
    flag_id: uuid.UUID | None = None,
    contact_id: uuid.UUID | None = None,
    made_id: uuid.UUID | None = None,
    tell: uuid.UUID | None = None,
) -> Task:
    """Give somebody, or whoever has a role, something to do by a day.

    `tell` is the account that is told although it is not theirs alone.
    """
    task = Task(
        id=uuid.uuid4(),
        subject_id=NOBODY if subject is Subject.PROGRAMME else about_id,
        flag_id=flag_id,
        subject_kind=subject,
        about_id=about_id,
        code=code,
        way=way,
        owner_id=owner_id,
        owner_role=owner_role,
        made_at=clock.now(),
        by=by,
        due_on=due_on,
        contact_id=contact_id,
        made_id=made_id,
        course=[_said(FIRST_STEP[code])] if code in FIRST_STEP else None,
    )
    session.add(task)
    session.flush()
    lookup.admit([task])
    urgent = way is Way.CALL_TODAY
    announce(
        events.TaskGiven(by=by, task_id=task.id, about_id=about_id, to=owner_id or tell, is_urgent=urgent)
    )
    return task


def finish(task: Task, *, by: uuid.UUID | None, talk_id: uuid.UUID | None = None) -> None:
    """Say that something is done, perhaps by a talk; what goes step by step is done by its last."""
    if task.done_at is not None:
        return
    if task.step is not None and COURSE_STEPS[task.step]:
        raise Refused(_("Say what came of it; that closes it."))
    task.done_with = talk_id
    _close(task, by)


def reopen(task: Task, viewer: Viewer) -> None:
    """Say that something is still to be done, within a day."""
    if task.done_at is None:
        return
    if task.done_by != viewer.account_id or clock.now() - task.done_at > UNDONE_WITHIN:
        raise Refused(_("This can be taken back for a day only."))
    if task.course and len(task.course) > 1:
        task.course = task.course[:-1]
    _open_again(task, viewer.account_id)


def reopen_after(talk_id: uuid.UUID, *, by: uuid.UUID | None) -> None:
    """Open again what a talk had done by itself that did not take place."""
    for task in many(select(Task).where(Task.done_with == talk_id, Task.done_at.is_not(None))):
        _open_again(task, by)
    session.flush()


def move_on(task: Task, to: CourseStep, *, by: uuid.UUID) -> None:
    """Take what goes step by step one further; the last one closes it."""
    if task.done_at is not None or task.step is None or to not in COURSE_STEPS[task.step]:
        raise Refused(_("This does not follow from where it stands."))
    task.course = [*(task.course or []), _said(to)]
    if COURSE_STEPS[to]:
        task.due_on = _today() + dt.timedelta(days=COURSE_DUE[to])
        announce(events.TaskMoved(by=by, task_id=task.id, about_id=task.about_id))
    else:
        _close(task, by)


def drop(task: Task, *, by: uuid.UUID | None) -> None:
    """Take a task away that is no longer to be done."""
    announce(events.TaskDropped(by=by, task_id=task.id, about_id=task.about_id))
    session.delete(task)
    session.flush()


def _close(task: Task, by: uuid.UUID | None) -> None:
    task.done_at, task.done_by = clock.now(), by
    announce(events.TaskDone(by=by, task_id=task.id, about_id=task.about_id))


def _open_again(task: Task, by: uuid.UUID | None) -> None:
    task.done_at = task.done_by = task.done_with = None
    announce(events.TaskReopened(by=by, task_id=task.id, about_id=task.about_id))


def _said(step: CourseStep) -> dict[str, str]:
    return {"step": step.value, "on": _today().isoformat()}


def _today() -> dt.date:
    return clock.today(programme_zone())
