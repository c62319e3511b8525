"""What can be done for somebody in danger: the plan, the roster, and the calls that must be taken."""

import datetime as dt
import uuid

from sqlalchemy import or_, select

from peerlink import clock
from peerlink.errors import Refused
from peerlink.events import announce
from peerlink.features.accounts.queries import roles_of
from peerlink.features.programmes.queries import limits, programme_zone
from peerlink.features.safety.events import (
    CallClosed,
    CallGivenBack,
    CallHandedOver,
    CallNeeded,
    CallTaken,
    DutyChanged,
    SafetyPlanChanged,
)
from peerlink.features.safety.models import DutyTurn, SafetyCall, SafetyPlan
from peerlink.features.safety.queries import find_plan, hours_in_force, own_call
from peerlink.features.safety.rules import LONGEST, PlanDraft, call_due, check_plan, check_turn
from peerlink.features.safety.whom import able_to_take, first_told
from peerlink.framework.safety_words import DutyKind, SafetyCause
from peerlink.roles import Role, Viewer
from peerlink.store import lookup
from peerlink.store.session import session
from peerlink.words import _

NEEDS = {DutyKind.SUPERVISOR: Role.SUPERVISOR, DutyKind.COORDINATOR: Role.COORDINATOR}


def save_plan(draft: PlanDraft, *, by: uuid.UUID | None) -> SafetyPlan:
    """Write down what is agreed for the day somebody is in danger."""
    check_plan(draft)
    plan = find_plan()
    if plan is None:
        plan = SafetyPlan(id=uuid.uuid4())
        session.add(plan)
    plan.numbers = [
        {"name": one.name.strip(), "number": one.number.strip(), "hours": one.hours.strip()}
        for one in draft.numbers
    ]
    plan.words, plan.path, plan.card = _or_none(draft.words), _or_none(draft.path), _or_none(draft.card)
    plan.duty_phone = _or_none(draft.duty_phone)
    plan.days = list(draft.days) or None
    plan.hours_from = draft.opens.isoformat("minutes") if draft.opens else None
    plan.hours_to = draft.closes.isoformat("minutes") if draft.closes else None
    session.flush()
    announce(SafetyPlanChanged(by=by))
    return plan


def plan_turn(
    account_id: uuid.UUID,
    kind: DutyKind,
    from_on: dt.date,
    until_on: dt.date,
    *,
    by: uuid.UUID | None,
    weekday: int | None = None,
) -> DutyTurn:
    """Put somebody on duty for some days, or for one weekday of a time."""
    check_turn(from_on, until_on, weekday)
    if NEEDS[kind] not in roles_of([account_id]).get(account_id, frozenset()):
        raise Refused(_("Only somebody with that part can be on duty for it."))
    turn = DutyTurn(
        id=uuid.uuid4(),
        account_id=account_id,
        kind=kind,
        from_on=from_on,
        until_on=until_on,
        weekday=weekday,
    )
    session.add(turn)
    session.flush()
    announce(DutyChanged(by=by))
    return turn


def take_turn_back(turn: DutyTurn, *, by: uuid.UUID | None) -> None:
    """Take a turn on duty back."""
    session.delete(turn)
    session.flush()
    announce(DutyChanged(by=by))


def open_call(
    cause: SafetyCause,
    *,
    by: uuid.UUID | None,
    volunteer_id: uuid.UUID | None = None,
    participant_id: uuid.UUID | None = None,
    source_id: uuid.UUID | None = None,
) -> SafetyCall | None:
    """Open the path SAFE-1: whoever is there is told without a word of why; one source opens one call.

    Returns None where the same was opened before.
    """
    if _stands_already(cause, volunteer_id, participant_id, source_id):
        return None
    now = clock.now()
    call = SafetyCall(
        id=uuid.uuid4(),
        subject_id=participant_id or volunteer_id,
        volunteer_id=volunteer_id,
        participant_id=participant_id,
        source_id=source_id,
        opened_at=now,
        due_at=call_due(now, hours_in_force(), programme_zone(), limits()),
        passed_stage=0,
        cause=cause,
    )
    session.add(call)
    session.flush()
    lookup.admit([call])
    told = first_told(volunteer_id, participant_id)
    announce(CallNeeded(by=by, call_id=call.id, person_id=call.subject_id, told=tuple(told), stage=0))
    return call


