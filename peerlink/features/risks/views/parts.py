"""What the pages of this room share."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, url_for

from peerlink.features.accounts.queries import team_members
from peerlink.features.risks.deeds import ActionDraft
from peerlink.features.risks.models import Flag, Task
from peerlink.features.risks.rulebook import Subject
from peerlink.features.risks.shown import names_of
from peerlink.features.risks.wording import action_in_words
from peerlink.framework.care_words import COURSE_STEPS, CourseStep, Way
from peerlink.framework.incident_words import IncidentType
from peerlink.roles import ROLE_LABELS, Permission, Viewer
from peerlink.web.page import say
from peerlink.words import N_, _

bp = Blueprint("risks", __name__)

P = Permission
LEADS_TO: dict[tuple[str, Subject], tuple[str, str | None, Permission]] = {
    ("A05", Subject.VOLUNTEER): ("volunteers.show", "volunteer_id", P.SEE_VOLUNTEERS),
    ("A07", Subject.VOLUNTEER): ("training.register", "volunteer_id", P.SEE_VOLUNTEERS),
    ("A07", Subject.PROGRAMME): ("training.index", None, P.SEE_VOLUNTEERS),
    ("A10", Subject.PARTICIPANT): ("participants.show", "participant_id", P.SEE_PARTICIPANTS),
    ("A10", Subject.PROGRAMME): ("programmes.index", None, P.KEEP_PROGRAMME),
    ("A11", Subject.PROGRAMME): ("finance.money", None, P.PAY),
    ("A08", Subject.VOLUNTEER): ("recruitment.privacy", "volunteer_id", P.SEE_VOLUNTEERS),
    ("A09", Subject.VOLUNTEER): ("programmes.place_list", None, P.KEEP_PROGRAMME),
    ("A09", Subject.PROGRAMME): ("programmes.place_list", None, P.KEEP_PROGRAMME),
    ("A12", Subject.VOLUNTEER): ("matching.leaving", "volunteer_id", P.MATCH),
    ("A12", Subject.PARTICIPANT): ("participants.show", "participant_id", P.SEE_PARTICIPANTS),
    ("A13", Subject.PARTICIPANT): ("participants.show", "participant_id", P.SEE_PARTICIPANTS),
    ("A16", Subject.PROGRAMME): ("recognition.new_event", None, P.THANK),
    ("A17", Subject.VOLUNTEER): ("volunteers.show", "volunteer_id", P.SEE_VOLUNTEERS),
    ("A17", Subject.PARTICIPANT): ("participants.show", "participant_id", P.SEE_PARTICIPANTS),
    ("A18", Subject.PARTICIPANT): ("participants.show", "participant_id", P.SEE_PARTICIPANTS),
    ("A18", Subject.VOLUNTEER): ("volunteers.show", "volunteer_id", P.SEE_VOLUNTEERS),
    ("A19", Subject.VOLUNTEER): ("supervision.sessions", "volunteer_id", P.SEE_VOLUNTEERS),
    ("A22", Subject.VOLUNTEER): ("recruitment.settings", None, P.KEEP_PROGRAMME),
    ("A22", Subject.PROGRAMME): ("recruitment.settings", None, P.KEEP_PROGRAMME),
    (CourseStep.MADE_KNOWN, Subject.VOLUNTEER): ("volunteers.index", None, P.SEE_VOLUNTEERS),
    (CourseStep.MADE_KNOWN, Subject.PROGRAMME): ("volunteers.index", None, P.SEE_VOLUNTEERS),
    (CourseStep.IN_TRAINING, Subject.VOLUNTEER): ("training.session_list", None, P.HOLD_TRAINING),
    (CourseStep.IN_TRAINING, Subject.PROGRAMME): ("training.session_list", None, P.HOLD_TRAINING),
    (Way.TEAM, Subject.VOLUNTEER): ("recognition.new_event", None, P.THANK),
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
    steps: tuple[CourseStep, ...]
    """What may follow where it goes step by step."""


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
            steps=COURSE_STEPS[one.step] if one.step is not None and one.done_at is None else (),
        )
        for one in tasks
    ]


def onward(draft: ActionDraft, flag: Flag, viewer: Viewer) -> str | None:
    """Return the page that goes on with what was chosen, where it is for this viewer and begins there."""
    if draft.code in REPORTED:
        letter = {Subject.VOLUNTEER: "v", Subject.PARTICIPANT: "p"}.get(flag.subject_kind)
        about = f"{letter}:{flag.about_id.hex}" if letter else None
        return url_for("incidents.new", type=REPORTED[draft.code].value, about=about)
    if (draft.way or draft.code) not in BEGINS_THERE:
        return None
    return _page_for((draft.way, draft.code), flag.subject_kind, flag.about_id, viewer)


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
        "A10": _("It is agreed. It stays on a coordinator's list until it is done."),
        "A16": _("A talk with their buddy is booked."),
        "A18": _("A referral is begun. You are asked what came of it."),
        "A21": _("They are asked to look at what their month came to."),
        "A22": _("A coordinator is asked to find and train somebody new."),
    }.get(draft.code, _("It is on the list of things to do."))


REPORTED = {
    "A14": IncidentType.CONFIDENTIALITY_SUSPECTED,
    "A20": IncidentType.SAFEGUARDING_ADULT,
}
"""Actions that begin with a report of what happened."""
BEGINS_THERE = frozenset({"A12", "A22", Way.HAND_OVER, Way.BREAK, Way.TEAM})
"""What is done on a page of its own, which opens at once for whoever may do it."""
SAID_BY_WAY: dict[Way | None, str] = {
    Way.BUDDY: N_("A talk with their buddy is booked."),
    Way.LOWER: N_("From now on it is one person fewer. Those they have stay."),
    Way.HAND_OVER: N_("A coordinator is asked to hand over one match."),
    Way.TEAM: N_("Plan the team day here. It stays on your list until it is done."),
    Way.BREAK: N_("A coordinator is asked to agree a break."),
}


def _owner(task: Task, people: dict[uuid.UUID, str]) -> str:
    if task.owner_id in people:
        return people[task.owner_id]
    return _(ROLE_LABELS[task.owner_role]) if task.owner_role is not None else ""


def _leads_to(task: Task, viewer: Viewer) -> str | None:
    if task.done_at is not None:
        return None
    if task.code in REPORTED:
        return url_for("incidents.new", type=REPORTED[task.code].value)
    return _page_for((task.step, task.way, task.code), task.subject_kind, task.about_id, viewer)


def _page_for(whats: Sequence[str | None], kind: Subject, about_id: uuid.UUID, viewer: Viewer) -> str | None:
    """Return the page of the first of these that has one."""
    found = next((LEADS_TO[one, kind] for one in whats if one and (one, kind) in LEADS_TO), None)
    if found is None:
        return None
    endpoint, whose, permission = found
    if not viewer.may(permission):
        return None
    asked: dict[str, Any] = {whose: about_id} if whose else {}
    return url_for(endpoint, **asked)
