"""Opens what is sealed and must be counted all the same: check-in answers, and why a contact was heavy."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, func, or_, select

from peerlink.features.contacts.models import Contact, ContactDetail
from peerlink.features.indicators.facts import HeavyContact
from peerlink.features.indicators.past import Only, within
from peerlink.features.indicators.raw import Key, id_of, key
from peerlink.features.wellbeing.models import Checkin
from peerlink.framework.contact_words import ContactStatus, DifficultyTag
from peerlink.framework.vocabularies import CRITICAL, CheckinStatus, ContactRequest
from peerlink.instruments import strain
from peerlink.instruments.checkin import Answers
from peerlink.store.sealing import MAIN, Damaged, open_blob
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
    for contact, tags in _heavy(day, 90, Contact.volunteer_id, only):
        if contact.status is ContactStatus.HELD:
            critical = not tags.isdisjoint(CRITICAL)
            held[contact.who].append(
                HeavyContact(contact=id_of(contact.id).bytes, held_on=contact.day, is_critical=critical)
            )
        if DifficultyTag.VIOLENCE in tags and (day - contact.day).days < 60:
            violent[contact.who] += 1
    found: dict[Key, Difficult] = defaultdict(Difficult)
    for who in {*held, *violent}:
        found[who] = Difficult(tuple(held[who]), violent[who])
    return found


def contacts_tagged(day: dt.date, days: int, tags: frozenset[DifficultyTag], only: Only) -> dict[Key, int]:
    """Count contacts of the last days with one of these heavy tags, by participant."""
    found: dict[Key, int] = defaultdict(int)
    for contact, said in _heavy(day, days, Contact.participant_id, only):
        if not said.isdisjoint(tags):
            found[contact.who] += 1
    return found


def _heavy(day: dt.date, days: int, who: Any, only: Only) -> list[tuple[Any, frozenset[str]]]:
    sealed = (key(ContactDetail.subject_id).label("subject_id"), ContactDetail.version, _blob(ContactDetail))
    asked = (
        select(key(Contact.id).label("id"), key(who).label("who"), Contact.day, Contact.status, *sealed)
        .join(ContactDetail, ContactDetail.id == Contact.id)
        .where(Contact.heavy, Contact.day > day - dt.timedelta(days=days), Contact.day <= day)
    )
    return [
        (row, frozenset(_says("contact_detail", row).get("difficulty") or ()))
        for row in session.execute(within(asked, who, only))
    ]


def answered_checkins(day: dt.date, only: Only) -> dict[Key, tuple[strain.Checkin, ...]]:
    """Open the latest answered check-ins of every volunteer, and name those that waited in vain."""
    newest = func.row_number().over(
        partition_by=Checkin.volunteer_id, order_by=(Checkin.answered_on.desc(), Checkin.due_on.desc())
    )
    answered = and_(Checkin.status == CheckinStatus.ANSWERED, Checkin.answered_on <= day)
    ranked = within(
        select(Checkin.id, newest.label("rank")).where(answered), Checkin.volunteer_id, only
    ).subquery()
    latest = select(ranked.c.id).where(ranked.c.rank <= ANSWERED_KEPT)
    unanswered = and_(
        or_(Checkin.status != CheckinStatus.ANSWERED, Checkin.answered_on > day),
        Checkin.due_on <= day,
        Checkin.due_on > day - dt.timedelta(days=OPEN_DAYS),
    )
    columns = (
        key(Checkin.id).label("id"), key(Checkin.subject_id).label("subject_id"), Checkin.version,
        _blob(Checkin), key(Checkin.volunteer_id).label("who"), Checkin.due_on, Checkin.answered_on,
        Checkin.status,
    )  # fmt: skip
    asked = within(select(*columns), Checkin.volunteer_id, only)
    found: dict[Key, list[strain.Checkin]] = defaultdict(list)
    for row in session.execute(asked.where(or_(Checkin.id.in_(latest), unanswered))):
        found[row.who].append(_as_instrument(row, day))
    every: dict[Key, tuple[strain.Checkin, ...]] = defaultdict(tuple)
    every.update({who: tuple(rows) for who, rows in found.items()})
    return every


def _as_instrument(row: Any, day: dt.date) -> strain.Checkin:
    if row.status is not CheckinStatus.ANSWERED or row.answered_on > day:
        return strain.Checkin(due_on=row.due_on, skipped=row.status is CheckinStatus.SKIPPED)
    says = _says("checkin", row)
    return strain.Checkin(
        due_on=row.due_on,
        answered_on=row.answered_on,
        answers=Answers.of(says.get("answers") or {}),
        request=ContactRequest(says.get("request") or ContactRequest.NO),
    )


def _blob(table: Any) -> Any:
    return getattr(table, MAIN).label("blob")


def _says(table: str, row: Any) -> dict[str, Any]:
    """Open one record; one that was tampered with says nothing, and does not keep others from counting."""
    try:
        return open_blob(table, MAIN, id_of(row.id), id_of(row.subject_id), row.version, row.blob)
    except Damaged:
        return {}
