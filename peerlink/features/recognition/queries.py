"""What can be asked about thanks and the team's days, and by whom."""

import datetime as dt
import uuid
from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, and_, false, or_, select

from peerlink.features.recognition.models import Guest, TeamEvent, Thanks
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.queries import volunteers_for
from peerlink.roles import Permission, Viewer
from peerlink.store.lookup import get, many
from peerlink.store.session import session


def thanks_for(viewer: Viewer) -> Select[Thanks]:
    """Return the thanks this viewer may read: said to them, or by them."""
    reach = volunteers_for(viewer).with_only_columns(Volunteer.id)
    by_them = and_(Thanks.from_id == viewer.account_id, Thanks.volunteer_id.in_(reach))
    return select(Thanks).where(or_(_said_to(viewer), by_them))


def get_thanks(thanks_id: uuid.UUID, viewer: Viewer) -> Thanks:
    """Return one word of thanks this viewer may read."""
    return get(thanks_for(viewer).where(Thanks.id == thanks_id))


def get_my_thanks(thanks_id: uuid.UUID, viewer: Viewer) -> Thanks:
    """Return one word of thanks said to the viewer."""
    return get(select(Thanks).where(_said_to(viewer), Thanks.id == thanks_id))


def my_thanks(viewer: Viewer, first_at: dt.datetime, until_at: dt.datetime) -> Sequence[Thanks]:
    """Return the thanks said to the viewer in a time, the latest first."""
    asked = select(Thanks).where(_said_to(viewer), Thanks.said_at >= first_at, Thanks.said_at < until_at)
    return many(asked.order_by(Thanks.said_at.desc(), Thanks.id))


def unread_thanks(viewer: Viewer) -> Sequence[Thanks]:
    """Return the thanks said to the viewer that they have not read."""
    asked = select(Thanks).where(_said_to(viewer), Thanks.seen_on.is_(None))
    return many(asked.order_by(Thanks.said_at.desc(), Thanks.id))


def thanks_said_to(volunteer_id: uuid.UUID, viewer: Viewer) -> Sequence[Thanks]:
    """Return what this viewer thanked a volunteer for, the latest first."""
    asked = thanks_for(viewer).where(Thanks.volunteer_id == volunteer_id, Thanks.from_id == viewer.account_id)
    return many(asked.order_by(Thanks.said_at.desc(), Thanks.id))


def team_events_for(viewer: Viewer) -> Select[TeamEvent]:
    """Return the team's days: all for whoever plans them, for a volunteer those they are invited to."""
    if viewer.may(Permission.THANK):
        return select(TeamEvent)
    invited = select(Guest.event_id).where(Guest.volunteer_id == viewer.person_id)
    return select(TeamEvent).where(TeamEvent.id.in_(invited))


def get_team_event(event_id: uuid.UUID, viewer: Viewer) -> TeamEvent:
    """Return one of the team's days within reach."""
    return get(team_events_for(viewer).where(TeamEvent.id == event_id))


def events_to_come(viewer: Viewer, today: dt.date) -> Sequence[TeamEvent]:
    """Return the team's days from today on that were not called off, the next first."""
    asked = team_events_for(viewer).where(TeamEvent.day >= today, TeamEvent.called_off_on.is_(None))
    return many(asked.order_by(TeamEvent.day, TeamEvent.id))


def my_events_to_come(viewer: Viewer, today: dt.date) -> Sequence[TeamEvent]:
    """Return the team's days from today on to which the viewer is invited, the next first."""
    invited = select(Guest.event_id).where(Guest.volunteer_id == viewer.person_id)
    asked = select(TeamEvent).where(TeamEvent.id.in_(invited), TeamEvent.day >= today)
    return many(asked.where(TeamEvent.called_off_on.is_(None)).order_by(TeamEvent.day, TeamEvent.id))


def events_past(viewer: Viewer, today: dt.date, at_most: int) -> Sequence[TeamEvent]:
    """Return the team's latest days before today or called off, the latest first."""
    gone = (TeamEvent.day < today) | TeamEvent.called_off_on.is_not(None)
    asked = team_events_for(viewer).where(gone)
    return many(asked.order_by(TeamEvent.day.desc(), TeamEvent.id).limit(at_most))


def events_to_write_down(viewer: Viewer, today: dt.date) -> Sequence[TeamEvent]:
    """Return the days that have come on which nobody wrote down who came; those the viewer planned."""
    asked = team_events_for(viewer).where(
        TeamEvent.by_id == viewer.account_id,
        TeamEvent.day <= today,
        TeamEvent.called_off_on.is_(None),
        TeamEvent.taken_on.is_(None),
    )
    return many(asked.order_by(TeamEvent.day, TeamEvent.id))


def came_to(volunteer_id: uuid.UUID, since: dt.date, until: dt.date) -> Sequence[TeamEvent]:
    """Return the team's days a volunteer within reach came to in a time, the latest first."""
    asked = (
        select(TeamEvent)
        .join(Guest, Guest.event_id == TeamEvent.id)
        .where(Guest.volunteer_id == volunteer_id, Guest.came.is_(True))
        .where(TeamEvent.day >= since, TeamEvent.day <= until, TeamEvent.called_off_on.is_(None))
    )
    return many(asked.order_by(TeamEvent.day.desc(), TeamEvent.id))


def guests_of(event: TeamEvent) -> dict[uuid.UUID, Guest]:
    """Return who is invited to one of the team's days within reach, by volunteer."""
    found = session.scalars(select(Guest).where(Guest.event_id == event.id))
    return {one.volunteer_id: one for one in found}


def my_answers(viewer: Viewer) -> dict[uuid.UUID, Guest]:
    """Return what the viewer said to the days they are invited to, by event."""
    found = session.scalars(select(Guest).where(Guest.volunteer_id == viewer.person_id))
    return {one.event_id: one for one in found}


def counts_of(event_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, tuple[int, int, int]]:
    """Return of each day how many are invited, said they come, and came."""
    found = dict.fromkeys(event_ids, (0, 0, 0))
    asked = select(Guest).where(Guest.event_id.in_(event_ids))
    for one in session.scalars(asked):
        invited, coming, came = found[one.event_id]
        found[one.event_id] = (invited + 1, coming + (one.coming is True), came + (one.came is True))
    return found


def _said_to(viewer: Viewer) -> ColumnElement[bool]:
    if viewer.person_id is None or not viewer.may(Permission.SEE_OWN):
        return false()
    return Thanks.volunteer_id == viewer.person_id
