"""What is agreed in a session: written down, ticked off, dropped, opened again."""

import datetime as dt
import uuid
from collections.abc import Iterable

from sqlalchemy import select

from peerlink import clock
from peerlink.errors import NotFound
from peerlink.events import announce
from peerlink.features.programmes.queries import programme_zone
from peerlink.features.supervision.events import ActionAgreed, ActionDone, ActionDropped, ActionReopened
from peerlink.features.supervision.models import AgreedAction, Supervision
from peerlink.features.supervision.rules import Agreed
from peerlink.features.volunteers.queries import looks_after
from peerlink.roles import Viewer
from peerlink.store import lookup
from peerlink.store.session import session


def agree(supervision: Supervision, agreed: Iterable[Agreed], *, by: uuid.UUID | None) -> None:
    """Keep what was agreed in a session: what, who does it, by when."""
    for one in agreed:
        action = AgreedAction(
            id=uuid.uuid4(),
            subject_id=supervision.volunteer_id,
            volunteer_id=supervision.volunteer_id,
            supervision_id=supervision.id,
            owner_id=None if one.is_theirs else by,
            agreed_on=supervision.held_on,
            due_on=one.due_on,
            what=one.what.strip(),
        )
        session.add(action)
        session.flush()
        lookup.admit([action])
        announce(ActionAgreed(by=by, volunteer_id=action.volunteer_id, action_id=action.id))


def tick(action: AgreedAction, viewer: Viewer) -> None:
    """Say that what was agreed is done; saying it twice changes nothing."""
    _check_may(action, viewer)
    if action.is_open:
        action.done_on = _today()
        announce(ActionDone(by=viewer.account_id, volunteer_id=action.volunteer_id, action_id=action.id))


def drop(action: AgreedAction, viewer: Viewer) -> None:
    """Say that what was agreed is no longer to be done."""
    _check_may(action, viewer)
    if action.is_open:
        action.dropped_on = _today()
        announce(ActionDropped(by=viewer.account_id, volunteer_id=action.volunteer_id, action_id=action.id))


def drop_all(volunteer_id: uuid.UUID, *, by: uuid.UUID | None) -> None:
    """Let go of whatever is still open with somebody who has gone."""
    waiting = select(AgreedAction).where(
        AgreedAction.volunteer_id == volunteer_id,
        AgreedAction.done_on.is_(None),
        AgreedAction.dropped_on.is_(None),
    )
    for action in session.scalars(waiting):
        action.dropped_on = _today()
        announce(ActionDropped(by=by, volunteer_id=volunteer_id, action_id=action.id))


def reopen(action: AgreedAction, viewer: Viewer) -> None:
    """Take back that something was done or dropped."""
    _check_may(action, viewer)
    if not action.is_open:
        action.done_on = action.dropped_on = None
        announce(ActionReopened(by=viewer.account_id, volunteer_id=action.volunteer_id, action_id=action.id))


def _check_may(action: AgreedAction, viewer: Viewer) -> None:
    """Let a volunteer tick off what is theirs to do, and who looks after them everything."""
    theirs = action.owner_id is None and action.volunteer_id == viewer.person_id
    if not (theirs or looks_after(action.volunteer_id, viewer)):
        raise NotFound


def _today() -> dt.date:
    return clock.today(programme_zone())
