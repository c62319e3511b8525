"""What can be asked about training, and by whom."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import Select, func, select

from peerlink.features.matching.sources import Trained
from peerlink.features.programmes.queries import limits
from peerlink.features.training.models import (
    Attendance,
    Competency,
    Completion,
    TrainingSession,
    TrainingWish,
)
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.queries import SERVING, get_volunteer, volunteers_for
from peerlink.framework import support
from peerlink.framework.training_words import AttendanceStatus, TrainingSessionStatus, WishStatus
from peerlink.framework.validity import last_valid_day
from peerlink.framework.vocabularies import TrainingResult
from peerlink.roles import Viewer
from peerlink.store.history import StateChange
from peerlink.store.lookup import get, many, tuples
from peerlink.store.session import session

ASK_FOR_ALL_FROM = 500
"""From so many people on, one question about everybody is cheaper than a long list of ids."""
COUNTS = (TrainingResult.PASSED, TrainingResult.WAIVED)
"""The results that make a module count."""


def completions_of(volunteer_id: uuid.UUID, viewer: Viewer) -> Sequence[Completion]:
    """Return everything one volunteer took part in, the latest first."""
    get_volunteer(volunteer_id, viewer)
    return many(
        select(Completion)
        .where(Completion.volunteer_id == volunteer_id)
        .order_by(Completion.completed_on.desc(), Completion.module)
    )


def latest_of(volunteer_id: uuid.UUID, viewer: Viewer) -> dict[str, Completion]:
    """Return the latest passed or waived completion of each module one volunteer has."""
    latest: dict[str, Completion] = {}
    for one in completions_of(volunteer_id, viewer):
        if one.result in COUNTS:
            latest.setdefault(one.module, one)
    return latest


def counting_until(completions: Iterable[Completion]) -> dict[uuid.UUID, dt.date]:
    """Return the last valid day of each completion that counts, by its id."""
    in_force = limits()
    return {
        one.id: last_valid_day(one.module, one.completed_on, one.valid_until, in_force)
        for one in completions
        if one.result in COUNTS
    }


def mandatory_of(volunteer_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, dict[str, dt.date]]:
    """Return until when each mandatory module of these volunteers counts.

    It says nothing about anybody but a date, so it asks for no viewer: the rules and the matcher read it.
    """
    found: dict[uuid.UUID, dict[str, dt.date]] = {one: {} for one in volunteer_ids}
    in_force = limits()
    asked = (
        select(Completion)
        .where(
            Completion.volunteer_id.in_(found),
            Completion.mandatory.is_(True),
            Completion.result.in_(COUNTS),
        )
        .order_by(Completion.completed_on)
    )
    for one in many(asked):
        until = last_valid_day(one.module, one.completed_on, one.valid_until, in_force)
        found[one.volunteer_id][one.module] = until
    return found


def trained_on(volunteer_ids: Collection[uuid.UUID], day: dt.date) -> dict[uuid.UUID, Trained]:
    """Return what these volunteers had learned by a day; one never passed is dated `date.min`."""
    asked = (
        select(
            Completion.volunteer_id,
            Completion.module,
            Completion.completed_on,
            Completion.valid_until,
            Completion.result,
            Completion.mandatory,
            Completion.areas,
        )
        .where(Completion.completed_on <= day)
        .order_by(Completion.completed_on)
    )
    if len(volunteer_ids) < ASK_FOR_ALL_FROM:
        asked = asked.where(Completion.volunteer_id.in_(volunteer_ids))
    in_force = limits()
    mandatory: defaultdict[uuid.UUID, dict[str, dt.date]] = defaultdict(dict)
    areas: defaultdict[uuid.UUID, int] = defaultdict(int)
    for volunteer, module, on, until, result, needed, covers in session.execute(asked):
        if result in COUNTS:
            areas[volunteer] |= covers
        if needed and result in COUNTS:
            mandatory[volunteer][module] = last_valid_day(module, on, until, in_force)
        elif needed:
            mandatory[volunteer].setdefault(module, dt.date.min)
    return {
        volunteer: Trained(mandatory[volunteer], frozenset(support.codes(areas[volunteer])))
        for volunteer in {*mandatory, *areas}
    }


def running_out(viewer: Viewer, before: dt.date) -> list[tuple[Volunteer, str, dt.date]]:
    """Return whose mandatory modules run out before a day, or have: volunteer, module, last valid day."""
    latest = (
        select(
            Completion.volunteer_id,
            Completion.module,
            Completion.completed_on,
            Completion.valid_until,
            func.row_number()
            .over(
                partition_by=(Completion.volunteer_id, Completion.module),
                order_by=Completion.completed_on.desc(),
            )
            .label("age"),
        )
        .where(Completion.mandatory.is_(True), Completion.result.in_(COUNTS))
        .subquery()
    )
    asked = (
        volunteers_for(viewer)
        .add_columns(latest.c.module, latest.c.completed_on, latest.c.valid_until)
        .join(latest, latest.c.volunteer_id == Volunteer.id)
        .where(latest.c.age == 1, Volunteer.status.in_(SERVING))
    )
    in_force = limits()
    held = [
        (volunteer, module, last_valid_day(module, on, until, in_force))
        for volunteer, module, on, until in tuples(asked)
    ]
    return sorted((one for one in held if one[2] < before), key=lambda one: (one[2], one[0].id, one[1]))


def minutes_learned(
    volunteer_ids: Collection[uuid.UUID], since: dt.date, until: dt.date
) -> dict[uuid.UUID, int]:
    """Return how many minutes each of these volunteers spent learning, both days included."""
    asked = (
        select(Completion.volunteer_id, func.sum(Completion.minutes))
        .where(
            Completion.volunteer_id.in_(volunteer_ids),
            Completion.completed_on >= since,
            Completion.completed_on <= until,
        )
        .group_by(Completion.volunteer_id)
    )
    return {volunteer_id: int(minutes) for volunteer_id, minutes in session.execute(asked)}


def sessions() -> Sequence[TrainingSession]:
    """Return every training session, the latest first; a session is about nobody."""
    return many(select(TrainingSession).order_by(TrainingSession.on.desc(), TrainingSession.id))


def coming_sessions(today: dt.date) -> Sequence[TrainingSession]:
    """Return the sessions still to come, the next first."""
    asked = select(TrainingSession).where(
        TrainingSession.status == TrainingSessionStatus.PLANNED, TrainingSession.on >= today
    )
    return many(asked.order_by(TrainingSession.on, TrainingSession.id))


def not_written_down(today: dt.date) -> Sequence[TrainingSession]:
    """Return the sessions whose day has come and whose attendance nobody wrote down."""
    asked = select(TrainingSession).where(
        TrainingSession.status == TrainingSessionStatus.PLANNED, TrainingSession.on <= today
    )
    return many(asked.order_by(TrainingSession.on, TrainingSession.id))


def get_session(session_id: uuid.UUID) -> TrainingSession:
    """Return one session; raises NotFound."""
    return get(select(TrainingSession).where(TrainingSession.id == session_id))


def attendances_for(session_id: uuid.UUID, viewer: Viewer) -> Select[Attendance]:
    """Return the attendance at one session of the volunteers this viewer may see."""
    reach = volunteers_for(viewer).with_only_columns(Volunteer.id)
    return select(Attendance).where(Attendance.session_id == session_id, Attendance.volunteer_id.in_(reach))


def enrolments_of(volunteer_id: uuid.UUID, viewer: Viewer) -> dict[uuid.UUID, AttendanceStatus]:
    """Return where one volunteer stands with each session they have to do with."""
    get_volunteer(volunteer_id, viewer)
    asked = select(Attendance.session_id, Attendance.status).where(Attendance.volunteer_id == volunteer_id)
    return dict(iter(session.execute(asked)))


def n_at_sessions(session_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, dict[AttendanceStatus, int]]:
    """Count, for each of these sessions, who is enrolled, came, or did not."""
    found: defaultdict[uuid.UUID, dict[AttendanceStatus, int]] = defaultdict(dict)
    asked = (
        select(Attendance.session_id, Attendance.status, func.count())
        .where(Attendance.session_id.in_(session_ids))
        .group_by(Attendance.session_id, Attendance.status)
    )
    for session_id, status, n in session.execute(asked):
        found[session_id][status] = n
    return found


def marks_of(volunteer_id: uuid.UUID, viewer: Viewer) -> list[Competency]:
    """Return every competency mark of one volunteer, the latest first."""
    get_volunteer(volunteer_id, viewer)
    marks = many(select(Competency).where(Competency.volunteer_id == volunteer_id))
    return sorted(marks, key=lambda one: (one.seen_on, one.at), reverse=True)


def latest_marks_of(volunteer_id: uuid.UUID, viewer: Viewer) -> dict[str, Competency]:
    """Return the latest competency mark of one volunteer in each module."""
    latest: dict[str, Competency] = {}
    for one in marks_of(volunteer_id, viewer):
        latest.setdefault(one.module, one)
    return latest


def wishes_for(viewer: Viewer) -> Select[TrainingWish]:
    """Return the wishes of the volunteers this viewer may see."""
    reach = volunteers_for(viewer).with_only_columns(Volunteer.id)
    return select(TrainingWish).where(TrainingWish.volunteer_id.in_(reach))


def get_wish(wish_id: uuid.UUID, viewer: Viewer) -> TrainingWish:
    """Return one wish; raises NotFound where there is none, or none for this viewer."""
    return get(wishes_for(viewer).where(TrainingWish.id == wish_id))


def wishes_of(volunteer_id: uuid.UUID, viewer: Viewer) -> Sequence[TrainingWish]:
    """Return one volunteer's wishes, the latest first."""
    asked = wishes_for(viewer).where(TrainingWish.volunteer_id == volunteer_id)
    return many(asked.order_by(TrainingWish.asked_on.desc(), TrainingWish.id))


def open_wishes(viewer: Viewer) -> Sequence[TrainingWish]:
    """Return the wishes nobody has answered, the oldest first."""
    asked = wishes_for(viewer).where(TrainingWish.status == WishStatus.ASKED)
    return many(asked.order_by(TrainingWish.asked_on, TrainingWish.id))


def reasons_of(completions: Iterable[Completion]) -> dict[uuid.UUID, str]:
    """Return why modules were waived, by completion; these must be in the viewer's reach."""
    waived = [one.id for one in completions if one.result is TrainingResult.WAIVED]
    steps = many(select(StateChange).where(StateChange.record_id.in_(waived)))
    return {one.record_id: one.reason for one in steps if one.reason}
