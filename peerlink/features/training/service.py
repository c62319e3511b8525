"""What can be done about training."""

import datetime as dt
import uuid

from sqlalchemy import Select, select

from peerlink import clock
from peerlink.errors import NotFound, Refused
from peerlink.events import announce
from peerlink.features.programmes.queries import limits, programme_zone
from peerlink.features.training.events import TrainingRecorded, TrainingTakenBack
from peerlink.features.training.models import Completion
from peerlink.features.training.queries import mandatory_of
from peerlink.features.training.rules import CompletionDraft, check_draft, check_ready, module_code
from peerlink.features.volunteers.models import Volunteer
from peerlink.framework.validity import last_valid_day
from peerlink.store.lookup import find
from peerlink.store.session import session
from peerlink.words import _


def record_completion(volunteer: Volunteer, draft: CompletionDraft, *, by: uuid.UUID | None) -> Completion:
    """Keep that somebody took a module; without a last day it counts for the programme's months."""
    areas = check_draft(draft, clock.today(programme_zone()))
    module = module_code(draft.module)
    if find(_this(volunteer.id, module, draft.completed_on)) is not None:
        raise Refused(_("This module is on file for that day already."))
    completion = Completion(
        id=uuid.uuid4(),
        volunteer_id=volunteer.id,
        module=module,
        completed_on=draft.completed_on,
        valid_until=last_valid_day(module, draft.completed_on, draft.valid_until, limits()),
        minutes=draft.minutes,
        result=draft.result,
        mandatory=draft.mandatory,
        areas=areas,
    )
    session.add(completion)
    session.flush()
    announce(TrainingRecorded(by=by, volunteer_id=volunteer.id))
    return completion


def take_back(volunteer: Volunteer, completion_id: uuid.UUID, *, by: uuid.UUID | None) -> None:
    """Take out a completion that was written down by mistake."""
    completion = session.get(Completion, completion_id)
    if completion is None or completion.volunteer_id != volunteer.id:
        raise NotFound
    session.delete(completion)
    announce(TrainingTakenBack(by=by, volunteer_id=volunteer.id))


def check_trained(volunteer: Volunteer) -> None:
    """Refuse to let somebody serve without valid mandatory training."""
    check_ready(mandatory_of([volunteer.id])[volunteer.id], clock.today(programme_zone()))


def _this(volunteer_id: uuid.UUID, module: str, day: dt.date) -> Select[Completion]:
    return select(Completion).where(
        Completion.volunteer_id == volunteer_id,
        Completion.module == module,
        Completion.completed_on == day,
    )
