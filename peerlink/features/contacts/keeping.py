"""Puts a contact into its table and its sealed rest, and tells what became of it."""

import datetime as dt
import uuid
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import select

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
from peerlink.features.matching.service import start_match
from peerlink.features.programmes.models import Site
from peerlink.features.programmes.queries import approved_places, find_programme
from peerlink.framework.parameters import Limits
from peerlink.framework.vocabularies import (
    Channel,
    ContactStatus,
    MatchStatus,
    SiteKind,
)
from peerlink.roles import Role, Viewer
from peerlink.store.bulk import insert_rows
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


@dataclass(frozen=True)
class Terms:
    """What the programme lays down, read once for a deed."""

    zone: str
    limits: Limits


def terms() -> Terms:
    """Read what the programme lays down."""
    programme = find_programme()
    if programme is None:
        return Terms("UTC", Limits())
    return Terms(programme.timezone, Limits(programme.limits or {}))


def check(draft: ContactDraft, match: Match, by: Viewer) -> Terms:
    """Refuse what cannot be kept; raises NoteWorries where the note must be looked at first."""
    laid_down = terms()
    check_draft(draft, clock.now(), laid_down.zone, laid_down.limits, staff=by.is_a(Role.COORDINATOR))
    check_open(match.status, match.ended_on, day_of(draft.at, laid_down.zone))
    if draft.place_id is not None and draft.place_id not in approved_places():
        raise Refused(_("This place is not approved for meeting."))
    worries = worries_of(draft)
    if worries and not draft.note_anyway:
        raise NoteWorries(worries)
    return laid_down


def worries_of(draft: ContactDraft) -> tuple[str, ...]:
    """Name what note and promise seem to hold and must not."""
    return tuple(dict.fromkeys([*worries_in(draft.note), *worries_in(draft.promise)]))


def keep_new(match: Match, draft: ContactDraft, laid_down: Terms, by: Viewer) -> ContactFacts:
    """Keep a new contact and tell of it; the first held one begins the match."""
    whose = {
        "match_id": match.id,
        "volunteer_id": match.volunteer_id,
        "participant_id": match.participant_id,
    }
    plain = {"planned_on": None, **whose, **plain_values(draft, laid_down)}
    author = {"logged_by": by.account_id.hex, "logged_at": clock.now(), "sent": digest_of(draft)}
    insert_rows(Contact, [(draft.id, match.participant_id, plain)])
    insert_rows(ContactDetail, [(draft.id, match.participant_id, author | sealed_values(draft))])
    after = ContactFacts(contact_id=draft.id, **{name: plain[name] for name in _FACTS})
    promise(after, draft, by)
    if draft.status is ContactStatus.HELD:
        begin(match, after.day, by)
    tell(SAYS_SO[draft.status], by, before=None, after=after)
    tell_worries(after, draft, by)
    return after


_FACTS = tuple(one.name for one in fields(ContactFacts) if one.name != "contact_id")


def plain_values(draft: ContactDraft, laid_down: Terms) -> dict[str, Any]:
    """Return what a draft says for the readable half."""
    held = draft.status is ContactStatus.HELD
    met = draft.channel is Channel.IN_PERSON
    support, areas = support_bits(draft.support) if held else (0, 0)
    heavy, difficult = bits_of_tags(draft.difficulty)
    values: dict[str, Any] = {
        "status": draft.status,
        "day": day_of(draft.at, laid_down.zone),
        "missed_by": draft.missed_by,
        "minutes": draft.minutes if held else 0,
        "channel": draft.channel,
        "place_id": draft.place_id if met else None,
        "in_clinic": _is_clinic(draft.place_id) if met else None,
        "support": support,
        "areas": areas,
        "late": held and is_late(draft.at, laid_down.zone, laid_down.limits),
        "heavy": heavy,
        "difficult": difficult,
        "rating": draft.rating if met and held else None,
    }
    return values if held else values | {"planned_on": values["day"]}


def _is_clinic(place_id: uuid.UUID | None) -> bool | None:
    place = approved_places().get(place_id) if place_id else None
    if place is None or place.site_id is None:
        return None
    return session.scalar(select(Site.kind).where(Site.id == place.site_id)) is SiteKind.CLINIC


def sealed_values(draft: ContactDraft) -> dict[str, Any]:
    """Return what a draft says for the sealed half."""
    return {
        "started_at" if draft.status is ContactStatus.HELD else "planned_at": draft.at,
        "techniques": sorted(draft.techniques) or None,
        "topics": sorted(draft.topics) or None,
        "bridging": sorted(draft.bridging) or None,
        "difficulty": sorted(draft.difficulty) or None,
        "effort": draft.effort,
        "note": draft.note,
        **({"late_reason": draft.late_reason} if draft.late_reason else {}),
        **({"helped": draft.helped} if draft.helped is not None else {}),
    }


def promise(contact: ContactFacts, draft: ContactDraft, by: Viewer) -> None:
    """Keep what was promised, if anything was."""
    if not draft.promise:
        return
    session.add(
        FollowUp(
            id=uuid.uuid4(),
            subject_id=contact.participant_id,
            contact_id=contact.contact_id,
            match_id=contact.match_id,
            due_on=draft.promise_due,
            what=draft.promise,
        )
    )
    announce(FollowUpPromised(**whom(contact, by)))


def begin(match: Match, day: dt.date, by: Viewer) -> None:
    """Start a match that was only accepted: they have met."""
    if match.status is MatchStatus.ACCEPTED:
        start_match(match, by=by.account_id, on=day)


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
