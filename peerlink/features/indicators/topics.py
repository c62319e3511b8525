"""Sums up, sealed, which topics each volunteer carried on which day, and which without training for it."""

import datetime as dt
import uuid
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from sqlalchemy import Select, or_, select, update

from peerlink.features.contacts.events import ContactFacts
from peerlink.features.contacts.models import Contact, ContactDetail
from peerlink.features.indicators.facts import Untrained
from peerlink.features.indicators.models import Carried
from peerlink.features.indicators.opening import open_raw, sealed_of
from peerlink.features.indicators.raw import Key, id_of, key
from peerlink.features.training.covering import prepared_on
from peerlink.framework.contact_words import ContactStatus, Technique, Topic
from peerlink.store.sealing import Damaged
from peerlink.store.session import session

WINDOW = 90
KEPT_DAYS = 120
"""So many days stay summed; for days further back the contacts themselves are opened."""
AT_ONCE = 500
MOTIVATIONAL = Technique.MOTIVATIONAL.value
Days = dict[str, dict[str, int]]


def untrained_90(day: dt.date, people: Collection[uuid.UUID], *, recount: bool) -> dict[uuid.UUID, Untrained]:
    """Return what each of these volunteers carried in D90 without a valid module for it.

    `recount` opens the contacts themselves, for days the sums do not reach.
    """
    carried = carried_90(day, people, recount=recount)
    prepared = prepared_on(people, day)
    found = {}
    for who in people:
        n = carried.get(who, Counter())
        able = prepared.get(who, frozenset())
        topics = tuple(
            (topic.value, n[topic.value]) for topic in Topic if n[topic.value] and topic.value not in able
        )
        motivational = 0 if MOTIVATIONAL in able else n[MOTIVATIONAL]
        found[who] = Untrained(topics=topics, n_motivational=motivational)
    return found


def carried_90(
    day: dt.date, people: Collection[uuid.UUID], *, recount: bool
) -> dict[uuid.UUID, Counter[str]]:
    """Count the held contacts of D90 in which each topic came up, and the motivational conversation."""
    first = day - dt.timedelta(days=WINDOW - 1)
    if recount:
        sums = _summed(_contacts_of(people, first, day))
    else:
        sums = _kept(people, day - dt.timedelta(days=KEPT_DAYS))
    found: dict[uuid.UUID, Counter[str]] = defaultdict(Counter)
    span = first.isoformat(), day.isoformat()
    for who, days in sums.items():
        for on, counts in days.items():
            if span[0] <= on <= span[1]:
                found[who].update(counts)
    return found


def look_again(before: ContactFacts | None, after: ContactFacts | None) -> None:
    """Mark from which day on a volunteer's sums are no longer right; the next look opens what is new."""
    for one in filter(None, (before, after)):
        later = or_(Carried.stale_from.is_(None), Carried.stale_from > one.day)
        session.execute(
            update(Carried).where(Carried.id == one.volunteer_id, later).values(stale_from=one.day),
            execution_options={"synchronize_session": False},
        )


def forget(people: Collection[uuid.UUID] | None = None) -> None:
    """Forget the sums of some volunteers, or all: the next look opens their contacts anew."""
    kept = select(Carried)
    asked = [kept] if people is None else [kept.where(Carried.id.in_(some)) for some in _portions(people)]
    for one in asked:
        for row in session.scalars(one):
            # One by one, so that the trail knows that they went and does not miss them.
            session.delete(row)
    session.flush()


def _kept(people: Collection[uuid.UUID], oldest: dt.date) -> dict[uuid.UUID, Days]:
    """Return the sums of these volunteers, brought up to date."""
    found: dict[uuid.UUID, Days] = {}
    for some in _portions(people):
        asked = select(*sealed_of(Carried)).where(Carried.id.in_(some), Carried.stale_from.is_(None))
        for row, *sealed in session.execute(asked):
            days = open_raw("carried", row, *sealed).get("days")
            if days is not None:
                found[id_of(row)] = days
    behind = [who for who in people if who not in found]
    for some in _portions(behind):
        found |= _brought_up_to_date(some, oldest)
    return found


def _brought_up_to_date(people: Collection[uuid.UUID], oldest: dt.date) -> dict[uuid.UUID, Days]:
    asked = select(Carried).where(Carried.id.in_(people)).with_for_update()
    rows = {one.id: one for one in session.scalars(asked, execution_options={"populate_existing": True})}
    stale, bare = {}, []
    for who in people:
        row = rows.get(who)
        days = _opened(row)
        if row is None or days is None:
            bare.append(who)
        else:
            from_on = (row.stale_from or dt.date.max).isoformat()
            stale[who] = {on: n for on, n in days.items() if on < from_on}
    new = _summed(_contacts_of(bare, oldest, dt.date.max))
    newer = _summed(_changed_contacts_of(stale))
    found = {who: new.get(who, {}) for who in bare}
    found |= {who: days | newer.get(who, {}) for who, days in stale.items()}
    if session.info.get("writing"):
        for who, days in found.items():
            _keep(who, rows.get(who), {on: n for on, n in days.items() if on >= oldest.isoformat()})
        session.flush()
    return found


def _opened(row: Carried | None) -> Days | None:
    """Open one sum; of one that was tampered with nothing is known."""
    try:
        return row.days if row is not None else None
    except Damaged:
        return None


def _keep(who: uuid.UUID, row: Carried | None, days: Days) -> None:
    if row is not None and _opened(row) is None:
        session.delete(row)
        session.flush()
        row = None
    if row is None:
        row = Carried(id=who, subject_id=who)
        session.add(row)
    row.days = days
    row.stale_from = None


def _contacts_of(people: Collection[uuid.UUID], first: dt.date, last: dt.date) -> Iterator[Any]:
    """Ask for the sealed part of the contacts these volunteers held, volunteer by volunteer."""
    for some in _portions(people):
        within = Contact.volunteer_id.in_(some)
        yield from session.execute(_held().where(within, Contact.day >= first, Contact.day <= last))


def _changed_contacts_of(people: Iterable[uuid.UUID]) -> Iterator[Any]:
    """Ask for the contacts held since the day each volunteer's sums are no longer right."""
    asked = _held().join(Carried, Carried.id == Contact.volunteer_id)
    for some in _portions(list(people)):
        yield from session.execute(asked.where(Carried.id.in_(some), Contact.day >= Carried.stale_from))


def _held() -> Select[Any]:
    return (
        select(key(Contact.volunteer_id), Contact.day, *sealed_of(ContactDetail))
        .join(ContactDetail, ContactDetail.id == Contact.id)
        .where(Contact.status == ContactStatus.HELD)
    )


def _summed(contacts: Iterable[tuple[Key, dt.date, Key, Key, int, bytes]]) -> dict[uuid.UUID, Days]:
    sums: dict[Key, Days] = defaultdict(dict)
    for who, on, *sealed in contacts:
        says = open_raw("contact_detail", *sealed)
        codes = {*(says.get("topics") or ()), *({*(says.get("techniques") or ())} & {MOTIVATIONAL})}
        for code in codes:
            day = sums[who].setdefault(on.isoformat(), {})
            day[code] = day.get(code, 0) + 1
    return {id_of(who): days for who, days in sums.items()}


def _portions(people: Collection[uuid.UUID]) -> Iterator[list[uuid.UUID]]:
    every = list(people)
    for at in range(0, len(every), AT_ONCE):
        yield every[at : at + AT_ONCE]
