"""Keeps the counters in step with the contacts, in the same transaction, and can count everything anew."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from sqlalchemy import (
    Date,
    Table,
    Uuid,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    literal,
    select,
    update,
)
from sqlalchemy.orm import aliased

from peerlink.features.contacts.events import ContactFacts
from peerlink.features.indicators import standing
from peerlink.features.indicators.models import VolunteerDay
from peerlink.framework.contact_words import ContactStatus, MissedBy
from peerlink.framework.support import SupportArea
from peerlink.store.session import session

KEPT_DAYS = 181
AREAS = tuple(area.name.lower() for area in SupportArea)
COUNTERS = ("held", "minutes", "late", "heavy", "tagged", "planned", "cancelled", *AREAS)
WINDOWS = (7, 28, 30, 60, 90)
WHOLE = 60
"""What one contact adds to the area it was in alone."""


Asked = tuple[str, int]
"""A counter, and the days of the window it is wanted for."""
EVERY: tuple[Asked, ...] = tuple((counter, days) for days in WINDOWS for counter in COUNTERS)


# What is done at every contact is worded once; a column takes the type of an id only when the table it
# points to is known, so the type is said.
_DAYS = cast(Table, VolunteerDay.__table__)
_IS_FILLED = select(literal(1)).where(
    _DAYS.c.volunteer_id == bindparam("who", type_=Uuid()), _DAYS.c.day == bindparam("until")
)


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted of one volunteer in each window, by its days."""

    found: Mapping[Asked, int] = field(default_factory=dict)

    def __call__(self, counter: str, days: int) -> int:
        return self.found.get((counter, days), 0)


NOTHING = Counted()


def shares(areas: int) -> dict[str, int]:
    """Split one contact among the areas it was in, in sixtieths."""
    within = [area.name.lower() for area in SupportArea if areas & (1 << area.bit)]
    return {area: WHOLE // len(within) for area in within}


def tally(contact: ContactFacts) -> Iterator[tuple[dt.date, dict[str, int]]]:
    """Say what one contact adds to the counters of its volunteer, and on which days."""
    added: dict[str, int] = {}
    if contact.status is ContactStatus.HELD:
        added = {
            "held": 1,
            "minutes": contact.minutes,
            "late": int(contact.late),
            "heavy": int(contact.heavy),
            **shares(contact.areas),
        }
    if contact.difficult and contact.status in {ContactStatus.HELD, ContactStatus.MISSED}:
        added["tagged"] = 1
    yield contact.day, added
    if contact.planned_on is not None:
        by_volunteer = contact.status is ContactStatus.CANCELLED and contact.missed_by is MissedBy.VOLUNTEER
        yield contact.planned_on, {"planned": 1, "cancelled": int(by_volunteer)}


def change(before: ContactFacts | None, after: ContactFacts | None, today: dt.date) -> None:
    """Take a contact as it was out of the counters and put it in as it is."""
    deltas: dict[tuple[uuid.UUID, dt.date], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for contact, sign in ((before, -1), (after, 1)):
        for day, added in tally(contact) if contact else ():
            for counter, n in added.items():
                deltas[contact.volunteer_id, day][counter] += sign * n  # type: ignore[union-attr]
    for (volunteer_id, day), delta in deltas.items():
        wanted = {counter: n for counter, n in delta.items() if n}
        if wanted:
            _add(volunteer_id, day, wanted, today)
    concerned = [one for one in (before, after) if one is not None]
    standing.put_right({one.volunteer_id for one in concerned}, {one.participant_id for one in concerned})


def _add(volunteer_id: uuid.UUID, day: dt.date, delta: Mapping[str, int], today: dt.date) -> None:
    # A contact planned for later counts from its day on; the rows up to there are made when it comes.
    _fill(volunteer_id, max(day, today))
    session.execute(
        update(_DAYS)
        .where(_DAYS.c.volunteer_id == volunteer_id, _DAYS.c.day >= day)
        .values({counter: _DAYS.c[counter] + n for counter, n in delta.items()})
    )


def _fill(volunteer_id: uuid.UUID, until: dt.date) -> None:
    """Let a volunteer's rows reach this day, each missing one a copy of the last."""
    if session.scalar(_IS_FILLED, {"who": volunteer_id, "until": until}):
        return
    last = session.execute(
        select(VolunteerDay.day, *_columns(VolunteerDay))
        .where(VolunteerDay.volunteer_id == volunteer_id)
        .order_by(VolunteerDay.day.desc())
        .limit(1)
    ).first()
    if last is None:
        zero = dict.fromkeys(COUNTERS, 0)
        rows = [{"volunteer_id": volunteer_id, "day": day, **zero} for day in days_until(until, KEPT_DAYS)]
    else:
        counted = dict(zip(COUNTERS, last[1:], strict=True))
        rows = [
            {"volunteer_id": volunteer_id, "day": day, **counted}
            for day in days_until(until, (until - last.day).days)
        ]
    session.execute(insert(VolunteerDay), rows)


def reach(volunteer_id: uuid.UUID, today: dt.date) -> None:
    """Let one volunteer's rows reach today, before the night has come; without contacts there are none."""
    if session.scalar(select(VolunteerDay.day).where(VolunteerDay.volunteer_id == volunteer_id).limit(1)):
        _fill(volunteer_id, today)


def advance(today: dt.date) -> None:
    """Let every volunteer's rows reach today, and forget the days no window reaches back to."""
    lasts = select(func.max(VolunteerDay.day).label("day")).group_by(VolunteerDay.volunteer_id).subquery()
    # Whoever lags most is taken along first: a contact may have carried others further than the last night.
    last = session.scalar(select(func.min(lasts.c.day)))
    source = aliased(VolunteerDay)
    while last is not None and last < today:
        following = last + dt.timedelta(days=1)
        missing = ~exists().where(
            VolunteerDay.day == following, VolunteerDay.volunteer_id == source.volunteer_id
        )
        copied = select(literal(following, Date()), source.volunteer_id, *_columns(source)).where(
            source.day == last, missing
        )
        session.execute(insert(VolunteerDay).from_select(["day", "volunteer_id", *COUNTERS], copied))
        last = following
    oldest = today - dt.timedelta(days=KEPT_DAYS)
    session.execute(
        delete(VolunteerDay).where(VolunteerDay.day < oldest),
        execution_options={"synchronize_session": False},
    )


def counted(
    today: dt.date, volunteer_id: uuid.UUID | None = None, wanted: Sequence[Asked] = EVERY
) -> dict[uuid.UUID, Counted]:
    """Read what was counted of every volunteer in each window up to today, or of one."""
    now = aliased(VolunteerDay)
    starts = {days: aliased(VolunteerDay) for _counter, days in wanted}
    asked = select(
        now.volunteer_id,
        *(getattr(now, name) - func.coalesce(getattr(starts[days], name), 0) for name, days in wanted),
    )
    for days, start in starts.items():
        begins = today - dt.timedelta(days=days)
        asked = asked.outerjoin(start, and_(start.volunteer_id == now.volunteer_id, start.day == begins))
    asked = asked.where(now.day == today)
    if volunteer_id is not None:
        asked = asked.where(now.volunteer_id == volunteer_id)
    return {who: Counted(dict(zip(wanted, found, strict=True))) for who, *found in session.execute(asked)}


def _columns(of: Any) -> list[Any]:
    return [getattr(of, counter) for counter in COUNTERS]


def days_until(until: dt.date, n: int) -> list[dt.date]:
    """Return so many days in a row, the last one given."""
    return [until - dt.timedelta(days=back) for back in range(n - 1, -1, -1)]
