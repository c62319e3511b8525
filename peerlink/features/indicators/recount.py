"""Counts everything anew from the contacts: for days the counters do not reach, and to check them."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator

from sqlalchemy import ColumnElement, and_, delete, insert, literal, or_, select

from peerlink.features.contacts.events import ContactFacts
from peerlink.features.contacts.models import Contact
from peerlink.features.indicators import standing, topics
from peerlink.features.indicators.counters import (
    COUNTERS,
    EVERY,
    KEPT_DAYS,
    NOTHING,
    WINDOWS,
    Asked,
    Counted,
    counted,
    days_until,
    tally,
)
from peerlink.features.indicators.models import VolunteerDay
from peerlink.store.session import session


def counted_from_contacts(day: dt.date, volunteer_id: uuid.UUID | None = None) -> dict[uuid.UUID, Counted]:
    """Count the same from the contacts themselves: for days the counters do not reach, and to check them."""
    longest = day - dt.timedelta(days=max(WINDOWS))
    reach = or_(
        and_(Contact.day > longest, Contact.day <= day),
        and_(Contact.planned_on > longest, Contact.planned_on <= day),
    )
    if volunteer_id is not None:
        reach = and_(reach, Contact.volunteer_id == volunteer_id)
    sums: dict[uuid.UUID, dict[Asked, int]] = defaultdict(lambda: defaultdict(int))
    for contact in _facts(reach):
        for on, added in tally(contact):
            age = (day - on).days
            for days in WINDOWS:
                if 0 <= age < days:
                    for counter, n in added.items():
                        sums[contact.volunteer_id][counter, days] += n
    return {who: Counted(dict(found)) for who, found in sums.items()}


def rebuild(today: dt.date) -> None:
    """Count everything anew from the contacts; after an import, or where a check found a difference."""
    session.execute(delete(VolunteerDay), execution_options={"synchronize_session": False})
    topics.forget()
    begins = today - dt.timedelta(days=KEPT_DAYS)
    added: dict[uuid.UUID, dict[dt.date, dict[str, int]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(int))
    )
    last_day = today
    for contact in _facts(literal(True)):
        for day, tallied in tally(contact):
            on = added[contact.volunteer_id][max(day, begins)]
            last_day = max(last_day, day)
            for counter, n in tallied.items():
                on[counter] += n
    for volunteer_id, days in added.items():
        running = dict.fromkeys(COUNTERS, 0)
        rows = []
        until = max(today, *days)
        for day in days_until(until, (until - begins).days + 1):
            for counter, n in days.get(day, {}).items():
                running[counter] += n
            rows.append({"volunteer_id": volunteer_id, "day": day, **running})
        session.execute(insert(VolunteerDay), rows)
    standing.stand_anew()


def differing(today: dt.date, volunteer_ids: Iterable[uuid.UUID]) -> list[uuid.UUID]:
    """Name the volunteers whose counters do not say what their contacts say."""
    return [
        one
        for one in volunteer_ids
        if _plain(counted(today, one).get(one)) != _plain(counted_from_contacts(today, one).get(one))
    ]


def _plain(found: Counted | None) -> list[int]:
    return [(found or NOTHING)(*asked) for asked in EVERY]


def _facts(scope: ColumnElement[bool]) -> Iterator[ContactFacts]:
    columns = (
        Contact.id, Contact.match_id, Contact.volunteer_id, Contact.participant_id, Contact.day,
        Contact.planned_on, Contact.status, Contact.missed_by, Contact.minutes, Contact.areas, Contact.late,
        Contact.heavy, Contact.difficult,
    )  # fmt: skip
    names = ("contact_id", *(column.key for column in columns[1:]))
    for row in session.execute(select(*columns).where(scope).execution_options(yield_per=5000)):
        yield ContactFacts(**dict(zip(names, row, strict=True)))
