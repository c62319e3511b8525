"""Asking volunteers how the role feels, and taking their answer."""

import datetime as dt
import uuid

from peerlink import clock
from peerlink.errors import Refused
from peerlink.events import announce
from peerlink.features.programmes.queries import limits, programme_zone
from peerlink.features.wellbeing.events import CheckinAnswered, CheckinAsked, CheckinExpired, CheckinSkipped
from peerlink.features.wellbeing.models import Checkin
from peerlink.features.wellbeing.queries import (
    find_open_checkin,
    first_matches,
    last_asked,
    waiting_checkins,
)
from peerlink.features.wellbeing.rules import CheckinDraft, check_draft, has_expired, next_due
from peerlink.framework.vocabularies import CheckinStatus
from peerlink.lifecycle import Kind, check_step
from peerlink.roles import Viewer
from peerlink.store.session import session
from peerlink.words import _


def ask(volunteer_id: uuid.UUID, due_on: dt.date, *, by: uuid.UUID | None = None) -> Checkin:
    """Let a check-in be due for a volunteer."""
    checkin = Checkin(
        id=uuid.uuid4(),
        subject_id=volunteer_id,
        volunteer_id=volunteer_id,
        due_on=due_on,
        answered_on=None,
        status=CheckinStatus.DUE,
    )
    session.add(checkin)
    session.flush()
    announce(CheckinAsked(by=by, volunteer_id=volunteer_id, checkin_id=checkin.id))
    return checkin


def open_for(viewer: Viewer) -> Checkin:
    """Return the viewer's waiting check-in; one that they begin of their own accord is due today."""
    waiting = find_open_checkin(viewer)
    if waiting is not None:
        return waiting
    if viewer.person_id is None:
        raise Refused(_("Check-ins are for volunteers."))
    return ask(viewer.person_id, clock.today(programme_zone()), by=viewer.account_id)


def answer(checkin: Checkin, draft: CheckinDraft, *, by: uuid.UUID) -> Checkin:
    """Keep a volunteer's answers; whoever judges strain hears of it in the same transaction."""
    check_draft(draft)
    check_step(Kind.CHECKIN, checkin.status, CheckinStatus.ANSWERED)
    checkin.status = CheckinStatus.ANSWERED
    checkin.answered_on = clock.today(programme_zone())
    checkin.answers = dict(draft.answers)
    checkin.request = draft.request.value
    checkin.grew = [one.value for one in draft.grew] or None
    checkin.diary = draft.diary or None
    checkin.reader = draft.reader
    session.flush()
    announce(CheckinAnswered(by=by, volunteer_id=checkin.volunteer_id, checkin_id=checkin.id))
    return checkin


def skip(checkin: Checkin, reason: str | None, *, by: uuid.UUID) -> Checkin:
    """Leave this one out, with or without a reason; that is never counted as zero."""
    check_step(Kind.CHECKIN, checkin.status, CheckinStatus.SKIPPED)
    checkin.status = CheckinStatus.SKIPPED
    checkin.skipped_reason = reason or None
    announce(CheckinSkipped(by=by, volunteer_id=checkin.volunteer_id, checkin_id=checkin.id))
    return checkin


def ask_and_expire(today: dt.date) -> tuple[int, int]:
    """Let what was not answered in time expire, and ask whoever is due; return how many of each."""
    inforce = limits()
    expired = 0
    for checkin in waiting_checkins():
        if has_expired(checkin.due_on, today, inforce):
            checkin.status = CheckinStatus.EXPIRED
            announce(CheckinExpired(by=None, volunteer_id=checkin.volunteer_id, checkin_id=checkin.id))
            expired += 1
    last, first = last_asked(), first_matches()
    asked = 0
    for volunteer_id in {*last, *first}:
        due = next_due(last.get(volunteer_id), first.get(volunteer_id), inforce)
        if due is not None and due <= today:
            # Whoever was away for months is asked once, today, and not for every month.
            ask(volunteer_id, max(due, today - dt.timedelta(days=inforce.whole("checkin.expire_days"))))
            asked += 1
    return expired, asked
