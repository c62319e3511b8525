"""What can be asked about training, and by whom."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Sequence

from sqlalchemy import func, select

from peerlink.features.matching.sources import Trained
from peerlink.features.training.models import Completion
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.queries import SERVING, get_volunteer, volunteers_for
from peerlink.framework import support
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


def mandatory_of(volunteer_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, dict[str, dt.date | None]]:
    """Return until when each mandatory module of these volunteers counts; None is for good.

    It says nothing about anybody but a date, so it asks for no viewer: the rules and the matcher read it.
    """
    found: dict[uuid.UUID, dict[str, dt.date | None]] = {one: {} for one in volunteer_ids}
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
        found[one.volunteer_id][one.module] = one.valid_until
    return found


def trained_on(volunteer_ids: Collection[uuid.UUID], day: dt.date) -> dict[uuid.UUID, Trained]:
    """Return what these volunteers had learned by a day; one never passed is dated `date.min`."""
    asked = (
        select(
            Completion.volunteer_id,
            Completion.module,
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
    mandatory: defaultdict[uuid.UUID, dict[str, dt.date | None]] = defaultdict(dict)
    areas: defaultdict[uuid.UUID, int] = defaultdict(int)
    for volunteer, module, until, result, needed, covers in session.execute(asked):
        if result in COUNTS:
            areas[volunteer] |= covers
        if needed and result in COUNTS:
            mandatory[volunteer][module] = until
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
        .add_columns(latest.c.module, latest.c.valid_until)
        .join(latest, latest.c.volunteer_id == Volunteer.id)
        .where(latest.c.age == 1, latest.c.valid_until < before, Volunteer.status.in_(SERVING))
        .order_by(latest.c.valid_until, Volunteer.id, latest.c.module)
    )
    return [(volunteer, module, until) for volunteer, module, until in tuples(asked)]
