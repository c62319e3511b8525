"""What the pages of this room share."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, url_for

from peerlink.features.accounts.queries import team_members
from peerlink.features.risks.deeds import ActionDraft
from peerlink.features.risks.models import Task
from peerlink.features.risks.rulebook import Subject
from peerlink.features.risks.shown import names_of
from peerlink.features.risks.wording import action_in_words
from peerlink.framework.care_words import REFERRAL_STEPS, ReferralStep, Way
from peerlink.roles import ROLE_LABELS, Permission, Viewer
from peerlink.web.page import say
from peerlink.words import N_, _

bp = Blueprint("risks", __name__)

P = Permission
LEADS_TO = {
    ("A05", Subject.VOLUNTEER): ("volunteers.show", "volunteer_id", P.SEE_VOLUNTEERS),
    ("A07", Subject.VOLUNTEER): ("training.register", "volunteer_id", P.SEE_VOLUNTEERS),
    ("A07", Subject.PROGRAMME): ("training.index", None, P.SEE_VOLUNTEERS),
    ("A09", Subject.VOLUNTEER): ("programmes.place_list", None, P.KEEP_PROGRAMME),
    ("A09", Subject.PROGRAMME): ("programmes.place_list", None, P.KEEP_PROGRAMME),
    ("A12", Subject.VOLUNTEER): ("matching.leaving", "volunteer_id", P.MATCH),
    ("A12", Subject.PARTICIPANT): ("participants.show", "participant_id", P.SEE_PARTICIPANTS),
    ("A13", Subject.PARTICIPANT): ("participants.show", "participant_id", P.SEE_PARTICIPANTS),
    ("A16", Subject.PROGRAMME): ("recognition.new_event", None, P.THANK),
    ("A17", Subject.VOLUNTEER): ("volunteers.show", "volunteer_id", P.SEE_VOLUNTEERS),
    ("A17", Subject.PARTICIPANT): ("participants.show", "participant_id", P.SEE_PARTICIPANTS),
    ("A18", Subject.PARTICIPANT): ("participants.show", "participant_id", P.SEE_PARTICIPANTS),
    ("A19", Subject.VOLUNTEER): ("supervision.sessions", "volunteer_id", P.SEE_VOLUNTEERS),
    ("A22", Subject.VOLUNTEER): ("volunteers.new", None, P.KEEP_VOLUNTEERS),
    ("A22", Subject.PROGRAMME): ("volunteers.new", None, P.KEEP_VOLUNTEERS),
    (Way.HAND_OVER, Subject.VOLUNTEER): ("matching.leaving", "volunteer_id", P.MATCH),
    (Way.BREAK, Subject.VOLUNTEER): ("volunteers.show", "volunteer_id", P.KEEP_VOLUNTEERS),
    (Way.WORD, Subject.VOLUNTEER): ("risks.care", None, P.CARE),
    (Way.CALL_TODAY, Subject.VOLUNTEER): ("risks.care", None, P.CARE),
    (Way.CALL_WEEK, Subject.VOLUNTEER): ("risks.care", None, P.CARE),
}
"""The page on which a task is done: its address, whose page it is, and who may go there."""


@dataclass(frozen=True)
class TaskShown:
    """One task as a page shows it."""

    task: Task
    title: str
    name: str
    """Whom it is about, as far as this viewer may know it."""
    owner: str
    url: str | None
    """The page on which it is done."""
    steps: tuple[ReferralStep, ...]
    """What may follow in a referral."""


def tasks_shown(tasks: Sequence[Task], viewer: Viewer) -> list[TaskShown]:
    """Show tasks within reach: what, about whom, whose, and where it is done."""
    names = names_of(tasks, viewer)
    people = team_members([one.owner_id for one in tasks if one.owner_id is not None])
    return [
        TaskShown(
            task=one,
            title=_(one.way.label) if one.way is not None else action_in_words(one.code),
            name=names.get(one.about_id, ""),
            owner=_owner(one, people),
            url=_leads_to(one, viewer),
            steps=REFERRAL_STEPS[one.step] if one.step is not None and one.done_at is None else (),
        )
        for one in tasks
    ]


def say_done(text: str, deed_id: uuid.UUID) -> None:
    """Say what was done, with the way to take it back."""
    say(text, undo=url_for("risks.undo", deed_id=deed_id))


def said_for(draft: ActionDraft) -> str:
    """Say what choosing an action did."""
    if draft.way in SAID_BY_WAY:
        return _(SAID_BY_WAY[draft.way])
    return {
        "A01": _("Noted that you offered it. You are asked what came of it."),
        "A02": _("A debrief is booked."),
        "A03": _("Your thanks are on their page."),
        "A04": _("New matches are paused."),
        "A06": _("A talk is booked."),
        "A15": _("A talk is booked."),
        "A16": _("A talk with their buddy is booked."),
        "A21": _("They are asked to look at what their month came to."),
    }.get(draft.code, _("It is on the list of things to do."))


SAID_BY_WAY: dict[Way | None, str] = {
    Way.BUDDY: N_("A talk with their buddy is booked."),
    Way.LOWER: N_("From now on it is one person fewer. Those they have stay."),
    Way.HAND_OVER: N_("A coordinator is asked to hand over one match."),
    Way.BREAK: N_("A coordinator is asked to agree a break."),
}


def _owner(task: Task, people: dict[uuid.UUID, str]) -> str:
    if task.owner_id in people:
        return people[task.owner_id]
    return _(ROLE_LABELS[task.owner_role]) if task.owner_role is not None else ""


def _leads_to(task: Task, viewer: Viewer) -> str | None:
    found = LEADS_TO.get((task.way or task.code, task.subject_kind))
    if found is None or task.done_at is not None:
        return None
    endpoint, whose, permission = found
    if not viewer.may(permission):
        return None
    asked: dict[str, Any] = {whose: task.about_id} if whose else {}
    return url_for(endpoint, **asked)