def ask_for_call(viewer: Viewer) -> SafetyCall:
    """Ask to be called today; asking twice asks once."""
    if viewer.person_id is None:
        raise Refused(_("This is for volunteers. Call a colleague."))
    opened = open_call(SafetyCause.CONTACT_TODAY, by=viewer.account_id, volunteer_id=viewer.person_id)
    waiting = opened or own_call(viewer)
    if waiting is None:
        raise Refused(_("This could not be asked. Call the number of whoever is on duty."))
    return waiting


def take(call: SafetyCall, *, by: uuid.UUID) -> None:
    """Take a call on; from then on it passes to nobody by itself."""
    _check_open(call)
    if call.acknowledged_at is not None and call.holder_id != by:
        raise Refused(_("Somebody else has it already."))
    call.acknowledged_at, call.holder_id = clock.now(), by
    _write(call, by, "taken")
    announce(CallTaken(by=by, call_id=call.id, person_id=call.subject_id))


def give_back(call: SafetyCall, *, by: uuid.UUID) -> None:
    """Give a call back that one had taken on; it passes on by itself again."""
    _check_open(call)
    if call.holder_id != by:
        raise Refused(_("You do not have this call."))
    call.acknowledged_at = call.holder_id = None
    _write(call, by, "given back")
    announce(CallGivenBack(by=by, call_id=call.id, person_id=call.subject_id))


def hand_over(call: SafetyCall, to: uuid.UUID, *, by: uuid.UUID) -> None:
    """Hand a call to somebody, who must take it on: until then it passes on by itself."""
    _check_open(call)
    if to not in able_to_take(call):
        raise Refused(_("Choose somebody from the list."))
    now = clock.now()
    call.acknowledged_at, call.holder_id = (now if to == by else None), to
    call.due_at = call_due(now, hours_in_force(), programme_zone(), limits())
    call.passed_stage = 0
    _write(call, by, "handed over", to)
    announce(CallHandedOver(by=by, call_id=call.id, person_id=call.subject_id, to=to))


def close_call(call: SafetyCall, done: str, *, by: uuid.UUID) -> None:
    """Close a call with what was done."""
    _check_open(call)
    if not done.strip():
        raise Refused(_("Write down what was done; it stays sealed."))
    if len(done) > LONGEST:
        raise Refused(_("Keep it below %(n)s letters.", n=LONGEST))
    if call.acknowledged_at is None:
        call.acknowledged_at, call.holder_id = clock.now(), by
    call.done, call.closed_on = done.strip(), clock.today(programme_zone())
    _write(call, by, "closed")
    announce(CallClosed(by=by, call_id=call.id, person_id=call.subject_id))


def _stands_already(
    cause: SafetyCause,
    volunteer_id: uuid.UUID | None,
    participant_id: uuid.UUID | None,
    source_id: uuid.UUID | None,
) -> bool:
    same = [SafetyCall.source_id == source_id] if source_id is not None else []
    if cause is SafetyCause.CONTACT_TODAY:
        waits = SafetyCall.closed_on.is_(None) & SafetyCall.acknowledged_at.is_(None)
        theirs = SafetyCall.volunteer_id.is_not_distinct_from(volunteer_id)
        nobody_else = SafetyCall.participant_id.is_not_distinct_from(participant_id)
        same.append(waits & theirs & nobody_else)
    return bool(same) and session.scalar(select(SafetyCall.id).where(or_(*same)).limit(1)) is not None


def _check_open(call: SafetyCall) -> None:
    if call.closed_on is not None:
        raise Refused(_("This call is closed."))


def _write(call: SafetyCall, by: uuid.UUID | None, what: str, to: uuid.UUID | None = None) -> None:
    entry = {"at": clock.now().isoformat(), "by": by.hex if by else "", "what": what}
    call.trail = [*(call.trail or []), entry | ({"to": to.hex} if to else {})]
    session.flush()


def _or_none(text: str | None) -> str | None:
    return (text or "").strip() or None
