"""Makes what an action means, and takes it away again."""

import datetime as dt
import uuid

from sqlalchemy import select

from peerlink import clock
from peerlink.errors import Refused
from peerlink.features.programmes.queries import programme_zone
from peerlink.features.recognition import service as recognition
from peerlink.features.recognition.queries import get_thanks
from peerlink.features.risks import tasks
from peerlink.features.risks.actions import SERVICES, SESSIONS, Creates, Offer
from peerlink.features.risks.deeds import REST_DAYS, ActionDraft
from peerlink.features.risks.models import Flag, FlagStep, Task
from peerlink.features.risks.queries import opens_answers, volunteers_in
from peerlink.features.risks.rulebook import Subject
from peerlink.features.supervision import service as supervision
from peerlink.features.supervision import taking_back
from peerlink.features.supervision.days import day_by
from peerlink.features.supervision.queries import get_supervision
from peerlink.features.volunteers import service as volunteers
from peerlink.features.volunteers.models import Volunteer
from peerlink.framework.care_words import IMPACT, READY, Way
from peerlink.framework.vocabularies import SupervisionKind, SupervisionStatus
from peerlink.roles import Role, Viewer
from peerlink.store import gate
from peerlink.store.lookup import find
from peerlink.words import _

SHOWS_IMPACT = "A21"
TALK = "talk"
"""What writing down a talk of today makes."""
Before = dict[str, str | None]
"""What has to be put back when something is taken back."""


def make(
    flag: Flag, offer: Offer, draft: ActionDraft, due_on: dt.date, viewer: Viewer
) -> tuple[uuid.UUID | None, Before]:
    """Make what an action leaves behind; return its id and what has to be put back when it is taken back."""
    creates = offer.creates_by(draft.way)
    if creates is Creates.TASK:
        return _give(flag, offer, draft, due_on, viewer), {"made": "task"}
    volunteer = volunteers_in([flag])[flag.about_id]
    if creates in SESSIONS:
        if not opens_answers(flag, viewer):
            return _give(flag, offer, draft, due_on, viewer, Role.SUPERVISOR), {"made": "task"}
        kind = SupervisionKind(creates.value)
        on = day_by(volunteer, due_on)
        planned = supervision.schedule(volunteer, kind, on, by=viewer.account_id)
        return planned.id, {"made": "session"}
    if creates is Creates.THANKS:
        return _thank(volunteer, offer, draft, viewer), {"made": "thanks"}
    return None, _ease(volunteer, draft, viewer)


def unmake(step: FlagStep, flag: Flag, viewer: Viewer) -> None:
    """Take away what an action had made, and put back what was before."""
    before = step.before or {}
    made, what = step.created_id, before.get("made", "session")
    if made is not None and what == "session":
        with gate.opened("a session planned by mistake is called off"):
            planned = get_supervision(made, viewer)
            if planned.status is SupervisionStatus.SCHEDULED:
                supervision.cancel(planned, by=viewer.account_id)
    elif made is not None and what == TALK:
        taking_back.take_back(get_supervision(made, viewer), by=viewer.account_id)
    elif made is not None and what == "thanks":
        recognition.take_back(get_thanks(made, viewer), viewer)
    elif made is not None and what == "task":
        _take_away(made, viewer)
    _put_back(flag, before, viewer)


def _take_away(task_id: uuid.UUID, viewer: Viewer) -> None:
    with gate.opened("a task given by mistake is taken away"):
        task = find(select(Task).where(Task.id == task_id))
        if task is None:
            return
        if task.done_at is not None:
            raise Refused(_("Somebody has done this already. It stays."))
        tasks.drop(task, by=viewer.account_id)


def _give(
    flag: Flag,
    offer: Offer,
    draft: ActionDraft,
    due_on: dt.date,
    viewer: Viewer,
    role: Role | None = None,
) -> uuid.UUID:
    owner = role or offer.owner
    is_mine = owner is None or viewer.is_a(owner)
    return tasks.give(
        offer.code,
        due_on,
        subject=flag.subject_kind,
        about_id=flag.about_id,
        by=viewer.account_id,
        way=_way_of_task(offer, draft.way),
        owner_id=viewer.account_id if is_mine else None,
        owner_role=owner,
        flag_id=flag.id,
    ).id


def _way_of_task(offer: Offer, chosen: Way | None) -> Way | None:
    """Name the way where it says what the task is: not the usual of the action, or a kind of service."""
    way = chosen or next(iter(offer.ways), None)
    if way in SERVICES:
        return way
    return chosen if offer.creates_by(chosen) is not offer.creates else None


def _thank(volunteer: Volunteer, offer: Offer, draft: ActionDraft, viewer: Viewer) -> uuid.UUID:
    impact = offer.code == SHOWS_IMPACT
    words = IMPACT if impact else READY[min(max(draft.sentence, 0), len(READY) - 1)]
    return recognition.thank(volunteer, _(words), by=viewer.account_id, impact=impact).id


def _ease(volunteer: Volunteer, draft: ActionDraft, viewer: Viewer) -> Before:
    if draft.way is Way.LOWER:
        was = volunteer.capacity
        if not was:
            raise Refused(_("How many people they are there for is not agreed, or is none already."))
        volunteers.agree_capacity(volunteer, was - 1, by=viewer.account_id)
        return {"capacity": str(was)}
    rested = volunteer.no_new_matches_until
    until = _today() + dt.timedelta(days=draft.days or REST_DAYS[0])
    volunteers.pause_new_matches(volunteer, until, by=viewer.account_id)
    return {"rest": rested.isoformat() if rested else ""}


def _put_back(flag: Flag, before: Before, viewer: Viewer) -> None:
    if flag.subject_kind is not Subject.VOLUNTEER:
        return
    volunteer = volunteers_in([flag])[flag.about_id]
    rest, capacity = before.get("rest"), before.get("capacity")
    if rest is not None:
        _rest_as_before(volunteer, rest, viewer)
    if capacity:
        volunteers.agree_capacity(volunteer, int(capacity), by=viewer.account_id)


def _rest_as_before(volunteer: Volunteer, rest: str, viewer: Viewer) -> None:
    until = dt.date.fromisoformat(rest) if rest else None
    if until is not None and until >= _today():
        volunteers.pause_new_matches(volunteer, until, by=viewer.account_id)
    else:
        volunteers.resume_new_matches(volunteer, by=viewer.account_id)


def _today() -> dt.date:
    return clock.today(programme_zone())
