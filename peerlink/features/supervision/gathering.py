"""Sessions of several at once: a group and who came, two buddies who met."""

import datetime as dt
import uuid
from collections.abc import Collection, Sequence

from sqlalchemy import select

from peerlink import clock
from peerlink.errors import NotFound, Refused
from peerlink.features.programmes.queries import programme_zone
from peerlink.features.supervision import service
from peerlink.features.supervision.models import Supervision
from peerlink.features.supervision.queries import buddies_of, group_of
from peerlink.features.supervision.rules import HeldDraft, check_group_day, check_held, check_where
from peerlink.features.volunteers.models import Volunteer
from peerlink.framework.people_words import SupervisionKind, SupervisionStatus
from peerlink.roles import Viewer
from peerlink.store import gate, lookup
from peerlink.store.session import session
from peerlink.words import _

S = SupervisionStatus


def plan_group(
    group_id: uuid.UUID,
    volunteers: Sequence[Volunteer],
    on: dt.date,
    *,
    by: uuid.UUID,
    at: dt.time | None = None,
    where: str | None = None,
) -> None:
    """Expect these volunteers in one group session; the same form sent again changes nothing."""
    today = clock.today(programme_zone())
    check_group_day(on, today)
    check_where(where)
    if not volunteers:
        raise Refused(_("Tick who is expected."))
    _wait_for_each_other(volunteers)
    expected = set(session.scalars(select(Supervision.volunteer_id).where(Supervision.group_id == group_id)))
    if expected:
        return
    for one in volunteers:
        row = service.new_session(one, SupervisionKind.GROUP, on, S.SCHEDULED, by, group_id=group_id)
        row.starts_at, row.where = service.moment_of(on, at), (where or "").strip() or None
        if on >= today:
            service.tell_scheduled(row, by)


def hold_group(
    rows: Sequence[Supervision], came: Collection[uuid.UUID], draft: HeldDraft, *, by: uuid.UUID
) -> int:
    """Write down who came to a group; return how many. Whoever was written down before stays so."""
    check_held(draft, clock.today(programme_zone()))
    waiting = [row for row in rows if row.status is S.SCHEDULED]
    if waiting and not any(row.volunteer_id in came for row in rows):
        raise Refused(_("Tick who came. Where nobody did, call the session off."))
    for row in waiting:
        if row.volunteer_id in came:
            service.hold(row, draft, by=by)
        else:
            service.miss(row, by=by)
    return sum(row.status is S.HELD for row in rows)


def call_group_off(rows: Sequence[Supervision], *, by: uuid.UUID) -> None:
    """Call a planned group off, for everybody who is still expected."""
    for row in rows:
        if row.status is S.SCHEDULED:
            service.cancel(row, by=by)


def get_group(group_id: uuid.UUID, viewer: Viewer) -> Sequence[Supervision]:
    """Return a group's sessions within reach; raises NotFound where there are none."""
    rows = group_of(group_id, viewer)
    if not rows:
        raise NotFound
    return rows


def record_buddies(
    meeting_id: uuid.UUID,
    me: Volunteer,
    buddy_id: uuid.UUID,
    draft: HeldDraft,
    *,
    by: uuid.UUID,
) -> None:
    """Write down that two buddies met, for both of them; the same form sent again changes nothing."""
    check_held(draft, clock.today(programme_zone()))
    with gate.opened("a meeting of buddies counts for both; nothing of the other is shown"):
        both = [me, *(one for one in buddies_of(me) if one.id == buddy_id)]
        if len(both) == 1:
            raise NotFound
        _wait_for_each_other(both)
        if session.scalar(select(Supervision.id).where(Supervision.group_id == meeting_id).limit(1)):
            return
        for one in both:
            row = service.new_session(
                one, SupervisionKind.BUDDY, draft.held_on, S.HELD, None, group_id=meeting_id
            )
            service.remember(row, by, is_new=True)
            row.minutes = draft.minutes
            service.tell_held(row, by)


def _wait_for_each_other(volunteers: Sequence[Volunteer]) -> None:
    """Let two copies of one form come one after the other."""
    ids = sorted(one.id for one in volunteers)
    session.execute(
        select(Volunteer.id).where(Volunteer.id.in_(ids)).order_by(Volunteer.id).with_for_update()
    )
    lookup.admit(volunteers)
