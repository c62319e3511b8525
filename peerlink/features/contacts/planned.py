"""What becomes of a contact that was planned."""

import datetime as dt
import uuid

from sqlalchemy import select

from peerlink import clock
from peerlink.errors import Refused
from peerlink.features.contacts.events import (
    ContactCancelled,
    ContactFacts,
    ContactLogged,
    ContactMissed,
    ContactMoved,
    ContactUnconfirmed,
)
from peerlink.features.contacts.keeping import (
    begin,
    check,
    keep_new,
    tell,
)
from peerlink.features.contacts.models import Contact, ContactDetail
from peerlink.features.contacts.queries import (
    detail_of,
    facts_of,
    find_contact_of,
    get_contact,
    match_to_log,
    minutes_lately,
)
from peerlink.features.contacts.rules import (
    ContactDraft,
    check_notice,
    is_late,
    usual_minutes,
)
from peerlink.features.programmes.queries import limits, programme_zone
from peerlink.framework.vocabularies import (
    ContactStatus,
    MissedBy,
)
from peerlink.lifecycle import Kind
from peerlink.roles import Viewer
from peerlink.store import gate, history
from peerlink.store.session import session
from peerlink.words import _


def confirm_held(contact_id: uuid.UUID, by: Viewer) -> ContactFacts:
    """Say that a planned contact was held as planned: its time, and the usual length."""
    contact = get_contact(contact_id, by)
    detail = detail_of(contact)
    planned_at = detail.planned_at
    if planned_at is None or planned_at > clock.now():
        raise Refused(_("Its time has not come yet."))
    before = facts_of(contact)
    _step(contact, ContactStatus.HELD, by)
    contact.minutes = usual_minutes(minutes_lately(contact.volunteer_id, contact.match_id))
    contact.late = is_late(planned_at, programme_zone(), limits())
    detail.started_at = planned_at
    _written(detail, by)
    begin(match_to_log(contact.match_id, by), contact.day, by)
    return tell(ContactLogged, by, before=before, after=facts_of(contact))


def miss_contact(contact_id: uuid.UUID, missed_by: MissedBy, by: Viewer) -> ContactFacts:
    """Say that a planned contact fell through, and on whose side."""
    contact = get_contact(contact_id, by)
    detail = detail_of(contact)
    before = facts_of(contact)
    _step(contact, ContactStatus.MISSED, by, reason=missed_by)
    contact.missed_by = missed_by
    _written(detail, by)
    return tell(ContactMissed, by, before=before, after=facts_of(contact))


def cancel_contact(contact_id: uuid.UUID, cancelled_by: MissedBy, by: Viewer) -> ContactFacts:
    """Call a planned contact off, at least 24 hours before."""
    contact = get_contact(contact_id, by)
    detail = detail_of(contact)
    before = facts_of(contact)
    if detail.planned_at is not None:
        check_notice(detail.planned_at, clock.now())
    _step(contact, ContactStatus.CANCELLED, by, reason=cancelled_by)
    contact.missed_by = cancelled_by
    _written(detail, by)
    return tell(ContactCancelled, by, before=before, after=facts_of(contact))


def move_contact(contact_id: uuid.UUID, draft: ContactDraft, by: Viewer) -> ContactFacts:
    """Plan a planned contact for another time; the two stay linked by their history."""
    contact = get_contact(contact_id, by)
    match = match_to_log(contact.match_id, by)
    known = find_contact_of(match, draft.id)
    if known is not None:
        return facts_of(known)
    before = facts_of(contact)
    laid_down = check(draft, match, by)
    _step(contact, ContactStatus.RESCHEDULED, by, note=draft.id.hex)
    tell(ContactMoved, by, before=before, after=facts_of(contact))
    return keep_new(match, draft, laid_down, by)


def mark_unconfirmed(today: dt.date) -> int:
    """Mark planned contacts of more than 7 days ago nobody spoke of as unconfirmed; return how many."""
    with gate.opened("time marks what nobody confirmed"):
        latest = today - dt.timedelta(days=limits().whole("contact.unconfirmed_after_days"))
        asked = select(Contact).where(Contact.status == ContactStatus.PLANNED, Contact.day < latest)
        silent = session.scalars(asked).all()
        for contact in silent:
            before = facts_of(contact)
            history.move(contact, ContactStatus.UNCONFIRMED, kind=Kind.CONTACT, by=None, on=today)
            tell(ContactUnconfirmed, None, before=before, after=facts_of(contact))
        return len(silent)


def _step(
    contact: Contact,
    to: ContactStatus,
    by: Viewer,
    *,
    reason: MissedBy | None = None,
    note: str | None = None,
) -> None:
    history.move(contact, to, kind=Kind.CONTACT, by=by.account_id, reason=reason, note=note)


def _written(detail: ContactDetail, by: Viewer) -> None:
    detail.logged_by = by.account_id.hex
    detail.logged_at = clock.now()
