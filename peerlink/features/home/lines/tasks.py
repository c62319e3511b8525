"""Calls that volunteers asked for, and what else there is to do about flags."""

import datetime as dt
from collections.abc import Iterator

from peerlink.features.home.desk import Line
from peerlink.features.risks.models import Task
from peerlink.features.risks.queries import volunteers_in
from peerlink.features.risks.task_list import CALLS, open_tasks
from peerlink.framework.care_words import Way
from peerlink.framework.levels import Level
from peerlink.roles import Permission, Viewer
from peerlink.words import _

SOON = dt.timedelta(days=7)


def lines(viewer: Viewer, today: dt.date) -> Iterator[Line]:
    """Say who asked for a call, and which tasks are due today, late or soon."""
    if not viewer.may(Permission.ACT_ON_FLAGS):
        return
    tasks = open_tasks(viewer)
    yield from _calls(viewer, [one for one in tasks if one.way in CALLS])
    others = [one for one in tasks if one.way not in CALLS]
    due = [one for one in others if one.due_on <= today]
    soon = [one for one in others if today < one.due_on <= today + SOON]
    if due:
        text = _("Tasks due today or late: %(n)d", n=len(due))
        yield Line(text, "risks.my_tasks", "clock", "watch", _("Due"))
    if soon:
        yield Line(_("Tasks due in the next 7 days: %(n)d", n=len(soon)), "risks.my_tasks", "clock")


def _calls(viewer: Viewer, tasks: list[Task]) -> Iterator[Line]:
    cares = viewer.may(Permission.CARE)
    endpoint = "risks.care" if cares else "risks.my_tasks"
    names = volunteers_in(tasks) if cares else {}
    for way, level, text in (
        (Way.CALL_TODAY, Level.CRITICAL, _("Asked for a call today: %(n)d")),
        (Way.CALL_WEEK, Level.WATCH, _("Asked for a call this week: %(n)d")),
    ):
        these = [one for one in tasks if one.way is way]
        if these:
            more = ", ".join(sorted({names[one.about_id].called for one in these if one.about_id in names}))
            yield Line(text % {"n": len(these)}, endpoint, "call", level.value, _("Call"), more)
