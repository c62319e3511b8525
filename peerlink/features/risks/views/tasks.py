"""What there is to do: each task done with one tap, a referral taken step by step."""

import datetime as dt
import uuid

from flask import url_for
from werkzeug import Response

from peerlink import clock
from peerlink.errors import Refused
from peerlink.features.programmes.queries import programme_zone
from peerlink.features.risks import tasks
from peerlink.features.risks.forms import BackForm, StepForm
from peerlink.features.risks.task_list import get_task, lately_done, open_tasks
from peerlink.features.risks.views.parts import bp, tasks_shown
from peerlink.framework.care_words import CourseStep
from peerlink.roles import Permission
from peerlink.web.guard import allow
from peerlink.web.page import page, say, see_other
from peerlink.web.viewer import current_viewer
from peerlink.words import _

LATELY = dt.timedelta(days=14)


@bp.get("/tasks")
@allow(Permission.ACT_ON_FLAGS)
def my_tasks() -> Response:
    """List what there is to do, the earliest due first, and what was done lately."""
    looking = current_viewer()
    done = lately_done(looking, clock.now() - LATELY)
    return page(
        "risks/tasks.html",
        tasks=tasks_shown(open_tasks(looking), looking),
        done=tasks_shown(done, looking),
        today=clock.today(programme_zone()),
        undone_from=clock.now() - tasks.UNDONE_WITHIN,
    )


@bp.post("/tasks/<uuid:task_id>/done")
@allow(Permission.ACT_ON_FLAGS)
def task_done(task_id: uuid.UUID) -> Response:
    """Say that something is done."""
    looking = current_viewer()
    task = get_task(task_id, looking)
    tasks.finish(task, by=looking.account_id)
    say(_("Done."), undo=url_for(".task_open", task_id=task.id))
    return _back()


@bp.post("/tasks/<uuid:task_id>/open")
@allow(Permission.ACT_ON_FLAGS)
def task_open(task_id: uuid.UUID) -> Response:
    """Say that something is still to be done."""
    looking = current_viewer()
    tasks.reopen(get_task(task_id, looking), looking)
    say(_("It is on the list again."))
    return _back()


@bp.post("/tasks/<uuid:task_id>/step")
@allow(Permission.ACT_ON_FLAGS)
def task_step(task_id: uuid.UUID) -> Response:
    """Say what came of an offer of talks with a psychologist."""
    looking, form = current_viewer(), StepForm()
    task = get_task(task_id, looking)
    if not form.validate():
        raise Refused(_("Choose what came of it."))
    tasks.move_on(task, CourseStep(form.to.data), by=looking.account_id)
    undo = url_for(".task_open", task_id=task.id) if task.done_at is not None else None
    say(_("Written down."), undo=undo)
    return _back()


def _back() -> Response:
    form = BackForm()
    to_care = form.back.data == "care" and current_viewer().may(Permission.CARE)
    return see_other(url_for(".care" if to_care else ".my_tasks"))
