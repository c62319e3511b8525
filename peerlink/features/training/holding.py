"""Training sessions: planning them, who is to come, and who was there."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Select, select

from peerlink import clock
from peerlink.errors import NotFound, Refused
from peerlink.events import announce
from peerlink.features.programmes.queries import limits, programme_zone
from peerlink.features.training.catalogue import Offered, offered
from peerlink.features.training.events import (
    Enrolled,
    EnrolmentTakenBack,
    SessionCalledOff,
    TrainingRecorded,
    TrainingSessionStepped,
    TrainingTakenBack,
)
from peerlink.features.training.models import Attendance, Completion, TrainingSession
from peerlink.features.training.queries import attendances_for
from peerlink.features.training.rules import SessionDraft, Taken, check_session, split_minutes
from peerlink.features.volunteers.models import Volunteer
from peerlink.framework.months import months_later
from peerlink.framework.training_words import AttendanceStatus, CompletionStatus, TrainingSessionStatus
from peerlink.framework.validity import last_valid_day
from peerlink.framework.vocabularies import TrainingResult, VolunteerStatus
from peerlink.lifecycle import Kind, check_step
from peerlink.roles import Viewer
from peerlink.store import history, lookup
from peerlink.store.lookup import find, many
from peerlink.store.sealing import NOBODY
from peerlink.store.session import session
from peerlink.words import _

S, A = TrainingSessionStatus, AttendanceStatus
GONE = frozenset({VolunteerStatus.LEFT, VolunteerStatus.WITHDRAWN, VolunteerStatus.DECLINED})


@dataclass(frozen=True)
class TakenDown:
    """What writing attendance down came to."""

    n_present: int
    n_absent: int


def plan_session(draft: SessionDraft, *, by: uuid.UUID | None) -> TrainingSession:
    """Plan a session; whoever plans it holds it."""
    planned = TrainingSession(id=uuid.uuid4(), subject_id=NOBODY, status=S.PLANNED, held_by=by)
    _write(planned, draft)
    session.add(planned)
    session.flush()
    history.begin(planned, kind=Kind.TRAINING_SESSION, by=by)
    announce(TrainingSessionStepped(by=by, session_id=planned.id, status=S.PLANNED))
    return planned


def change_session(planned: TrainingSession, draft: SessionDraft, *, by: uuid.UUID | None) -> None:
    """Change day, hour, place or modules of a session nobody has written down yet."""
    if planned.status is not S.PLANNED:
        raise Refused(_("Only a planned session can be changed. Take its attendance back first."))
    _write(planned, draft)
    announce(TrainingSessionStepped(by=by, session_id=planned.id, status=S.PLANNED))


def call_off(planned: TrainingSession, *, by: uuid.UUID | None) -> None:
    """Call a planned session off, and tell whoever was to come."""
    _step(planned, S.CANCELLED, by)
    for one in session.scalars(_of(planned).where(Attendance.status == A.ENROLLED)):
        announce(SessionCalledOff(by=by, volunteer_id=one.volunteer_id, session_id=planned.id))


def plan_again(called_off: TrainingSession, *, by: uuid.UUID | None) -> None:
    """Let a session that was called off take place after all."""
    _step(called_off, S.PLANNED, by)


def enrol(
    planned: TrainingSession, volunteers: Iterable[Volunteer], *, by: uuid.UUID | None, invited: bool = True
) -> int:
    """Write people in for a session, each once; return how many were new or come back."""
    if planned.status is S.CANCELLED:
        raise Refused(_("This session is called off. Plan it again first."))
    here = {one.volunteer_id: one for one in session.scalars(_of(planned))}
    n = 0
    for volunteer in volunteers:
        if volunteer.status in GONE:
            raise Refused(_("Only somebody who is with the programme comes to a session."))
        n += _enrol(planned, volunteer, here.get(volunteer.id), by=by, invited=invited)
    return n


def excuse(planned: TrainingSession, volunteer: Volunteer, *, by: uuid.UUID | None) -> None:
    """Write down that somebody who was to come cannot."""
    row = find(_of(planned).where(Attendance.volunteer_id == volunteer.id))
    if row is None:
        raise NotFound
    history.move(row, A.EXCUSED, kind=Kind.ATTENDANCE, by=by)
    announce(EnrolmentTakenBack(by=by, volunteer_id=volunteer.id, session_id=planned.id))


def take_attendance(held: TrainingSession, taken: Taken, viewer: Viewer) -> TakenDown:
    """Write down who was there, of those the viewer may see; whoever was has completed its modules.

    Sent twice it says the same once: only who is still enrolled is written down.
    """
    if held.on > _today():
        raise Refused(_("The session is not yet. Write down who was there on its day."))
    if held.status is S.CANCELLED:
        raise Refused(_("This session is called off. Plan it again first."))
    waiting = [one for one in many(attendances_for(held.id, viewer)) if one.status is A.ENROLLED]
    if held.status is S.PLANNED:
        _step(held, S.HELD, viewer.account_id)
    catalogue, present = offered(), 0
    for row in waiting:
        was_there = row.volunteer_id.hex in taken.present
        to = A.PRESENT if was_there else A.ABSENT
        history.move(row, to, kind=Kind.ATTENDANCE, by=viewer.account_id)
        if was_there:
            present += 1
            passed = row.volunteer_id.hex not in taken.failed
            _complete(held, row.volunteer_id, catalogue, passed=passed, by=viewer.account_id)
    return TakenDown(present, len(waiting) - present)


def take_attendance_back(held: TrainingSession, viewer: Viewer) -> None:
    """Take what was written about a session back, with the completions it made, as far as the viewer sees."""
    rows = [one for one in many(attendances_for(held.id, viewer)) if one.status in {A.PRESENT, A.ABSENT}]
    who = [one.volunteer_id for one in rows]
    made = select(Completion).where(Completion.session_id == held.id, Completion.volunteer_id.in_(who))
    for completion in session.scalars(made):
        session.delete(completion)
    for row in rows:
        history.move(row, A.ENROLLED, kind=Kind.ATTENDANCE, by=viewer.account_id)
    session.flush()
    for volunteer_id in who:
        announce(TrainingTakenBack(by=viewer.account_id, volunteer_id=volunteer_id))
    left = {one.status for one in session.scalars(_of(held))}
    if held.status is S.HELD and not left & {A.PRESENT, A.ABSENT}:
        _step(held, S.PLANNED, viewer.account_id)


def _enrol(
    planned: TrainingSession,
    volunteer: Volunteer,
    row: Attendance | None,
    *,
    by: uuid.UUID | None,
    invited: bool,
) -> bool:
    if row is not None and row.status is not A.EXCUSED:
        return False
    if row is None:
        row = Attendance(
            id=uuid.uuid4(),
            subject_id=volunteer.id,
            session_id=planned.id,
            volunteer_id=volunteer.id,
            status=A.ENROLLED,
        )
        session.add(row)
        session.flush()
        lookup.admit([row])
        history.begin(row, kind=Kind.ATTENDANCE, by=by)
    else:
        history.move(row, A.ENROLLED, kind=Kind.ATTENDANCE, by=by)
    told = invited and planned.on >= _today()
    announce(Enrolled(by=by, volunteer_id=volunteer.id, session_id=planned.id, invited=told))
    return True


def _complete(
    held: TrainingSession,
    volunteer_id: uuid.UUID,
    catalogue: Mapping[str, Offered],
    *,
    passed: bool,
    by: uuid.UUID | None,
) -> None:
    """Write down what a session taught one person; what is on file for that day already stays as it is."""
    result = TrainingResult.PASSED if passed else TrainingResult.FAILED
    check_step(Kind.COMPLETION, CompletionStatus.ENROLLED, CompletionStatus(result.value))
    on_file = set(
        session.scalars(
            select(Completion.module).where(
                Completion.volunteer_id == volunteer_id, Completion.completed_on == held.on
            )
        )
    )
    for code, minutes in zip(held.modules, split_minutes(held.minutes, len(held.modules)), strict=True):
        if code in on_file:
            continue
        module = catalogue.get(code) or Offered(code, code, mandatory=False)
        session.add(
            Completion(
                id=uuid.uuid4(),
                volunteer_id=volunteer_id,
                module=code,
                completed_on=held.on,
                valid_until=valid_until(module, held.on),
                minutes=minutes,
                result=result,
                mandatory=module.mandatory,
                areas=module.areas,
                edition=module.edition,
                session_id=held.id,
            )
        )
    session.flush()
    announce(TrainingRecorded(by=by, volunteer_id=volunteer_id))


def valid_until(module: Offered, on: dt.date) -> dt.date:
    """Return the last day a module counts: after its own months, else after the programme's."""
    said = months_later(on, module.months) if module.months else None
    return last_valid_day(module.code, on, said, limits())


def _write(planned: TrainingSession, draft: SessionDraft) -> None:
    check_session(draft, _today())
    planned.on = draft.on
    planned.minutes = draft.minutes
    planned.modules = list(dict.fromkeys(draft.modules))
    planned.begins = draft.begins
    planned.where = (draft.where or "").strip() or None


def _of(planned: TrainingSession) -> Select[Attendance]:
    return select(Attendance).where(Attendance.session_id == planned.id)


def _step(planned: TrainingSession, to: TrainingSessionStatus, by: uuid.UUID | None) -> None:
    history.move(planned, to, kind=Kind.TRAINING_SESSION, by=by)
    announce(TrainingSessionStepped(by=by, session_id=planned.id, status=to))


def _today() -> dt.date:
    return clock.today(programme_zone())
