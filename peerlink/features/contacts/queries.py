"""What can be asked about contacts."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select

from peerlink.errors import NotFound
from peerlink.features.contacts.events import ContactFacts
from peerlink.features.contacts.models import Contact, ContactDetail, FollowUp
from peerlink.features.contacts.rules import ContactDraft
from peerlink.features.matching.models import Match
from peerlink.features.matching.queries import matches_for, my_matches
from peerlink.features.participants.models import Participant
from peerlink.features.programmes.models import Place
from peerlink.features.programmes.queries import approved_places
from peerlink.features.volunteers.models import Volunteer
from peerlink.framework.support import codes
from peerlink.framework.vocabularies import ContactStatus
from peerlink.roles import Viewer
from peerlink.store.lookup import find, get, many
from peerlink.store.session import session

LATELY = 9
"""Contacts from which the usual length is told."""


def contacts_for(viewer: Viewer) -> Select[Contact]:
    """Return the contacts this viewer may know of: those of the matches within their reach."""
    reached = matches_for(viewer).with_only_columns(Match.id)
    contacts = select(Contact).where(Contact.match_id.in_(reached))
    if viewer.person_id is not None and len(viewer.roles) == 1:
        contacts = contacts.where(Contact.volunteer_id == viewer.person_id)
    return contacts


def get_contact(contact_id: uuid.UUID, viewer: Viewer) -> Contact:
    """Return the contact, if it is within this viewer's reach."""
    return get(contacts_for(viewer).where(Contact.id == contact_id))


def find_contact_of(match: Match, contact_id: uuid.UUID) -> Contact | None:
    """Return a contact of this match, None where the id is free; NotFound where another match has it."""
    contact = session.get(Contact, contact_id)
    if contact is not None and contact.match_id != match.id:
        raise NotFound
    return contact


def detail_of(contact: Contact) -> ContactDetail:
    """Return the sealed rest of a contact that is within the viewer's reach."""
    return get(select(ContactDetail).where(ContactDetail.id == contact.id))


def match_to_log(match_id: uuid.UUID, viewer: Viewer) -> Match:
    """Return a match within reach and hold it: two copies of one form wait for each other."""
    return get(matches_for(viewer).where(Match.id == match_id).with_for_update(of=Match))


def follow_ups_of(contact: Contact) -> Sequence[FollowUp]:
    """Return what was promised in a contact that is within the viewer's reach."""
    return many(select(FollowUp).where(FollowUp.contact_id == contact.id).order_by(FollowUp.due_on))


def get_follow_up(follow_up_id: uuid.UUID, viewer: Viewer) -> FollowUp:
    """Return something promised, if its match is within this viewer's reach."""
    reached = matches_for(viewer).with_only_columns(Match.id)
    return get(select(FollowUp).where(FollowUp.id == follow_up_id, FollowUp.match_id.in_(reached)))


def facts_of(contact: Contact) -> ContactFacts:
    """Return a contact as counters see it."""
    return ContactFacts(
        contact_id=contact.id,
        match_id=contact.match_id,
        volunteer_id=contact.volunteer_id,
        participant_id=contact.participant_id,
        day=contact.day,
        planned_on=contact.planned_on,
        status=contact.status,
        missed_by=contact.missed_by,
        minutes=contact.minutes,
        areas=contact.areas,
        late=contact.late,
        heavy=contact.heavy,
        difficult=contact.difficult,
    )


def minutes_lately(volunteer_id: uuid.UUID | None, match_id: uuid.UUID | None) -> Sequence[int]:
    """Return how long the last held contacts of a match took, or of a volunteer, in minutes."""
    asked = select(Contact.minutes).where(Contact.status == ContactStatus.HELD, Contact.minutes > 0)
    if match_id is not None:
        asked = asked.where(Contact.match_id == match_id)
    else:
        asked = asked.where(Contact.volunteer_id == volunteer_id)
    return session.scalars(asked.order_by(Contact.day.desc()).limit(LATELY)).all()


def called_of(participant_ids: Sequence[uuid.UUID], viewer: Viewer) -> dict[uuid.UUID, str]:
    """Return how participants already within reach are called; nothing where the role sees no names."""
    if "participant" not in viewer.opens() or not participant_ids:
        return {}
    named = many(select(Participant).where(Participant.id.in_(set(participant_ids))))
    return {one.id: one.called for one in named}


def places_of_both(match: Match | None) -> dict[uuid.UUID, Place]:
    """Return the approved places both would come to; all approved ones where they share none."""
    approved = approved_places()
    if match is None:
        return approved
    volunteer = find(select(Volunteer).where(Volunteer.id == match.volunteer_id))
    participant = find(select(Participant).where(Participant.id == match.participant_id))
    if volunteer is None or participant is None:
        return approved
    shared = {uuid.UUID(one) for one in volunteer.places or ()}
    shared &= {uuid.UUID(one) for one in participant.places or ()}
    return {one: place for one, place in approved.items() if one in shared} or approved


