"""Opens what is sealed and must be counted all the same: check-in answers, and why a contact was heavy."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import aliased

from peerlink.features.contacts.models import Contact, ContactDetail
from peerlink.features.indicators.facts import HeavyContact
from peerlink.features.indicators.past import Only, within
from peerlink.features.indicators.raw import Key, bytes_of, key
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.wellbeing.models import Checkin
from peerlink.framework.contact_words import ContactStatus, DifficultyTag
from peerlink.framework.vocabularies import CRITICAL, CheckinStatus, ContactRequest
from peerlink.instruments import strain
from peerlink.instruments.checkin import Answers
from peerlink.store.model import SealedModel
from peerlink.store.sealing import MAIN, Damaged, open_bytes
from peerlink.store.session import session

ANSWERED_KEPT = 6
"""Answered check-ins of a volunteer that rules look back on."""
OPEN_DAYS = 150
"""How far back a check-in that was not answered matters."""


@dataclass(frozen=True, slots=True)
class Difficult:
    """The heavy contacts of one volunteer."""

    held_90: tuple[HeavyContact, ...] = ()
    n_violent_60: int = 0


def heavy_contacts(day: dt.date, only: Only) -> dict[Key, Difficult]:
    """Open why contacts of the last 90 days were heavy, by volunteer."""
    held: dict[Key, list[HeavyContact]] = defaultdict(list)
    violent: dict[Key, int] = defaultdict(int)
    for contact in _heavy(day, 90, Contact.volunteer_id, only):
        if contact.held:
            critical = not contact.tags.isdisjoint(CRITICAL)
            held[contact.who].append(
                HeavyContact(contact=bytes_of(contact.contact), held_on=contact.day, is_critical=critical)
            )
        if DifficultyTag.VIOLENCE in contact.tags and (day - contact.day).days < 60:
            violent[contact.who] += 1
    found: dict[Key, Difficult] = defaultdict(Difficult)
    for who in {*held, *violent}:
        found[who] = Difficult(tuple(held[who]), violent[who])
    return found


def contacts_tagged(day: dt.date, days: int, tags: frozenset[DifficultyTag], only: Only) -> dict[Key, int]:
    """Count contacts of the last days with one of these heavy tags, by participant."""
    found: dict[Key, int] = defaultdict(int)
    for contact in _heavy(day, days, Contact.participant_id, only):
        if not contact.tags.isdisjoint(tags):
            found[contact.who] += 1
    return found


class _Heavy(NamedTuple):
    who: Key
    contact: Key
    day: dt.date
    held: bool
    tags: frozenset[str]


def _heavy(day: dt.date, days: int, who: Any, only: Only) -> Iterator[_Heavy]:
    asked = (
        select(key(who), Contact.day, Contact.status == ContactStatus.HELD, *sealed_of(ContactDetail))
        .join(ContactDetail, ContactDetail.id == Contact.id)
        .where(Contact.heavy, Contact.day > day - dt.timedelta(days=days), Contact.day <= day)
    )
    for found, on, held, contact, *sealed in session.execute(within(asked, who, only)):
        tags = open_raw("contact_detail", contact, *sealed).get("difficulty") or ()
        yield _Heavy(found, contact, on, bool(held), frozenset(tags))


def answered_checkins(day: dt.date, only: Only) -> dict[Key, tuple[strain.Checkin, ...]]:
    """Open the latest answered check-ins of every volunteer, and name those that waited in vain."""
    found: dict[Key, list[strain.Checkin]] = defaultdict(list)
    for who, *sealed, due_on, answered_on in session.execute(_latest_answered(day, only)):
        if who is None:  # somebody who has answered none
            continue
        says = open_raw("checkin", *sealed)
        found[who].append(
            strain.Checkin(
                due_on,
                answered_on,
                Answers.of(says.get("answers") or {}),
                ContactRequest(says.get("request") or ContactRequest.NO),
            )
        )
    unanswered = select(key(Checkin.volunteer_id), Checkin.due_on, Checkin.status).where(
        or_(Checkin.status != CheckinStatus.ANSWERED, Checkin.answered_on > day),
        Checkin.due_on <= day,
        Checkin.due_on > day - dt.timedelta(days=OPEN_DAYS),
    )
    for who, due_on, status in session.execute(within(unanswered, Checkin.volunteer_id, only)):
        found[who].append(strain.Checkin(due_on=due_on, skipped=status is CheckinStatus.SKIPPED))
    every: dict[Key, tuple[strain.Checkin, ...]] = defaultdict(tuple)
    every.update({who: tuple(rows) for who, rows in found.items()})
    return every


def _latest_answered(day: dt.date, only: Only) -> Select[Any]:
    """Ask for the newest few of every volunteer; an index alone tells which they are."""
    one = aliased(Checkin)
    newest = (
        select(one.due_on)
        .where(one.volunteer_id == Volunteer.id, one.status == CheckinStatus.ANSWERED, one.answered_on <= day)
        .order_by(one.answered_on.desc(), one.due_on.desc())
        .limit(ANSWERED_KEPT)
        .correlate(Volunteer)
    )
    # An outer join, so that SQLite walks volunteer by volunteer and not check-in by check-in.
    asked = (
        select(key(Checkin.volunteer_id), *sealed_of(Checkin), Checkin.due_on, Checkin.answered_on)
        .select_from(Volunteer)
        .outerjoin(Checkin, and_(Checkin.volunteer_id == Volunteer.id, Checkin.due_on.in_(newest)))
    )
    return within(asked, Volunteer.id, only)


def sealed_of(table: type[SealedModel]) -> tuple[Any, ...]:
    """Ask for what one record of each row takes to open: id, subject, version, bytes."""
    return key(table.id), key(table.subject_id), table.version, getattr(table, MAIN)


def open_raw(table: str, row: Key, subject: Key, version: int, blob: bytes) -> dict[str, Any]:
    """Open one record; one that was tampered with says nothing, and does not keep others from counting."""
    try:
        return open_bytes(table, MAIN, bytes_of(row), bytes_of(subject), version, blob)
    except Damaged:
        return {}
