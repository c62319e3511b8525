"""What can be asked about training, and by whom."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import func, select

from peerlink.features.matching.sources import Trained
from peerlink.features.programmes.queries import limits
from peerlink.features.training.models import Completion
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.queries import SERVING, get_volunteer, volunteers_for
from peerlink.framework import support
from peerlink.framework.validity import last_valid_day
from peerlink.framework.vocabularies import TrainingResult
from peerlink.roles import Viewer
from peerlink.store.lookup import many, tuples
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
