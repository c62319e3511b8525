"""What the next days hold for whoever runs the programme: talks, training, days of the team."""

import datetime as dt
import uuid
from collections.abc import Iterator

from peerlink.features.home.desk import Coming
from peerlink.features.recognition.queries import events_to_come
from peerlink.features.supervision.models import Supervision
from peerlink.features.supervision.queries import held_by, scheduled
from peerlink.features.training.catalogue import module_names, name_in
from peerlink.features.training.queries import coming_sessions
from peerlink.features.volunteers.queries import looked_after
from peerlink.roles import Permission, Viewer
from peerlink.store.lookup import many
from peerlink.words import _

SOON = dt.timedelta(days=7)
AT_MOST = 6


def days_ahead(viewer: Viewer, today: dt.date) -> list[Coming]:
    """Return what the coming week holds for the viewer, the next first."""
    found = [*_talks(viewer, today), *_training(viewer, today), *_team(viewer, today)]
    return sorted(found, key=lambda one: one.on)[:AT_MOST]


def _talks(viewer: Viewer, today: dt.date) -> Iterator[Coming]:
    if not viewer.may(Permission.CARE):
        return
    soon = [one for one in scheduled(held_by(viewer)) if today <= one.held_on <= today + SOON]
    names = {one.id: one.called for one in many(looked_after(viewer))} if soon else {}
    meetings: dict[uuid.UUID, list[Supervision]] = {}
    for one in soon:
        meetings.setdefault(one.group_id or one.id, []).append(one)
    for those in meetings.values():
        who = [names[one.volunteer_id] for one in those if one.volunteer_id in names]
        more = who[0] if len(who) == 1 else _("Volunteers: %(n)d", n=len(who))
        yield Coming(those[0].held_on, _(those[0].kind.label), "supervision.index", "care", more)


def _training(viewer: Viewer, today: dt.date) -> Iterator[Coming]:
    if not viewer.may(Permission.HOLD_TRAINING):
        return
    names = module_names()
    for one in coming_sessions(today):
        if one.on <= today + SOON:
            taught = ", ".join(name_in(names, code) for code in one.modules)
            asked = {"session_id": one.id}
            yield Coming(one.on, taught, "training.show_session", "training", _("Training"), asked)


def _team(viewer: Viewer, today: dt.date) -> Iterator[Coming]:
    if not viewer.may(Permission.THANK):
        return
    for one in events_to_come(viewer, today):
        if one.day <= today + SOON:
            yield Coming(one.day, one.title, "recognition.event", "group", _("Team"), {"event_id": one.id})