@dataclass(frozen=True)
class NextContact:
    """Somebody a volunteer walks with, and when they should hear from each other."""

    match_id: uuid.UUID
    called: str
    planned_id: uuid.UUID | None
    """The contact planned next, if there is one."""
    planned_on: dt.date | None
    promised: str | None
    """What was promised and is not done yet, the earliest."""
    promised_on: dt.date | None
    promised_id: uuid.UUID | None
    last_on: dt.date | None
    """The day of the last held contact."""
    since: dt.date | None
    """The day silence is counted from: the last held contact, else the match's beginning."""
    interval_days: int | None

    @property
    def due_on(self) -> dt.date | None:
        """Return the day they should hear from each other: planned, promised, or after the usual interval."""
        said = [day for day in (self.planned_on, self.promised_on) if day is not None]
        if said:
            return min(said)
        if self.since is None or self.interval_days is None:
            return None
        return self.since + dt.timedelta(days=self.interval_days)

    @property
    def is_promised(self) -> bool:
        return self.planned_on is not None or self.promised_id is not None


def next_contacts_for(viewer: Viewer) -> list[NextContact]:
    """Return everybody a volunteer walks with: first who was promised something, then the longest silence."""
    matches = my_matches(viewer)
    if not matches:
        return []
    names = called_of([match.participant_id for match in matches], viewer)
    ids = [match.id for match in matches]
    held = _last_held(ids)
    planned = _planned_next(ids)
    promised = _promised_next(ids)
    people = [_next(match, names, held, planned, promised) for match in matches]
    return sorted(people, key=_kindest_first)


def _next(
    match: Match,
    names: dict[uuid.UUID, str],
    held: dict[uuid.UUID, dt.date],
    planned: dict[uuid.UUID, Contact],
    promised: dict[uuid.UUID, FollowUp],
) -> NextContact:
    plan, promise, last_on = planned.get(match.id), promised.get(match.id), held.get(match.id)
    return NextContact(
        match_id=match.id,
        called=names[match.participant_id],
        planned_id=plan.id if plan else None,
        planned_on=plan.day if plan else None,
        promised=promise.what if promise else None,
        promised_on=promise.due_on if promise else None,
        promised_id=promise.id if promise else None,
        last_on=last_on,
        since=last_on or match.started_on or match.accepted_on,
        interval_days=match.planned_interval_days,
    )


def _kindest_first(one: NextContact) -> tuple[bool, dt.date, str]:
    day = one.due_on if one.is_promised else one.since
    return not one.is_promised, day or dt.date.max, one.called


def _last_held(match_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, dt.date]:
    asked = select(Contact.match_id, func.max(Contact.day)).where(
        Contact.match_id.in_(match_ids), Contact.status == ContactStatus.HELD
    )
    found = session.execute(asked.group_by(Contact.match_id)).all()
    return {match_id: day for match_id, day in found}  # noqa: C416 - a Row is no pair to mypy


def _planned_next(match_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Contact]:
    asked = select(Contact).where(Contact.match_id.in_(match_ids), Contact.status == ContactStatus.PLANNED)
    latest_first = many(asked.order_by(Contact.day.desc()))
    return {contact.match_id: contact for contact in latest_first}


def _promised_next(match_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, FollowUp]:
    asked = select(FollowUp).where(FollowUp.match_id.in_(match_ids), FollowUp.done_on.is_(None))
    open_ones = sorted(many(asked), key=lambda one: one.due_on or dt.date.max, reverse=True)
    return {follow_up.match_id: follow_up for follow_up in open_ones}


def people_to_log(viewer: Viewer, today: dt.date) -> list[NextContact]:
    """Return everybody a volunteer walks with: who is due first, then who was met last."""

    def order(one: NextContact) -> tuple[bool, int, str]:
        due = one.due_on is not None and one.due_on <= today
        lately = one.last_on.toordinal() if one.last_on else 0
        return not due, -lately, one.called

    return sorted(next_contacts_for(viewer), key=order)


def draft_of(contact: Contact, detail: ContactDetail, *, with_note: bool = True) -> ContactDraft:
    """Return a contact as it would be told anew."""
    at = detail.started_at or detail.planned_at
    return ContactDraft(
        id=contact.id,
        status=contact.status,
        at=at or dt.datetime.combine(contact.day, dt.time(12), dt.UTC),
        channel=contact.channel,
        minutes=contact.minutes,
        missed_by=contact.missed_by,
        support=frozenset(codes(contact.support)),
        place_id=contact.place_id,
        rating=contact.rating,
        effort=detail.effort,
        helped=detail.helped,
        difficulty=frozenset(detail.difficulty or ()),
        topics=frozenset(detail.topics or ()),
        techniques=frozenset(detail.techniques or ()),
        bridging=frozenset(detail.bridging or ()),
        note=detail.note if with_note else None,
        late_reason=detail.late_reason,
    )
