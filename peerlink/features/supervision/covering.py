"""Who looks after a supervisor's volunteers while they are away: arranged, ended before the day."""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import select

from peerlink import clock
from peerlink.errors import NotFound, Refused
from peerlink.events import announce
from peerlink.features.accounts.queries import supervisors, team_members
from peerlink.features.programmes.queries import programme_zone
from peerlink.features.supervision.events import CoverArranged, CoverEnded
from peerlink.features.supervision.models import Supervision
from peerlink.features.supervision.rules import LONGEST_AWAY
from peerlink.features.volunteers.covers import covers_on, covers_to_come
from peerlink.features.volunteers.models import Cover, Volunteer
from peerlink.features.volunteers.queries import SERVING
from peerlink.framework.people_words import SupervisionStatus
from peerlink.roles import Viewer
from peerlink.store import gate
from peerlink.store.lookup import many
from peerlink.store.session import session
from peerlink.words import _


@dataclass(frozen=True, kw_only=True)
class CoverDraft:
    """When somebody is away, and who looks after their volunteers."""

    from_on: dt.date
    until_on: dt.date
    by_id: uuid.UUID | None = None


@dataclass(frozen=True)
class Away:
    """A colleague who is away, and until when."""

    name: str
    until_on: dt.date


def covered_for(viewer: Viewer) -> dict[uuid.UUID | None, Away]:
    """Return for whom a supervisor looks after volunteers today, by the colleague's account."""
    covers = covers_on(clock.today(programme_zone()))
    mine = {one: cover for one, cover in covers.items() if cover.by_id == viewer.account_id}
    names = team_members(list(mine))
    return {one: Away(names.get(one, ""), cover.until_on) for one, cover in mine.items()}


def arrange_cover(supervisor_id: uuid.UUID, draft: CoverDraft, *, by: uuid.UUID) -> Cover:
    """Say that a supervisor is away and who covers; every volunteer concerned is told."""
    _check(supervisor_id, draft)
    cover = Cover(
        id=uuid.uuid4(),
        supervisor_id=supervisor_id,
        by_id=draft.by_id,
        from_on=draft.from_on,
        until_on=draft.until_on,
    )
    session.add(cover)
    session.flush()
    announce(_told(CoverArranged, cover, by))
    return cover


def end_cover(cover: Cover, *, by: uuid.UUID) -> None:
    """Say that a supervisor is back, or does not go at all."""
    today = clock.today(programme_zone())
    if cover.until_on < today:
        raise Refused(_("This is over already."))
    announce(_told(CoverEnded, cover, by))
    _give_back(cover, today)
    if cover.from_on >= today:
        session.delete(cover)
    else:
        cover.until_on = today - dt.timedelta(days=1)
    session.flush()


def _give_back(cover: Cover, today: dt.date) -> None:
    """Let the supervisor hold what the colleague would have held on days no longer covered."""
    theirs = select(Volunteer.id).where(Volunteer.supervisor_id == cover.supervisor_id)
    asked = select(Supervision).where(
        Supervision.volunteer_id.in_(theirs),
        Supervision.supervisor_id == cover.by_id,
        Supervision.status == SupervisionStatus.SCHEDULED,
        Supervision.held_on.between(max(cover.from_on, today), cover.until_on),
    )
    with gate.opened("sessions go back to whoever is back; nothing of them is shown"):
        for one in many(asked):
            one.supervisor_id = cover.supervisor_id
        session.flush()


def get_cover(cover_id: uuid.UUID, supervisor_id: uuid.UUID | None = None) -> Cover:
    """Return an absence, of this supervisor where one is named."""
    cover = session.get(Cover, cover_id)
    if cover is None or supervisor_id not in (None, cover.supervisor_id):
        raise NotFound
    return cover


def _check(supervisor_id: uuid.UUID, draft: CoverDraft) -> None:
    today = clock.today(programme_zone())
    if draft.from_on < today:
        raise Refused(_("Choose a first day from today on."))
    if not draft.from_on <= draft.until_on <= draft.from_on + LONGEST_AWAY:
        raise Refused(_("The last day is the first or later, within six months."))
    if draft.by_id == supervisor_id:
        raise Refused(_("Nobody covers for themself. Choose a colleague."))
    if draft.by_id is not None and draft.by_id not in {one.id for one in supervisors()}:
        raise Refused(_("Choose somebody who supervises."))
    # Held, so that two absences of one person are not written down at once.
    session.execute(select(Volunteer.id).where(Volunteer.supervisor_id == supervisor_id).with_for_update())
    for one in covers_to_come(draft.from_on):
        if one.from_on > draft.until_on:
            continue
        if one.supervisor_id == supervisor_id:
            raise Refused(_("These days overlap with another absence. End that one first."))
        if one.supervisor_id == draft.by_id:
            raise Refused(_("Your colleague is away then too. Choose somebody else."))
        if one.by_id == supervisor_id:
            raise Refused(
                _("Whoever goes away covers for a colleague then. Find somebody else for them first.")
            )


def _told(kind: type[CoverArranged | CoverEnded], cover: Cover, by: uuid.UUID) -> CoverArranged | CoverEnded:
    volunteers = session.scalars(
        select(Volunteer.id).where(
            Volunteer.supervisor_id == cover.supervisor_id, Volunteer.status.in_(SERVING)
        )
    )
    return kind(
        by=by,
        cover_id=cover.id,
        supervisor_id=cover.supervisor_id,
        covered_by=cover.by_id,
        volunteers=tuple(sorted(volunteers)),
    )
