"""What follows a heavy contact by itself: a word the next day, a debrief within three, the call asked for."""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import select

from peerlink import clock
from peerlink.features.contacts.events import CallAsked, ContactFacts, ContactKept
from peerlink.features.contacts.models import Contact
from peerlink.features.indicators.care import supervision_until
from peerlink.features.indicators.raw import key
from peerlink.features.programmes.queries import limits, programme_zone
from peerlink.features.risks import tasks
from peerlink.features.risks.actions import DUE_IN
from peerlink.features.risks.models import Task
from peerlink.features.risks.rulebook import Subject
from peerlink.features.risks.task_list import AFTER_CONTACT, CALLS, tasks_about, words_about
from peerlink.features.safety.events import CallClosed
from peerlink.features.supervision import service as supervision
from peerlink.features.supervision.days import day_by
from peerlink.features.supervision.events import SupervisionHeld, SupervisionTakenBack
from peerlink.features.supervision.models import Supervision
from peerlink.features.supervision.taking_back import put_back_on
from peerlink.features.volunteers.covers import standing_in
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.queries import SERVING
from peerlink.framework.care_words import Way
from peerlink.framework.levels import Level
from peerlink.framework.vocabularies import ContactStatus, SupervisionKind, SupervisionStatus
from peerlink.roles import Role
from peerlink.store import gate
from peerlink.store.lookup import many
from peerlink.store.session import session

DEBRIEF, TALK = "A02", "A06"
TALKS = frozenset({SupervisionKind.ONE_TO_ONE, SupervisionKind.DEBRIEF})
"""The sessions in which a heavy contact is talked over (R26)."""
LOOKS_BACK = dt.timedelta(days=90)
NEXT_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class _Heavy:
    """A heavy contact nobody has talked over yet."""

    contact_id: uuid.UUID
    day: dt.date


def after_contact(event: ContactKept) -> None:
    """See to it that a heavy contact is talked over, or no longer needs to be."""
    if is_heavy(event.before) or is_heavy(event.after):
        with gate.opened("what follows a heavy contact is arranged"):
            _arrange(event.volunteer_id)


def after_talk(event: SupervisionHeld) -> None:
    """Take what a talk has done off the list, and call off a debrief that is no longer needed."""
    if event.kind in TALKS:
        with gate.opened("what a talk has done is taken off the list"):
            for task in tasks_about(event.volunteer_id, AFTER_CONTACT):
                tasks.finish(task, by=event.by, talk_id=event.supervision_id)
            _arrange(event.volunteer_id)


def after_talk_taken_back(event: SupervisionTakenBack) -> None:
    """Open again what a talk had done that did not take place, and plan the debrief again it called off."""
    if event.was is SupervisionStatus.HELD and event.kind in TALKS:
        with gate.opened("what a talk had done is put back"):
            tasks.reopen_after(event.supervision_id, by=event.by)
            for word in words_about(event.volunteer_id):
                _put_back_on(word.made_id, event.written_at)
            _arrange(event.volunteer_id)


def after_asking(event: CallAsked) -> None:
    """Tell whoever looks after a volunteer that they asked for a call; asked again it only becomes sooner."""
    today = _today()
    way = Way.CALL_TODAY if event.today else Way.CALL_WEEK
    due_on = today if event.today else today + dt.timedelta(days=DUE_IN[Level.ALERT])
    with gate.opened("a call that was asked for is put on the list"):
        waiting = tasks_about(event.volunteer_id, CALLS)
        if any(one.way is Way.CALL_TODAY or one.way is way for one in waiting):
            return
        for one in waiting:
            tasks.drop(one, by=None)
        supervisor_id = _supervisor_of(event.volunteer_id)
        tasks.give(
            TALK,
            due_on,
            subject=Subject.VOLUNTEER,
            about_id=event.volunteer_id,
            by=None,
            way=way,
            owner_role=_role_of(supervisor_id),
            contact_id=event.contact_id,
            tell=standing_in(supervisor_id, today),
        )


def after_call(event: CallClosed) -> None:
    """Take a call off the list once whoever was on duty has reached the volunteer."""
    with gate.opened("a call that was made is taken off the list"):
        for task in tasks_about(event.person_id, CALLS):
            tasks.finish(task, by=event.by)


def is_heavy(side: ContactFacts | None) -> bool:
    """Tell whether a contact was held and carries a heavy tag."""
    return side is not None and side.status is ContactStatus.HELD and side.heavy


