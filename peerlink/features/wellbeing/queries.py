"""What can be asked about check-ins: by a volunteer of their own, by a supervisor of their team's."""

import datetime as dt
import uuid
from collections.abc import Iterable

from sqlalchemy import Select, false, func, or_, select

from peerlink.features.matching.models import Match
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.queries import answers_read_by
from peerlink.features.wellbeing.models import Checkin
from peerlink.framework.vocabularies import CheckinStatus, ContactRequest, VolunteerStatus
from peerlink.instruments import strain
from peerlink.instruments.checkin import Answers
from peerlink.roles import Role, Viewer
from peerlink.store.lookup import find, get, many
from peerlink.store.sealing import intact
from peerlink.store.session import session


def checkins_for(viewer: Viewer) -> Select[Checkin]:
    """Return the check-ins this viewer may read: their own, or those of the volunteers they supervise."""
    reach = []
    if viewer.is_a(Role.VOLUNTEER) and viewer.person_id is not None:
        reach.append(Checkin.volunteer_id == viewer.person_id)
    if viewer.is_a(Role.SUPERVISOR):
        reach.append(Checkin.volunteer_id.in_(select(Volunteer.id).where(answers_read_by(viewer))))
    return select(Checkin).where(or_(false(), *reach))


def get_checkin(checkin_id: uuid.UUID, viewer: Viewer) -> Checkin:
    """Return one check-in in the viewer's reach."""
    return get(checkins_for(viewer).where(Checkin.id == checkin_id))


def checkins_of(volunteer_id: uuid.UUID, viewer: Viewer) -> list[Checkin]:
    """Return one volunteer's check-ins, the oldest first, as far as the viewer may read them."""
    asked = checkins_for(viewer).where(Checkin.volunteer_id == volunteer_id)
    return list(many(asked.order_by(Checkin.due_on)))


def find_open_checkin(viewer: Viewer) -> Checkin | None:
    """Return the check-in that waits for the viewer's own answer, the latest if several do."""
    waiting = _own(viewer).where(Checkin.status == CheckinStatus.DUE)
    return find(waiting.order_by(Checkin.due_on.desc()).limit(1))


def find_checkin_due(viewer: Viewer, on: dt.date) -> Checkin | None:
    """Return the viewer's own check-in that was due on this very day."""
    return find(_own(viewer).where(Checkin.due_on == on))


def find_skipped_checkin(viewer: Viewer) -> Checkin | None:
    """Return the viewer's own latest check-in, if they left it out."""
    latest = find(_own(viewer).order_by(Checkin.due_on.desc()).limit(1))
    return latest if latest is not None and latest.status is CheckinStatus.SKIPPED else None


def as_instrument(rows: Iterable[Checkin]) -> list[strain.Checkin]:
    """Open check-ins as the instrument takes them."""
    return [
        strain.Checkin(
            due_on=row.due_on,
            answered_on=row.answered_on,
            answers=Answers.of(dict(row.answers or {})),
            request=ContactRequest(row.request or ContactRequest.NO),
            skipped=row.status is CheckinStatus.SKIPPED,
        )
        for row in rows
    ]


def answers_by_volunteer() -> list[list[tuple[dt.date, Answers]]]:
    """Return every answer with its day, gathered by volunteer and naming none; call it inside `gate.opened`.

    A record that was tampered with says nothing.
    """
    found: dict[uuid.UUID, list[tuple[dt.date, Answers]]] = {}
    rows, _n_damaged = intact(many(select(Checkin).where(Checkin.answered_on.is_not(None))))
    for row in rows:
        if row.answered_on is not None:
            found.setdefault(row.volunteer_id, []).append((row.answered_on, Answers.of(row.answers or {})))
    return list(found.values())


def last_asked() -> dict[uuid.UUID, dt.date]:
    """Return, for every active volunteer who was asked before, the day the latest check-in was due."""
    asked = (
        select(Checkin.volunteer_id, func.max(Checkin.due_on))
        .join(Volunteer, Volunteer.id == Checkin.volunteer_id)
        .where(Volunteer.status == VolunteerStatus.ACTIVE)
        .group_by(Checkin.volunteer_id)
    )
    return dict(iter(session.execute(asked)))


def first_matches() -> dict[uuid.UUID, dt.date]:
    """Return the day each active volunteer's first match started."""
    asked = (
        select(Match.volunteer_id, func.min(Match.started_on))
        .join(Volunteer, Volunteer.id == Match.volunteer_id)
        .where(Volunteer.status == VolunteerStatus.ACTIVE, Match.started_on.is_not(None))
        .group_by(Match.volunteer_id)
    )
    return {one: day for one, day in session.execute(asked) if day is not None}


def waiting_checkins() -> list[Checkin]:
    """Return every check-in nobody has answered yet; for the nightly round."""
    return list(many(select(Checkin).where(Checkin.status == CheckinStatus.DUE)))


def waiting_of(volunteer_id: uuid.UUID) -> list[uuid.UUID]:
    """Name the check-ins of one volunteer that nobody has answered yet."""
    asked = select(Checkin.id).where(
        Checkin.volunteer_id == volunteer_id, Checkin.status == CheckinStatus.DUE
    )
    return list(session.scalars(asked))


def not_reminded() -> list[Checkin]:
    """Return every waiting check-in that volunteers who serve were told of only once; for the night."""
    asked = (
        select(Checkin)
        .join(Volunteer, Volunteer.id == Checkin.volunteer_id)
        .where(
            Volunteer.status == VolunteerStatus.ACTIVE,
            Checkin.status == CheckinStatus.DUE,
            Checkin.reminded_on.is_(None),
        )
    )
    return list(session.scalars(asked.order_by(Checkin.id).with_for_update(of=Checkin)))


def _own(viewer: Viewer) -> Select[Checkin]:
    return checkins_for(viewer).where(Checkin.volunteer_id == viewer.person_id)
