"""Asking volunteers how the role feels, and taking their answer."""

import datetime as dt
import uuid

from peerlink import clock
from peerlink.errors import Refused
from peerlink.events import announce
from peerlink.features.programmes.queries import limits, programme_zone
from peerlink.features.programmes.service import set_threshold
from peerlink.features.wellbeing.events import (
    CheckinAnswered,
    CheckinAsked,
    CheckinExpired,
    CheckinSkipped,
    CheckinTakenUp,
)
from peerlink.features.wellbeing.models import Checkin
from peerlink.features.wellbeing.precision import Precision, precision_of
from peerlink.features.wellbeing.queries import (
    answers_by_volunteer,
    find_checkin_due,
    find_open_checkin,
    find_skipped_checkin,
    first_matches,
    last_asked,
    waiting_checkins,
)
from peerlink.features.wellbeing.rules import CheckinDraft, check_draft, check_skip, has_expired, next_due
from peerlink.framework.parameters import Limits
from peerlink.framework.vocabularies import CheckinStatus, ContactRequest
from peerlink.instruments.checkin import strain
from peerlink.lifecycle import Kind, check_step
from peerlink.roles import Viewer
from peerlink.store import gate
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
    today = clock.today(programme_zone())
    before = find_checkin_due(viewer, today)
    if before is None:
        return ask(viewer.person_id, today, by=viewer.account_id)
    if before.status is CheckinStatus.SKIPPED:
        return take_up(before, by=viewer.account_id)
    raise Refused(_("You have answered today. From tomorrow on you can do another one."))


def is_sent(viewer: Viewer, draft: CheckinDraft) -> bool:
    """Tell whether the viewer answered today with these very words: then the button was tapped again."""
    kept = find_checkin_due(viewer, clock.today(programme_zone()))
    return (
        kept is not None
        and kept.status is CheckinStatus.ANSWERED
        and (kept.answers, kept.request, kept.diary)
        == (dict(draft.answers), draft.request.value, draft.diary or None)
    )


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
    announce(
        CheckinAnswered(
            by=by,
            volunteer_id=checkin.volunteer_id,
            checkin_id=checkin.id,
            wants_today=draft.request is ContactRequest.TODAY,
        )
    )
    return checkin


def skip(checkin: Checkin, reason: str | None, *, by: uuid.UUID, words: str | None = None) -> Checkin:
    """Leave this one out, with or without a reason; that is never counted as zero."""
    check_skip(reason, words)
    check_step(Kind.CHECKIN, checkin.status, CheckinStatus.SKIPPED)
    checkin.status = CheckinStatus.SKIPPED
    checkin.skipped_reason = reason or None
    checkin.skipped_words = (words or "").strip() or None
    announce(CheckinSkipped(by=by, volunteer_id=checkin.volunteer_id, checkin_id=checkin.id))
    return checkin


def take_up(checkin: Checkin, *, by: uuid.UUID) -> Checkin:
    """Let a check-in that was left out wait again for its answer."""
    check_step(Kind.CHECKIN, checkin.status, CheckinStatus.DUE)
    checkin.status = CheckinStatus.DUE
    checkin.skipped_reason = checkin.skipped_words = None
    announce(CheckinTakenUp(by=by, volunteer_id=checkin.volunteer_id, checkin_id=checkin.id))
    return checkin


def take_up_latest(viewer: Viewer) -> Checkin:
    """Let the check-in the viewer left out last wait again, while it could still be answered."""
    checkin = find_skipped_checkin(viewer)
    if checkin is None or has_expired(checkin.due_on, clock.today(programme_zone()), limits()):
        raise Refused(_("It is too late for that one. You can do a new one now."))
    return take_up(checkin, by=viewer.account_id)


def ask_and_expire(today: dt.date) -> tuple[int, int]:
    """Let what was not answered in time expire, and ask whoever is due; return how many of each.

    Whoever was away for months is asked once, today, and not for every month.
    """
    in_force = limits()
    due = _who_is_due(today, in_force)
    old = [
        one
        for one in waiting_checkins()
        if one.volunteer_id in due or has_expired(one.due_on, today, in_force)
    ]
    for checkin in old:
        checkin.status = CheckinStatus.EXPIRED
        announce(CheckinExpired(by=None, volunteer_id=checkin.volunteer_id, checkin_id=checkin.id))
    for volunteer_id in sorted(due):
        ask(volunteer_id, today)
    return len(old), len(due)


def own_precision() -> Precision:
    """Work out how sure a strain score is from every check-in there is; no single one is shown."""
    in_force = limits()
    with gate.opened("scores of all are counted together, none is shown"):
        people = [
            [(when, score) for when, answers in rows if (score := strain(answers, in_force)) is not None]
            for rows in answers_by_volunteer()
        ]
    return precision_of(people, clock.today(programme_zone()), in_force)


def adopt_precision(*, by: uuid.UUID) -> None:
    """Put the programme's own figure in force; how it came about stays with it as its reason."""
    own = own_precision()
    if own.value is None:
        raise Refused(_("There are too few pairs of check-ins to tell."))
    why = _(
        "From our own check-ins on %(day)s: %(n)s pairs of %(people)s volunteers.",
        day=own.on.isoformat(),
        n=own.n,
        people=own.n_people,
    )
    set_threshold("checkin.sem", f"{own.value:.1f}", why, by=by)


def _who_is_due(today: dt.date, in_force: Limits) -> set[uuid.UUID]:
    last, first = last_asked(), first_matches()
    days = {who: next_due(last.get(who), first.get(who), in_force) for who in {*last, *first}}
    return {who for who, day in days.items() if day is not None and day <= today}
