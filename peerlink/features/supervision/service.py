"""What can be done about looking after volunteers."""

import datetime as dt
import uuid
from dataclasses import dataclass

from peerlink import clock
from peerlink.errors import Refused
from peerlink.events import announce
from peerlink.features.programmes.queries import limits, programme_zone
from peerlink.features.supervision.events import SupervisionHeld, SupervisionScheduled, SupervisionStepped
from peerlink.features.supervision.models import Supervision
from peerlink.features.supervision.queries import last_held, scheduled_for
from peerlink.features.supervision.rules import HeldDraft, check_day_ahead, check_held, due_on
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.queries import SERVING, serving_volunteers
from peerlink.framework.people_words import SupervisionKind, SupervisionStatus
from peerlink.lifecycle import Kind, check_step
from peerlink.roles import Viewer
from peerlink.store import history, lookup
from peerlink.store.session import session
from peerlink.words import _

S = SupervisionStatus


@dataclass(frozen=True)
class Due:
    """Where one volunteer stands with their talks."""

    volunteer: Volunteer
    last_on: dt.date | None
    due_on: dt.date | None
    planned: Supervision | None


def schedule(
    volunteer: Volunteer,
    kind: SupervisionKind,
    on: dt.date,
    *,
    by: uuid.UUID | None,
    about_contact_id: uuid.UUID | None = None,
) -> Supervision:
    """Agree on a session; whoever plans it holds it."""
    check_day_ahead(on, _today())
    if volunteer.status not in (*SERVING, "training", "screening"):
        raise Refused(_("Only somebody who is with the programme has sessions."))
    supervision = _new(volunteer, kind, on, S.SCHEDULED, by, about_contact_id)
    announce(
        SupervisionScheduled(
            by=by, volunteer_id=volunteer.id, supervision_id=supervision.id, kind=supervision.kind
        )
    )
    return supervision


def record_held(
    volunteer: Volunteer,
    kind: SupervisionKind,
    draft: HeldDraft,
    *,
    by: uuid.UUID | None,
    about_contact_id: uuid.UUID | None = None,
) -> Supervision:
    """Write down a session that was not planned, such as a call made on a hard day."""
    check_held(draft, _today())
    supervision = _new(volunteer, kind, draft.held_on, S.HELD, by, about_contact_id)
    _write(supervision, draft)
    _tell_held(supervision, by)
    return supervision


def hold(supervision: Supervision, draft: HeldDraft, *, by: uuid.UUID | None) -> None:
    """Write down that a planned session took place."""
    check_step(Kind.SUPERVISION, supervision.status, S.HELD)
    check_held(draft, _today())
    history.move(supervision, S.HELD, kind=Kind.SUPERVISION, by=by, on=draft.held_on)
    _write(supervision, draft)
    _tell_held(supervision, by)


def miss(supervision: Supervision, *, by: uuid.UUID | None) -> None:
    """Write down that a planned session did not take place; the day stays the one it was due."""
    _step(supervision, S.MISSED, by)


def cancel(supervision: Supervision, *, by: uuid.UUID | None) -> None:
    """Call a planned session off."""
    _step(supervision, S.CANCELLED, by)


def due_list(viewer: Viewer) -> list[Due]:
    """Return where each of the viewer's volunteers stands with their talks, the longest overdue first."""
    volunteers = serving_volunteers(viewer)
    last = last_held([one.id for one in volunteers], SupervisionKind.ONE_TO_ONE)
    planned: dict[uuid.UUID, Supervision] = {}
    for one in scheduled_for(viewer):
        planned.setdefault(one.volunteer_id, one)
    in_force = limits()
    rows = [
        Due(
            one,
            last.get(one.id),
            due_on(one.joined_on, last.get(one.id), in_force),
            planned.get(one.id),
        )
        for one in volunteers
    ]
    return sorted(rows, key=lambda row: (row.due_on or dt.date.max, row.volunteer.id))


def _new(
    volunteer: Volunteer,
    kind: SupervisionKind,
    on: dt.date,
    status: SupervisionStatus,
    by: uuid.UUID | None,
    about_contact_id: uuid.UUID | None,
) -> Supervision:
    supervision = Supervision(
        id=uuid.uuid4(),
        subject_id=volunteer.id,
        volunteer_id=volunteer.id,
        supervisor_id=by,
        kind=kind,
        status=status,
        held_on=on,
        about_contact_id=about_contact_id,
    )
    session.add(supervision)
    session.flush()
    lookup.admit([supervision])
    history.begin(supervision, kind=Kind.SUPERVISION, by=by, on=on)
    return supervision


def _write(supervision: Supervision, draft: HeldDraft) -> None:
    supervision.held_on = draft.held_on
    supervision.minutes = draft.minutes
    supervision.themes = list(draft.themes)
    supervision.note = (draft.note or "").strip() or None
    supervision.agreed = [
        {"what": one.what, "due_on": one.due_on.isoformat() if one.due_on else ""} for one in draft.agreed
    ]


def _step(supervision: Supervision, to: SupervisionStatus, by: uuid.UUID | None) -> None:
    history.move(supervision, to, kind=Kind.SUPERVISION, by=by)
    _tell(supervision, to, by)


def _tell(supervision: Supervision, after: SupervisionStatus, by: uuid.UUID | None) -> None:
    of = supervision.volunteer_id
    announce(
        SupervisionStepped(
            by=by, volunteer_id=of, supervision_id=supervision.id, kind=supervision.kind, after=after
        )
    )


def _tell_held(supervision: Supervision, by: uuid.UUID | None) -> None:
    _tell(supervision, S.HELD, by)
    of = supervision.volunteer_id
    announce(SupervisionHeld(by=by, volunteer_id=of, supervision_id=supervision.id, kind=supervision.kind))


def _today() -> dt.date:
    return clock.today(programme_zone())
