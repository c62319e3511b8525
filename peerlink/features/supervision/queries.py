"""What can be asked about supervision, and by whom."""

import datetime as dt
import uuid
from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select

from peerlink.features.accounts.queries import team_members
from peerlink.features.supervision.models import AgreedAction, Supervision
from peerlink.features.volunteers.models import Cover, Volunteer
from peerlink.features.volunteers.queries import get_volunteer, looked_after, looked_after_by, volunteers_for
from peerlink.framework.vocabularies import SupervisionKind, SupervisionStatus
from peerlink.roles import Role, Viewer
from peerlink.store.lookup import get, many
from peerlink.store.session import session
from peerlink.words import _

S = SupervisionStatus


def supervisions_for(viewer: Viewer) -> Select[Supervision]:
    """Return the sessions of the volunteers this viewer may see."""
    reach = volunteers_for(viewer).with_only_columns(Volunteer.id)
    return select(Supervision).where(Supervision.volunteer_id.in_(reach))


def get_supervision(supervision_id: uuid.UUID, viewer: Viewer) -> Supervision:
    """Return one session; raises NotFound where there is none, or none for this viewer."""
    return get(supervisions_for(viewer).where(Supervision.id == supervision_id))


def held_by(viewer: Viewer) -> Select[Supervision]:
    """Return the sessions this supervisor may plan, hold and read: those of whom they look after today."""
    reach = looked_after(viewer).with_only_columns(Volunteer.id)
    return select(Supervision).where(Supervision.volunteer_id.in_(reach))


def get_to_hold(supervision_id: uuid.UUID, viewer: Viewer) -> Supervision:
    """Return one session this supervisor may hold, and keep others from doing so at the same time."""
    asked = held_by(viewer).where(Supervision.id == supervision_id).with_for_update()
    return get(asked.execution_options(populate_existing=True))


def group_of(group_id: uuid.UUID, viewer: Viewer) -> Sequence[Supervision]:
    """Return one group's sessions, as far as this supervisor looks after who was there."""
    return many(
        held_by(viewer).where(Supervision.group_id == group_id, Supervision.kind == SupervisionKind.GROUP)
    )


def last_group_on(viewer: Viewer) -> dt.date | None:
    """Return the day anybody of this supervisor's volunteers was last in a group."""
    asked = held_by(viewer).where(Supervision.kind == SupervisionKind.GROUP, Supervision.status == S.HELD)
    return session.scalar(asked.with_only_columns(func.max(Supervision.held_on)))


def coming_of_mine(viewer: Viewer, today: dt.date) -> list[Supervision]:
    """Return the sessions before the volunteer who is looking, the earliest first."""
    asked = _mine(viewer).where(Supervision.status == S.SCHEDULED, Supervision.held_on >= today)
    late = dt.datetime.max.replace(tzinfo=dt.UTC)
    return sorted(many(asked), key=lambda one: (one.held_on, one.starts_at or late, one.id))


def get_mine(supervision_id: uuid.UUID, viewer: Viewer) -> Supervision:
    """Return one session of the volunteer who is looking."""
    return get(_mine(viewer).where(Supervision.id == supervision_id))


def earlier_of_mine(viewer: Viewer, n: int) -> Sequence[Supervision]:
    """Return the last held sessions of the volunteer who is looking, the latest first."""
    held = _mine(viewer).where(Supervision.status == S.HELD)
    return many(held.order_by(Supervision.held_on.desc(), Supervision.id).limit(n))


def own_points_of(volunteer_id: uuid.UUID, viewer: Viewer) -> list[str]:
    """Return what a volunteer wants to talk about and has not yet, for them or whoever looks after them."""
    waiting = _read_by(viewer).where(Supervision.volunteer_id == volunteer_id, Supervision.status != S.HELD)
    last_on = last_held([volunteer_id], SupervisionKind.ONE_TO_ONE).get(volunteer_id)
    if last_on is not None:
        waiting = waiting.where(Supervision.held_on >= last_on)
    rows = many(waiting.order_by(Supervision.held_on, Supervision.id))
    return [one.own_point for one in rows if one.own_point]


