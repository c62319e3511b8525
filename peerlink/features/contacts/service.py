"""What can be done with contacts."""

import uuid
from dataclasses import dataclass

from sqlalchemy import delete, select

from peerlink import clock
from peerlink.errors import Conflict, Refused
from peerlink.events import announce
from peerlink.features.contacts.events import (
    AddendumWritten,
    CallAsked,
    ContactChanged,
    ContactFacts,
    ContactTakenBack,
    FollowUpKept,
    NoteWarned,
)
from peerlink.features.contacts.hygiene import worries_in
from peerlink.features.contacts.keeping import (
    NoteWorries,
    check,
    keep_new,
    own_detail,
    plain_values,
    promise,
    sealed_values,
    tell,
    tell_worries,
    whom,
    words_of,
)
from peerlink.features.contacts.models import Contact, ContactDetail, FollowUp
from peerlink.features.contacts.queries import (
    detail_of,
    facts_of,
    find_contact_of,
    get_contact,
    get_follow_up,
    match_to_log,
)
from peerlink.features.contacts.rules import (
    NOTICE,
    ContactDraft,
    digest_of,
    may_change,
    may_take_back,
)
from peerlink.features.programmes.queries import limits, programme_zone
from peerlink.framework.people_words import ContactRequest
from peerlink.roles import Viewer
from peerlink.store.session import session
from peerlink.words import _


class SentTwice(Conflict):
    """One form came twice and says different things; both must be shown."""

    def __init__(self, contact: Contact) -> None:
        super().__init__(_("This was saved already, and said something else."))
        self.contact = contact


def log_contact(match_id: uuid.UUID, draft: ContactDraft, by: Viewer) -> ContactFacts:
    """Write a contact down once: a form that comes again is given the first one back.

    Raises SentTwice where it comes again with other words, NoteWorries where its note must be looked at, and
    NotFound where its id belongs to another match.
    """
    match = match_to_log(match_id, by)
    known = find_contact_of(match, draft.id)
    if known is not None:
        if detail_of(known).sent != digest_of(draft):
            raise SentTwice(known)
        return facts_of(known)
    return keep_new(match, draft, check(draft, match, by), by)


def change_contact(contact_id: uuid.UUID, draft: ContactDraft, by: Viewer) -> ContactFacts:
    """Put right what was written about a contact, within 7 days and by its author; the earlier words stay."""
    contact = get_contact(contact_id, by)
    detail = own_detail(contact, by)
    if not may_change(detail.logged_at, clock.now()):
        raise Refused(_("More than 7 days have passed. You can still add to it."))
    if draft.status is not contact.status:
        raise Refused(_("What became of a contact cannot be changed here."))
    match = match_to_log(contact.match_id, by)
    laid_down = check(draft, match, by)
    before, was = facts_of(contact), words_of(contact, detail)
    for record, values in ((contact, plain_values(draft, laid_down)), (detail, sealed_values(draft))):
        for name, value in values.items():
            if getattr(record, name) != value:
                setattr(record, name, value)
    now = words_of(contact, detail)
    changed = {name: value for name, value in was.items() if value != now[name]}
    if changed:
        entry: dict[str, object] = {
            "at": clock.now().isoformat(),
            "by": by.account_id.hex,
            "was": changed,
        }
        detail.past = [*(detail.past or []), entry]
    promise(before, draft, by)
    tell(ContactChanged, by, before=before, after=facts_of(contact))
    tell_worries(before, draft, by)
    return facts_of(contact)


def take_back(contact_id: uuid.UUID, by: Viewer) -> uuid.UUID:
    """Take back a contact just written down, with what was promised in it; return its match."""
    contact = get_contact(contact_id, by)
    detail = own_detail(contact, by)
    if not may_take_back(detail.logged_at, clock.now()):
        raise Refused(_("This was saved too long ago to be taken back. Change it, or add to it."))
    before = facts_of(contact)
    for follow_up in session.scalars(select(FollowUp).where(FollowUp.contact_id == contact.id)):
        session.delete(follow_up)
    session.delete(detail)
    session.flush()
    session.execute(delete(Contact).where(Contact.id == contact.id))
    tell(ContactTakenBack, by, before=before, after=None)
    return before.match_id


def add_to(contact_id: uuid.UUID, text: str, by: Viewer, *, anyway: bool = False) -> None:
    """Add a note to a contact, however long ago it was; nothing written before is touched."""
    contact = get_contact(contact_id, by)
    detail = own_detail(contact, by)
    longest = limits().whole("contact.note_max_chars")
    if len(text) > longest:
        raise Refused(_("At most %(n)s characters; this has %(has)s.", n=longest, has=len(text)))
    worries = worries_in(text)
    if worries and not anyway:
        raise NoteWorries(worries)
    entry = {"at": clock.now().isoformat(), "by": by.account_id.hex, "text": text}
    detail.addenda = [*(detail.addenda or []), entry]
    facts = facts_of(contact)
    announce(AddendumWritten(**whom(facts, by)))
    if worries:
        announce(NoteWarned(**whom(facts, by), n_worries=len(worries)))


def keep_follow_up(follow_up_id: uuid.UUID, by: Viewer) -> uuid.UUID:
    """Say that something promised is done; return the contact it was promised in."""
    follow_up = get_follow_up(follow_up_id, by)
    contact = get_contact(follow_up.contact_id, by)
    if follow_up.done_on is None:
        follow_up.done_on = clock.today(programme_zone())
        announce(FollowUpKept(**whom(facts_of(contact), by)))
    return contact.id


def ask_call(contact_id: uuid.UUID, wish: ContactRequest, by: Viewer) -> None:
    """Keep whether the author wants to be called after a contact; asked once, it only becomes sooner."""
    contact = get_contact(contact_id, by)
    detail = own_detail(contact, by)
    if wish is ContactRequest.NO:
        detail.call = detail.call or wish.value
        return
    if detail.call in {wish.value, ContactRequest.TODAY.value}:
        return
    detail.call, detail.asked_call_at = wish.value, clock.now()
    announce(CallAsked(**whom(facts_of(contact), by), today=wish is ContactRequest.TODAY))


@dataclass(frozen=True)
class Shown:
    """A contact with whatever of its sealed rest this viewer may read."""

    contact: Contact
    detail: ContactDetail
    is_author: bool
    may_change: bool
    may_take_back: bool
    is_due: bool
    """Its planned time has come."""
    may_call_off: bool
    """Its planned time is still far enough ahead."""


def contact_to_show(contact_id: uuid.UUID, viewer: Viewer) -> Shown:
    """Return a contact within reach, and what its author may still do with it."""
    contact = get_contact(contact_id, viewer)
    detail = detail_of(contact)
    author = detail.logged_by == viewer.account_id.hex
    now = clock.now()
    return Shown(
        contact,
        detail,
        author,
        author and may_change(detail.logged_at, now),
        author and may_take_back(detail.logged_at, now),
        detail.planned_at is not None and detail.planned_at <= now,
        detail.planned_at is not None and detail.planned_at - now >= NOTICE,
    )
