"""What can be done about training."""

import datetime as dt
import uuid
from dataclasses import dataclass, replace

from sqlalchemy import Select, select

from peerlink import clock
from peerlink.errors import NotFound, Refused
from peerlink.events import announce
from peerlink.features.programmes.queries import programme_zone
from peerlink.features.training.catalogue import Offered, offered
from peerlink.features.training.events import (
    CompetencyMarked,
    TrainingRecorded,
    TrainingTakenBack,
    WishStepped,
)
from peerlink.features.training.holding import valid_until
from peerlink.features.training.models import Competency, Completion, TrainingWish
from peerlink.features.training.queries import mandatory_of
from peerlink.features.training.rules import (
    CompletionDraft,
    check_draft,
    check_ready,
    check_reason,
    check_wish,
    module_code,
)
from peerlink.features.volunteers.models import Volunteer
from peerlink.framework.training_words import CompetencyMark, CompletionStatus, WishStatus
from peerlink.framework.vocabularies import TrainingResult
from peerlink.lifecycle import Kind, check_step
from peerlink.store import history, lookup
from peerlink.store.lookup import find, many
from peerlink.store.session import session
from peerlink.words import _


def record_completion(volunteer: Volunteer, draft: CompletionDraft, *, by: uuid.UUID | None) -> Completion:
    """Keep that somebody took a module; without a last day it counts for the programme's months."""
    areas = check_draft(draft, _today())
    module = module_code(draft.module)
    if find(_this(volunteer.id, module, draft.completed_on)) is not None:
        raise Refused(_("This module is on file for that day already."))
    taught = offered().get(module) or Offered(module, module, draft.mandatory)
    completion = Completion(
        id=uuid.uuid4(),
        volunteer_id=volunteer.id,
        module=module,
        completed_on=draft.completed_on,
        valid_until=draft.valid_until or valid_until(taught, draft.completed_on),
        minutes=draft.minutes,
        result=draft.result,
        mandatory=draft.mandatory,
        areas=areas or taught.areas,
        edition=taught.edition,
    )
    session.add(completion)
    session.flush()
    announce(TrainingRecorded(by=by, volunteer_id=volunteer.id))
    return completion


def waive(volunteer: Volunteer, draft: CompletionDraft, reason: str, *, by: uuid.UUID | None) -> Completion:
    """Excuse somebody from a module, with the reason; it counts as if it had been passed."""
    kept = check_reason(reason)
    check_step(Kind.COMPLETION, CompletionStatus.ENROLLED, CompletionStatus.WAIVED)
    waived = record_completion(volunteer, replace(draft, result=TrainingResult.WAIVED), by=by)
    step = _Step(waived.id, volunteer.id, CompletionStatus.WAIVED)
    came_from = CompletionStatus.ENROLLED
    history.begin(step, kind=Kind.COMPLETION, by=by, came_from=came_from, reason=kept)
    return waived


def take_back(volunteer: Volunteer, completion_id: uuid.UUID, *, by: uuid.UUID | None) -> None:
    """Take out a completion that was written down by mistake."""
    completion = session.get(Completion, completion_id)
    if completion is None or completion.volunteer_id != volunteer.id:
        raise NotFound
    session.delete(completion)
    announce(TrainingTakenBack(by=by, volunteer_id=volunteer.id))


def check_trained(volunteer: Volunteer) -> None:
    """Refuse to let somebody serve without valid mandatory training."""
    check_ready(mandatory_of([volunteer.id])[volunteer.id], _today())


def mark(volunteer: Volunteer, module: str, seen: CompetencyMark, *, by: uuid.UUID | None) -> Competency:
    """Write down what somebody can do by now; what was seen before stays on file."""
    code = module_code(module)
    if not code:
        raise Refused(_("Choose what was watched."))
    competency = Competency(
        id=uuid.uuid4(),
        subject_id=volunteer.id,
        volunteer_id=volunteer.id,
        seen_on=_today(),
        seen_by=by,
        module=code,
        mark=seen,
        at=clock.now(),
    )
    session.add(competency)
    session.flush()
    announce(CompetencyMarked(by=by, volunteer_id=volunteer.id))
    return competency


def wish(volunteer: Volunteer, what: str, *, by: uuid.UUID | None) -> TrainingWish:
    """Keep what a volunteer would like to learn."""
    asked = select(TrainingWish).where(
        TrainingWish.volunteer_id == volunteer.id, TrainingWish.status == WishStatus.ASKED
    )
    kept = check_wish(what, [one.what for one in many(asked)])
    wished = TrainingWish(
        id=uuid.uuid4(),
        subject_id=volunteer.id,
        volunteer_id=volunteer.id,
        status=WishStatus.ASKED,
        asked_on=_today(),
        what=kept,
    )
    session.add(wished)
    session.flush()
    lookup.admit([wished])
    history.begin(wished, kind=Kind.WISH, by=by)
    announce(WishStepped(by=by, volunteer_id=volunteer.id, wish_id=wished.id, status=wished.status))
    return wished


def answer_wish(wished: TrainingWish, to: WishStatus, *, by: uuid.UUID | None) -> None:
    """Grant a wish, say not now, take it back, or open it again."""
    history.move(wished, to, kind=Kind.WISH, by=by)
    announce(WishStepped(by=by, volunteer_id=wished.volunteer_id, wish_id=wished.id, status=to))


@dataclass
class _Step:
    """A completion as its life-cycle is written down; its own table has no text to seal."""

    id: uuid.UUID
    subject_id: uuid.UUID
    status: CompletionStatus


def _today() -> dt.date:
    return clock.today(programme_zone())


def _this(volunteer_id: uuid.UUID, module: str, day: dt.date) -> Select[Completion]:
    return select(Completion).where(
        Completion.volunteer_id == volunteer_id,
        Completion.module == module,
        Completion.completed_on == day,
    )