def sessions_in_calendar(viewer: Viewer, since: dt.date) -> Sequence[Supervision]:
    """Return the sessions a viewer has or holds from a day on, whatever became of them.

    On the days on which a colleague covers they are the colleague's, before and after these days as well.
    """
    theirs = Supervision.volunteer_id == viewer.person_id if viewer.person_id is not None else false()
    held = held_by(viewer).with_only_columns(Supervision.id)
    away = _covered(Cover.supervisor_id == viewer.account_id, Cover.by_id.is_not(None))
    holds = and_(Supervision.supervisor_id == viewer.account_id, Supervision.id.in_(held), ~away)
    reach = [theirs, holds]
    if viewer.is_a(Role.SUPERVISOR):
        reach.append(_covered(Cover.by_id == viewer.account_id))
    return many(select(Supervision).where(Supervision.held_on >= since, or_(*reach)))


def _covered(*who: ColumnElement[bool]) -> ColumnElement[bool]:
    """Say that a session falls on a day on which its volunteer's supervisor is away, and who covers."""
    return exists(
        select(Cover.id)
        .join(Volunteer, Volunteer.supervisor_id == Cover.supervisor_id)
        .where(
            Volunteer.id == Supervision.volunteer_id,
            Supervision.supervisor_id.in_([Cover.supervisor_id, Cover.by_id]),
            Cover.from_on <= Supervision.held_on,
            Cover.until_on >= Supervision.held_on,
            *who,
        )
        .correlate(Supervision)
    )


def actions_for(viewer: Viewer) -> Select[AgreedAction]:
    """Return what was agreed with the viewer: as the volunteer, or as who looks after them today."""
    mine = [looked_after_by(viewer)]
    if viewer.is_a(Role.VOLUNTEER) and viewer.person_id is not None:
        mine.append(Volunteer.id == viewer.person_id)
    return select(AgreedAction).where(AgreedAction.volunteer_id.in_(select(Volunteer.id).where(or_(*mine))))


def open_actions(viewer: Viewer) -> Sequence[AgreedAction]:
    """Return everything agreed with the viewer and not done yet, the most overdue first."""
    waiting = actions_for(viewer).where(AgreedAction.done_on.is_(None), AgreedAction.dropped_on.is_(None))
    return sorted(many(waiting), key=lambda one: (one.due_on or dt.date.max, one.id))


def open_actions_of(volunteer_id: uuid.UUID, viewer: Viewer) -> list[AgreedAction]:
    """Return what was agreed with one volunteer and is not done yet."""
    return [one for one in open_actions(viewer) if one.volunteer_id == volunteer_id]


def actions_of_sessions(ids: Sequence[uuid.UUID], viewer: Viewer) -> dict[uuid.UUID, list[AgreedAction]]:
    """Return what was agreed in each of these sessions."""
    found: dict[uuid.UUID, list[AgreedAction]] = {}
    for one in many(actions_for(viewer).where(AgreedAction.supervision_id.in_(ids))):
        found.setdefault(one.supervision_id, []).append(one)
    return found


def get_action(action_id: uuid.UUID, viewer: Viewer) -> AgreedAction:
    """Return one thing agreed with the viewer."""
    return get(actions_for(viewer).where(AgreedAction.id == action_id))


def owners_of(actions: Sequence[AgreedAction], viewer: Viewer) -> dict[uuid.UUID, str]:
    """Say who does what was agreed, by action."""
    names = team_members([one.owner_id for one in actions if one.owner_id is not None])
    theirs = {
        one.id: one
        for one in many(select(Volunteer).where(Volunteer.id.in_({one.volunteer_id for one in actions})))
    }
    found = {}
    for one in actions:
        owner, looking = one.owner_id or one.volunteer_id, (viewer.account_id, viewer.person_id)
        if owner in looking:
            found[one.id] = _("You")
        elif one.owner_id is None:
            found[one.id] = theirs[one.volunteer_id].given_name
        else:
            found[one.id] = names.get(one.owner_id, "")
    return found


