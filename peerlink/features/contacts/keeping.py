"""Puts a contact into its table and its sealed rest, and tells what became of it."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import insert, select

from peerlink import clock
from peerlink.errors import Refused
from peerlink.events import announce
from peerlink.features.contacts.events import (
    ContactCancelled,
    ContactFacts,
    ContactKept,
    ContactLogged,
    ContactMissed,
    ContactPlanned,
    FollowUpPromised,
    NoteWarned,
)
from peerlink.features.contacts.hygiene import worries_in
from peerlink.features.contacts.models import Contact, ContactDetail, FollowUp
from peerlink.features.contacts.queries import (
    detail_of,
    facts_of,
)
from peerlink.features.contacts.rules import (
    ContactDraft,
    bits_of_tags,
    check_draft,
    check_open,
    day_of,
    digest_of,
    is_late,
    support_bits,
)
from peerlink.features.matching.models import Match
from peerlink.features.participants.models import Participant
from peerlink.features.programmes.models import Site
from peerlink.features.programmes.queries import approved_places, limits, programme_zone
from peerlink.framework.vocabularies import (
    Channel,
    ContactStatus,
    MatchStatus,
    ParticipantStatus,
    SiteKind,
)
from peerlink.lifecycle import Kind
from peerlink.roles import Role, Viewer
from peerlink.store import gate, history
from peerlink.store.lookup import get
from peerlink.store.session import session
from peerlink.words import _

SAYS_SO = {
    ContactStatus.HELD: ContactLogged,
    ContactStatus.MISSED: ContactMissed,
    ContactStatus.CANCELLED: ContactCancelled,
    ContactStatus.PLANNED: ContactPlanned,
}


class NoteWorries(Refused):
    """A note looks like it holds what it must not; it is kept once somebody says so again."""

    def __init__(self, worries: tuple[str, ...]) -> None:
        named = ", ".join(_(worry) for worry in worries)
        super().__init__(_("The note seems to hold %(what)s. Better leave it out.", what=named))


def check(draft: ContactDraft, match: Match, by: Viewer) -> None:
    """Refuse what cannot be kept; raises NoteWorries where the note must be looked at first."""
    zone = programme_zone()
    check_draft(draft, clock.now(), zone, limits(), staff=by.is_a(Role.COORDINATOR))
    check_open(match.status, match.ended_on, day_of(draft.at, zone))
    if draft.place_id is not None and draft.place_id not in approved_places():
        raise Refused(_("This place is not approved for meeting."))
    worries = worries_of(draft)
    if worries and not draft.note_anyway:
        raise NoteWorries(worries)


def worries_of(draft: ContactDraft) -> tuple[str, ...]:
    """Name what note and promise seem to hold and must not."""
    return tuple(dict.fromkeys([*worries_in(draft.note), *worries_in(draft.promise)]))


def keep_new(match: Match, draft: ContactDraft, by: Viewer) -> ContactFacts:
    """Keep a new contact and tell of it; the first held one begins the match."""
    contact = Contact(
        id=draft.id, match_id=match.id, volunteer_id=match.volunteer_id, participant_id=match.participant_id
    )
    fill(contact, draft)
    columns = {column.key: getattr(contact, column.key) for column in Contact.__table__.columns}
    session.execute(insert(Contact).values(columns))
    detail = ContactDetail(
        id=draft.id,
        subject_id=match.participant_id,
        logged_by=by.account_id.hex,
        logged_at=clock.now(),
        sent=digest_of(draft),
    )
    fill_detail(detail, draft)
    session.add(detail)
    promise(contact, draft, by)
    after = facts_of(contact)
    if draft.status is ContactStatus.HELD:
        begin(match, after.day, by)
    tell(SAYS_SO[draft.status], by, before=None, after=after)
    tell_worries(after, draft, by)
    return after


def fill(contact: Contact, draft: ContactDraft) -> None:
    """Write what a draft says into the readable half."""
    zone = programme_zone()
    held = draft.status is ContactStatus.HELD
    met = draft.channel is Channel.IN_PERSON
    contact.status = draft.status
    contact.day = day_of(draft.at, zone)
    if draft.status is not ContactStatus.HELD:
        contact.planned_on = contact.day
    contact.missed_by = draft.missed_by
    contact.minutes = draft.minutes if held else 0
    contact.channel = draft.channel
    contact.place_id = draft.place_id if met else None
    contact.in_clinic = _is_clinic(draft.place_id) if met else None
    contact.support, contact.areas = support_bits(draft.support) if held else (0, 0)
    contact.late = held and is_late(draft.at, zone, limits())
    contact.heavy, contact.difficult = bits_of_tags(draft.difficulty)
    contact.rating = draft.rating if met and held else None


def _is_clinic(place_id: uuid.UUID | None) -> bool | None:
    place = approved_places().get(place_id) if place_id else None
    if place is None or place.site_id is None:
        return None
    return session.scalar(select(Site.kind).where(Site.id == place.site_id)) is SiteKind.CLINIC


def fill_detail(detail: ContactDetail, draft: ContactDraft) -> None:
    """Write what a draft says into the sealed half."""
    held = draft.status is ContactStatus.HELD
    values: dict[str, Any] = {
        "started_at": draft.at if held else None,
        "techniques": sorted(draft.techniques) or None,
        "topics": sorted(draft.topics) or None,
        "bridging": sorted(draft.bridging) or None,
        "difficulty": sorted(draft.difficulty) or None,
        "effort": draft.effort,
        "helped": draft.helped,
        "late_reason": draft.late_reason,
        "note": draft.note,
    }
    if not held:
        values["planned_at"] = draft.at
    for name, value in values.items():
        if value is not None or getattr(detail, name) is not None:
            setattr(detail, name, value)


def promise(contact: Contact, draft: ContactDraft, by: Viewer) -> None:
    """Keep what was promised, if anything was."""
    if not draft.promise:
        return
    session.add(
        FollowUp(
            id=uuid.uuid4(),
            subject_id=contact.participant_id,
            contact_id=contact.id,
            match_id=contact.match_id,
            due_on=draft.promise_due,
            what=draft.promise,
        )
    )
    announce(FollowUpPromised(**whom(facts_of(contact), by)))


def begin(match: Match, day: dt.date, by: Viewer) -> None:
    """Take a match that was only accepted, and its participant, into support: they have met."""
    if match.status is not MatchStatus.ACCEPTED:
        return
    match.started_on = day
    history.move(match, MatchStatus.ACTIVE, kind=Kind.MATCH, by=by.account_id, on=day)
    with gate.opened("a participant whose first contact was held is active"):
        participant = get(select(Participant).where(Participant.id == match.participant_id))
        if participant.status is ParticipantStatus.MATCHED:
            participant.status_since = day
            history.move(
                participant, ParticipantStatus.ACTIVE, kind=Kind.PARTICIPANT, by=by.account_id, on=day
            )


def words_of(contact: Contact, detail: ContactDetail) -> dict[str, Any]:
    """Return what a contact says, as values a sealed history can hold."""
    plain = ("day", "missed_by", "minutes", "channel", "place_id", "support", "rating")
    sealed = ("planned_at", "started_at", "techniques", "topics", "bridging", "difficulty", "effort", "note")
    says: dict[str, Any] = {name: getattr(contact, name) for name in plain}
    says |= {name: getattr(detail, name) for name in sealed}
    return {
        name: value if isinstance(value, int | list) or value is None else str(value)
        for name, value in says.items()
    }


def own_detail(contact: Contact, by: Viewer) -> ContactDetail:
    """Return the sealed half for its author; Refused for anybody else."""
    detail = detail_of(contact)
    if detail.logged_by != by.account_id.hex:
        raise Refused(_("Only whoever wrote this down can change it or add to it."))
    return detail


def tell(
    kind: type[ContactKept],
    by: Viewer | None,
    *,
    before: ContactFacts | None,
    after: ContactFacts | None,
) -> ContactFacts:
    """Announce what became of a contact, with what it was and is; return what it is."""
    facts = after or before
    if facts is None:
        raise ValueError("a contact that neither was nor is")
    announce(kind(**whom(facts, by), before=before, after=after))
    return facts


def whom(facts: ContactFacts, by: Viewer | None) -> dict[str, Any]:
    """Name whom an event is about."""
    return {
        "by": by.account_id if by else None,
        "contact_id": facts.contact_id,
        "match_id": facts.match_id,
        "volunteer_id": facts.volunteer_id,
        "participant_id": facts.participant_id,
    }


def tell_worries(facts: ContactFacts, draft: ContactDraft, by: Viewer) -> None:
    """Announce that a note was kept although it was warned about."""
    worries = worries_of(draft)
    if worries:
        announce(NoteWarned(**whom(facts, by), n_worries=len(worries)))
