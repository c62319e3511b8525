"""Takes back what was written about a session by mistake, within a day, with all it made."""

import datetime as dt
import uuid
from collections.abc import Sequence

from sqlalchemy import select

from peerlink import clock
from peerlink.errors import NotFound, Refused
from peerlink.events import announce
from peerlink.features.supervision import service
from peerlink.features.supervision.events import (
    ActionReopened,
    AgreementTakenBack,
    SupervisionTakenBack,
)
from peerlink.features.supervision.models import AgreedAction, Supervision
from peerlink.features.volunteers.models import Volunteer
from peerlink.framework.people_words import SupervisionKind, SupervisionStatus
from peerlink.lifecycle import Kind
from peerlink.store import gate, history
from peerlink.store.lookup import find, many
from peerlink.store.session import session
from peerlink.words import _

S = SupervisionStatus
TAKEN_BACK_WITHIN = dt.timedelta(hours=24)


def may_be_taken_back(supervision: Supervision) -> bool:
    """Tell whether somebody, and not the house itself, wrote down in the last 24 hours what it is now."""
    before = supervision.before
    if supervision.status is S.SCHEDULED or before is None or before["by"] is None:
        return False
    return clock.now() - _written_at(supervision) <= TAKEN_BACK_WITHIN


def is_written_by(supervision: Supervision, account_id: uuid.UUID) -> bool:
    """Tell whether somebody themself wrote down what a session is now."""
    return (supervision.before or {}).get("by") == account_id.hex


def take_back(supervision: Supervision, *, by: uuid.UUID) -> None:
    """Make a session what it was before somebody wrote down that it was held, missed or called off.

    What was agreed in it goes, what was ticked off with it is open again, the next one planned with it is
    called off. One that had not been planned goes itself.
    """
    if not may_be_taken_back(supervision):
        raise Refused(_("This can be taken back for a day only."))
    before, was, written_at = supervision.before or {}, supervision.status, _written_at(supervision)
    is_gone = bool(before["is_new"])
    if not is_gone:
        service.check_is_with_us(_volunteer(supervision))
    _forget_agreed(supervision, by)
    _open_again([uuid.UUID(one) for one in before.get("ticked") or ()], by)
    _call_next_off(before.get("next"), by)
    told = SupervisionTakenBack(
        by=by,
        volunteer_id=supervision.volunteer_id,
        supervision_id=supervision.id,
        kind=supervision.kind,
        was=was,
        written_at=written_at,
        is_gone=is_gone,
    )
    if is_gone:
        session.delete(supervision)
    else:
        _plan_again(supervision, by)
    session.flush()
    announce(told)


def goes_with(
    held: Supervision, *, ticked: Sequence[uuid.UUID] = (), planned: Supervision | None = None
) -> None:
    """Keep with a held session what was ticked off and planned in one breath with it: it goes with it."""
    held.before = {
        **(held.before or {}),
        "ticked": [one.hex for one in ticked],
        "next": planned.id.hex if planned is not None else None,
    }


def put_back_on(planned: Supervision, *, by: uuid.UUID | None) -> None:
    """Let a session take place after all that the house had called off by itself."""
    before = planned.before or {}
    written_at = dt.datetime.fromisoformat(before["at"]) if before else clock.now()
    _plan_again(planned, by)
    session.flush()
    announce(
        SupervisionTakenBack(
            by=by,
            volunteer_id=planned.volunteer_id,
            supervision_id=planned.id,
            kind=planned.kind,
            was=S.CANCELLED,
            written_at=written_at,
        )
    )


def take_group_back(rows: Sequence[Supervision], *, by: uuid.UUID) -> None:
    """Take back what was written about a group, for everybody in reach of whom it was."""
    able = [row for row in rows if may_be_taken_back(row)]
    if not able:
        raise Refused(_("This can be taken back for a day only."))
    for row in able:
        take_back(row, by=by)


def take_meeting_back(meeting_id: uuid.UUID, volunteer_id: uuid.UUID, *, by: uuid.UUID) -> None:
    """Take back that two buddies met, for both; whoever wrote it down may."""
    met = (Supervision.group_id == meeting_id, Supervision.kind == SupervisionKind.BUDDY)
    with gate.opened("a meeting of buddies is taken back for both; nothing of the other is shown"):
        both = many(select(Supervision).where(*met).with_for_update())
        mine = [one for one in both if one.volunteer_id == volunteer_id]
        if not any(is_written_by(one, by) for one in mine):
            raise NotFound
        for one in both:
            take_back(one, by=by)


def _written_at(supervision: Supervision) -> dt.datetime:
    return dt.datetime.fromisoformat((supervision.before or {})["at"])


def _plan_again(supervision: Supervision, by: uuid.UUID | None) -> None:
    before = supervision.before or {}
    supervision.before = supervision.minutes = supervision.themes = supervision.note = None
    if before:
        supervision.held_on = dt.date.fromisoformat(before["held_on"])
        begins = before["starts_at"]
        supervision.starts_at = dt.datetime.fromisoformat(begins) if begins else None
    history.move(supervision, S.SCHEDULED, kind=Kind.SUPERVISION, by=by, on=supervision.held_on)


def _forget_agreed(supervision: Supervision, by: uuid.UUID) -> None:
    for action in many(select(AgreedAction).where(AgreedAction.supervision_id == supervision.id)):
        announce(AgreementTakenBack(by=by, volunteer_id=action.volunteer_id, action_id=action.id))
        session.delete(action)
    session.flush()


def _open_again(ids: Sequence[uuid.UUID], by: uuid.UUID) -> None:
    for action in many(select(AgreedAction).where(AgreedAction.id.in_(ids))):
        if action.done_on is not None:
            action.done_on = None
            announce(ActionReopened(by=by, volunteer_id=action.volunteer_id, action_id=action.id))


def _call_next_off(next_id: str | None, by: uuid.UUID) -> None:
    if next_id is None:
        return
    planned = find(select(Supervision).where(Supervision.id == uuid.UUID(next_id)))
    if planned is not None and planned.status is S.SCHEDULED:
        service.cancel(planned, by=by)


def _volunteer(supervision: Supervision) -> Volunteer:
    return many(select(Volunteer).where(Volunteer.id == supervision.volunteer_id))[0]