def has_first_session(volunteer_id: uuid.UUID, since: dt.date) -> bool:
    """Tell whether somebody who begins has a session before them, or had one since a day."""
    asked = select(Supervision.id).where(
        Supervision.volunteer_id == volunteer_id,
        or_(
            Supervision.status == S.SCHEDULED, (Supervision.status == S.HELD) & (Supervision.held_on >= since)
        ),
    )
    return session.scalar(asked.limit(1)) is not None


def was_talked_with(volunteer_id: uuid.UUID, since: dt.date) -> bool:
    """Tell whether a one-to-one or a debrief was held with somebody since a day."""
    asked = select(Supervision.id).where(
        Supervision.volunteer_id == volunteer_id,
        Supervision.kind.in_([SupervisionKind.ONE_TO_ONE, SupervisionKind.DEBRIEF]),
        Supervision.status == S.HELD,
        Supervision.held_on >= since,
    )
    return session.scalar(asked.limit(1)) is not None


def buddies_of(volunteer: Volunteer) -> list[Volunteer]:
    """Return the fellow volunteers at somebody's side: whom they named, and who named them."""
    named = or_(Volunteer.buddy_id == volunteer.id, Volunteer.id == volunteer.buddy_id)
    return list(
        session.scalars(select(Volunteer).where(named, Volunteer.id != volunteer.id).order_by(Volunteer.id))
    )


def _mine(viewer: Viewer) -> Select[Supervision]:
    own = Supervision.volunteer_id == viewer.person_id if viewer.person_id is not None else false()
    return select(Supervision).where(own)


def _read_by(viewer: Viewer) -> Select[Supervision]:
    """Return the sessions whose words this viewer reads: their own, or of whom they look after today."""
    own = Supervision.volunteer_id == viewer.person_id if viewer.person_id is not None else false()
    held = looked_after(viewer).with_only_columns(Volunteer.id)
    return select(Supervision).where(or_(own, Supervision.volunteer_id.in_(held)))


def supervisions_of(volunteer_id: uuid.UUID, viewer: Viewer) -> Sequence[Supervision]:
    """Return one volunteer's sessions, the latest first."""
    get_volunteer(volunteer_id, viewer)
    return many(
        supervisions_for(viewer)
        .where(Supervision.volunteer_id == volunteer_id)
        .order_by(Supervision.held_on.desc(), Supervision.id)
    )


def scheduled(sessions: Select[Supervision]) -> Sequence[Supervision]:
    """Return those of these sessions that are still to come, the earliest first."""
    waiting = sessions.where(Supervision.status == S.SCHEDULED)
    return many(waiting.order_by(Supervision.held_on, Supervision.id))


def scheduled_of(volunteer_id: uuid.UUID, kind: SupervisionKind) -> Supervision | None:
    """Return the next session of a kind a volunteer within reach has before them."""
    found = [one for one in scheduled_of_everybody([volunteer_id]) if one.kind is kind]
    return found[0] if found else None


def scheduled_of_everybody(volunteer_ids: Sequence[uuid.UUID]) -> Sequence[Supervision]:
    """Return every session these volunteers have before them, the earliest first; for the house."""
    asked = select(Supervision).where(
        Supervision.volunteer_id.in_(volunteer_ids), Supervision.status == S.SCHEDULED
    )
    return session.scalars(asked.order_by(Supervision.held_on, Supervision.id)).all()


def last_held(volunteer_ids: Sequence[uuid.UUID], kind: SupervisionKind) -> dict[uuid.UUID, dt.date]:
    """Return the day each of these volunteers last had a session of this kind."""
    asked = (
        select(Supervision.volunteer_id, func.max(Supervision.held_on))
        .where(
            Supervision.volunteer_id.in_(volunteer_ids),
            Supervision.kind == kind,
            Supervision.status == S.HELD,
        )
        .group_by(Supervision.volunteer_id)
    )
    return dict(iter(session.execute(asked)))
