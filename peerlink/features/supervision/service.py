"""What can be done about looking after volunteers."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import Select, select

from peerlink import clock
from peerlink.errors import Refused
from peerlink.events import announce
from peerlink.features.programmes.queries import limits, programme_zone
from peerlink.features.supervision.agreeing import agree
from peerlink.features.supervision.days import holder_on
from peerlink.features.supervision.events import (
    PointAdded,
    SupervisionHeld,
    SupervisionScheduled,
    SupervisionStepped,
)
from peerlink.features.supervision.models import Supervision
from peerlink.features.supervision.queries import (
    has_first_session,
    held_by,
    last_held,
    scheduled,
    scheduled_of,
    scheduled_of_everybody,
    supervisions_for,
)
from peerlink.features.supervision.rules import (
    HeldDraft,
    check_day_ahead,
    check_held,
    check_point,
    check_where,
    due_on,
    suggested_on,
)
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.queries import SERVING, met_by, serving_volunteers
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
    suggested_on: dt.date
    """The day the next one is best planned for."""


def schedule(
    volunteer: Volunteer,
    kind: SupervisionKind,
    on: dt.date,
    *,
    by: uuid.UUID | None,
    about_contact_id: uuid.UUID | None = None,
    at: dt.time | None = None,
    where: str | None = None,
) -> Supervision:
    """Agree on a session; whoever looks after the volunteer that day holds it.

    With an hour it stands in calendars as well.
    """
    check_day_ahead(on, _today())
    check_where(where)
    check_is_with_us(volunteer)
    supervision = new_session(volunteer, kind, on, S.SCHEDULED, by, about_contact_id=about_contact_id)
    supervision.supervisor_id = holder_on(volunteer, on, by)
    supervision.starts_at, supervision.where = moment_of(on, at), (where or "").strip() or None
    tell_scheduled(supervision, by)
    return supervision


def plan_next(volunteer: Volunteer, *, by: uuid.UUID | None) -> Supervision:
    """Plan the next talk for the day it is due; where one is planned already, that one stands."""
    # Two taps wait for each other.
    session.execute(select(Volunteer.id).where(Volunteer.id == volunteer.id).with_for_update())
    planned = scheduled_of(volunteer.id, SupervisionKind.ONE_TO_ONE)
    if planned is not None:
        return planned
    last = last_held([volunteer.id], SupervisionKind.ONE_TO_ONE).get(volunteer.id)
    on = suggested_on(due_on(volunteer.joined_on, last, limits()), _today())
    return schedule(volunteer, SupervisionKind.ONE_TO_ONE, on, by=by)


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
    supervision = new_session(volunteer, kind, draft.held_on, S.HELD, by, about_contact_id=about_contact_id)
    remember(supervision, by, is_new=True)
    _write(supervision, draft, by)
    tell_held(supervision, by)
    return supervision


def hold(supervision: Supervision, draft: HeldDraft, *, by: uuid.UUID | None) -> None:
    """Write down that a planned session took place."""
    check_step(Kind.SUPERVISION, supervision.status, S.HELD)
    check_held(draft, _today())
    remember(supervision, by)
    history.move(supervision, S.HELD, kind=Kind.SUPERVISION, by=by, on=draft.held_on)
    _write(supervision, draft, by)
    tell_held(supervision, by)


def miss(supervision: Supervision, *, by: uuid.UUID | None) -> None:
    """Write down that a planned session did not take place; the day stays the one it was due."""
    _step(supervision, S.MISSED, by)


def cancel(supervision: Supervision, *, by: uuid.UUID | None) -> None:
    """Call a planned session off."""
    _step(supervision, S.CANCELLED, by)


def add_point(supervision: Supervision, text: str, *, by: uuid.UUID | None) -> None:
    """Keep what a volunteer wants to talk about in a session to come; an empty text takes it out."""
    check_point(text)
    if supervision.status is not S.SCHEDULED:
        raise Refused(_("This session is over. Say it in the next one."))
    supervision.own_point = text.strip() or None
    of = supervision.volunteer_id
    announce(PointAdded(by=by, volunteer_id=of, supervision_id=supervision.id, kind=supervision.kind))


def check_first_booked(volunteer: Volunteer) -> None:
    """Refuse to let somebody begin before their first session stands; a return from a pause needs none."""
    if volunteer.status == "training" and not has_first_session(volunteer.id, volunteer.status_since):
        raise Refused(
            _("No first session is planned yet. Their supervisor plans one on the page “Sessions” first.")
        )


def check_is_with_us(volunteer: Volunteer) -> None:
    """Refuse to plan anything with somebody who has gone, or has not come yet."""
    if volunteer.status not in (*SERVING, "training", "screening"):
        raise Refused(_("Only somebody who is with the programme has sessions."))


def call_off_all(volunteer_id: uuid.UUID, *, by: uuid.UUID | None) -> None:
    """Call off whatever is planned with somebody who is no longer with the programme."""
    for one in scheduled_of_everybody([volunteer_id]):
        cancel(one, by=by)


def due_list(viewer: Viewer) -> list[Due]:
    """Return where everybody a supervisor looks after stands with their talks, the longest overdue first."""
    return _due(met_by(viewer), held_by(viewer))


def due_list_of_all(viewer: Viewer) -> list[Due]:
    """Return the same for everybody the viewer may see."""
    return _due(serving_volunteers(viewer), supervisions_for(viewer))


def _due(volunteers: Sequence[Volunteer], sessions: Select[Supervision]) -> list[Due]:
    last = last_held([one.id for one in volunteers], SupervisionKind.ONE_TO_ONE)
    planned: dict[uuid.UUID, Supervision] = {}
    for one in scheduled(sessions):
        if one.kind is SupervisionKind.ONE_TO_ONE:
            planned.setdefault(one.volunteer_id, one)
    in_force, today = limits(), _today()
    rows = []
    for who in volunteers:
        due = due_on(who.joined_on, last.get(who.id), in_force) if who.status in SERVING else None
        rows.append(Due(who, last.get(who.id), due, planned.get(who.id), suggested_on(due, today)))
    return sorted(rows, key=lambda row: (row.due_on or dt.date.max, row.volunteer.id))


def new_session(
    volunteer: Volunteer,
    kind: SupervisionKind,
    on: dt.date,
    status: SupervisionStatus,
    by: uuid.UUID | None,
    *,
    about_contact_id: uuid.UUID | None = None,
    group_id: uuid.UUID | None = None,
) -> Supervision:
    """Keep one session of one volunteer, in the state it begins with."""
    supervision = Supervision(
        id=uuid.uuid4(),
        subject_id=volunteer.id,
        volunteer_id=volunteer.id,
        supervisor_id=by,
        kind=kind,
        status=status,
        held_on=on,
        about_contact_id=about_contact_id,
        group_id=group_id,
    )
    session.add(supervision)
    session.flush()
    lookup.admit([supervision])
    history.begin(supervision, kind=Kind.SUPERVISION, by=by, on=on)
    return supervision


def moment_of(on: dt.date, at: dt.time | None) -> dt.datetime | None:
    """Return the moment an hour of a day is in the programme; None where no hour was said."""
    if at is None:
        return None
    return dt.datetime.combine(on, at, ZoneInfo(programme_zone())).astimezone(dt.UTC)


def remember(supervision: Supervision, by: uuid.UUID | None, *, is_new: bool = False) -> None:
    """Keep with a session what its next step has to put back when it is taken back."""
    begins = supervision.starts_at
    supervision.before = {
        "at": clock.now().isoformat(),
        "by": by.hex if by else None,
        "is_new": is_new,
        "held_on": supervision.held_on.isoformat(),
        "starts_at": begins.isoformat() if begins else None,
    }


def _write(supervision: Supervision, draft: HeldDraft, by: uuid.UUID | None) -> None:
    if supervision.held_on != draft.held_on:
        supervision.starts_at = None
    supervision.held_on = draft.held_on
    supervision.minutes = draft.minutes
    supervision.themes = list(draft.themes)
    supervision.note = (draft.note or "").strip() or None
    agree(supervision, draft.agreed, by=by)


def _step(supervision: Supervision, to: SupervisionStatus, by: uuid.UUID | None) -> None:
    check_step(Kind.SUPERVISION, supervision.status, to)
    remember(supervision, by)
    history.move(supervision, to, kind=Kind.SUPERVISION, by=by)
    _tell(supervision, to, by)


def _tell(supervision: Supervision, after: SupervisionStatus, by: uuid.UUID | None) -> None:
    announce(
        SupervisionStepped(
            by=by,
            volunteer_id=supervision.volunteer_id,
            supervision_id=supervision.id,
            kind=supervision.kind,
            after=after,
            written_at=clock.now(),
        )
    )


def tell_scheduled(supervision: Supervision, by: uuid.UUID | None) -> None:
    """Tell whoever listens that a session was planned."""
    of = supervision.volunteer_id
    announce(
        SupervisionScheduled(by=by, volunteer_id=of, supervision_id=supervision.id, kind=supervision.kind)
    )


def tell_held(supervision: Supervision, by: uuid.UUID | None) -> None:
    """Tell whoever listens that somebody was looked after."""
    _tell(supervision, S.HELD, by)
    of = supervision.volunteer_id
    announce(SupervisionHeld(by=by, volunteer_id=of, supervision_id=supervision.id, kind=supervision.kind))


def _today() -> dt.date:
    return clock.today(programme_zone())