def _arrange(volunteer_id: uuid.UUID) -> None:
    """Bring the tasks and the debrief into step with what has not been talked over."""
    session.flush()
    asked = select(Volunteer.status).where(Volunteer.id == volunteer_id).with_for_update()
    serves = session.scalar(asked) in SERVING
    alone = _not_talked_over(volunteer_id) if serves else []
    words = list(words_about(volunteer_id))
    if not alone:
        _call_off(words)
        return
    supervisor_id = _supervisor_of(volunteer_id)
    booked = _debrief_for(volunteer_id, supervisor_id, alone, words) if supervisor_id else None
    latest = alone[-1]
    open_words = [one for one in words if one.done_at is None]
    if open_words:
        open_words[0].contact_id = latest.contact_id
        open_words[0].made_id = booked or open_words[0].made_id
    elif all(one.contact_id != latest.contact_id for one in words):
        tasks.give(
            DEBRIEF,
            max(_today(), latest.day + NEXT_DAY),
            subject=Subject.VOLUNTEER,
            about_id=volunteer_id,
            by=None,
            way=Way.WORD,
            owner_role=_role_of(supervisor_id),
            contact_id=latest.contact_id,
            made_id=booked,
            tell=standing_in(supervisor_id, _today()),
        )


def _debrief_for(
    volunteer_id: uuid.UUID, supervisor_id: uuid.UUID, alone: list[_Heavy], words: list[Task]
) -> uuid.UUID | None:
    """Book a debrief within the days of R26 unless a talk is planned by then; return it where it is ours."""
    due_on = max(_today(), alone[0].day + dt.timedelta(days=limits().whole("R26.debrief_days")))
    volunteer = _volunteer(volunteer_id)
    on = day_by(volunteer, due_on)
    about = alone[0].contact_id if len(alone) == 1 else None
    ours = {one.made_id for one in words if one.made_id is not None}
    for planned in _planned(volunteer_id):
        if planned.id in ours:
            planned.about_contact_id = about
            planned.held_on = min(planned.held_on, on)
            return planned.id
        if planned.held_on <= due_on and planned.about_contact_id in {None, about}:
            return None
    booked = supervision.schedule(volunteer, SupervisionKind.DEBRIEF, on, by=None, about_contact_id=about)
    booked.supervisor_id = standing_in(supervisor_id, on)
    return booked.id


def _call_off(words: list[Task]) -> None:
    for one in words:
        booked = session.get(Supervision, one.made_id) if one.made_id is not None else None
        if booked is not None and booked.status is SupervisionStatus.SCHEDULED:
            supervision.cancel(booked, by=None)
        if one.done_at is None:
            tasks.drop(one, by=None)


def _put_back_on(debrief_id: uuid.UUID | None, since: dt.datetime) -> None:
    """Plan a debrief again that the house called off since a moment, unless its day has passed."""
    booked = session.get(Supervision, debrief_id) if debrief_id is not None else None
    if booked is None or booked.status is not SupervisionStatus.CANCELLED or booked.held_on < _today():
        return
    off = booked.before or {}
    if off.get("by") is None and off and dt.datetime.fromisoformat(off["at"]) >= since:
        put_back_on(booked, by=None)


def _not_talked_over(volunteer_id: uuid.UUID) -> list[_Heavy]:
    """Return the heavy contacts of 90 days that nobody talked over, as R26 reads it, the first first."""
    today = _today()
    asked = select(Contact.id, Contact.day).where(
        Contact.volunteer_id == volunteer_id,
        Contact.status == ContactStatus.HELD,
        Contact.heavy.is_(True),
        Contact.day > today - LOOKS_BACK,
        Contact.day <= today,
    )
    who = session.scalar(select(key(Volunteer.id)).where(Volunteer.id == volunteer_id))
    talks = supervision_until(today, [volunteer_id])
    debriefs = talks[who].debriefs_90 if who is not None else []
    return [
        _Heavy(contact_id, day)
        for contact_id, day in session.execute(asked.order_by(Contact.day, Contact.id))
        if not any(one.held_on >= day and one.about_contact in {None, contact_id.bytes} for one in debriefs)
    ]


def _planned(volunteer_id: uuid.UUID) -> list[Supervision]:
    asked = select(Supervision).where(
        Supervision.volunteer_id == volunteer_id,
        Supervision.status == SupervisionStatus.SCHEDULED,
        Supervision.kind.in_(TALKS),
        Supervision.held_on >= _today(),
    )
    return list(many(asked.order_by(Supervision.held_on, Supervision.id)))


def _volunteer(volunteer_id: uuid.UUID) -> Volunteer:
    return many(select(Volunteer).where(Volunteer.id == volunteer_id))[0]


def _supervisor_of(volunteer_id: uuid.UUID) -> uuid.UUID | None:
    return session.scalar(select(Volunteer.supervisor_id).where(Volunteer.id == volunteer_id))


def _role_of(supervisor_id: uuid.UUID | None) -> Role:
    """Say whose it is: a coordinator's where nobody looks after the volunteer."""
    return Role.SUPERVISOR if supervisor_id is not None else Role.COORDINATOR


def _today() -> dt.date:
    return clock.today(programme_zone())
