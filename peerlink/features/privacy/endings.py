"""Whose time is over, who is kept for something still open, and whom the next weeks concern."""

import datetime as dt
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select

from peerlink.features.accounts.models import Account
from peerlink.features.finance.models import Claim
from peerlink.features.incidents.models import Incident
from peerlink.features.incidents.queries import OPEN
from peerlink.features.programmes.queries import limits
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.queries import KNOWN, get_volunteer, volunteers_for
from peerlink.features.volunteers.retention import GONE
from peerlink.framework.money_words import ClaimStatus
from peerlink.roles import Viewer
from peerlink.store.lookup import many
from peerlink.store.sealing import intact
from peerlink.store.session import session

NOT_SETTLED = (ClaimStatus.SUBMITTED, ClaimStatus.APPROVED)
SHOWN = 200
"""Records a list shows at most; the rest come up as these are gone."""


@dataclass(frozen=True)
class Endings:
    """The records that end, by what is to be done about them; each list the first to end first."""

    late: Sequence[Volunteer]
    """Their day has passed and nothing holds them: the nightly work did not do it."""
    held: Sequence[Volunteer]
    """Their day has come, and something is still open."""
    soon: Sequence[Volunteer]
    """Deleted within the days of notice."""
    dayless: Sequence[Volunteer]
    """Nobody has said until when."""
    in_the_way: Collection[uuid.UUID]
    """Those of all of them about whom something is still open."""

    @property
    def n(self) -> int:
        return len(self.late) + len(self.held) + len(self.soon) + len(self.dayless)


def over(today: dt.date) -> Select[uuid.UUID]:
    """Ask for everybody who is deleted on a day: theirs has come, and nothing about them is open."""
    return select(Volunteer.id).where(_gone(), Volunteer.keep_until <= today, ~still_open())


def still_open() -> ColumnElement[bool]:
    """Say that a claim of theirs, or an incident about them or reported by them, is not closed yet."""
    is_open = Incident.status.in_(OPEN)
    about = or_(Incident.volunteer_id == Volunteer.id, Incident.subject_id == Volunteer.id)
    theirs = and_(Incident.reporter_id == Account.id, Account.person_id == Volunteer.id)
    return or_(
        exists().where(is_open, about),
        exists().where(is_open, theirs),
        exists().where(Claim.volunteer_id == Volunteer.id, Claim.status.in_(NOT_SETTLED)),
    )


def endings(viewer: Viewer, today: dt.date) -> Endings:
    """Return which of the viewer's records end, and which have no day."""
    notice = today + dt.timedelta(days=limits().whole("retention.notice_days"))
    came, opens = Volunteer.keep_until <= today, still_open()
    # The night has until the end of the day itself.
    late = _listed(viewer, Volunteer.keep_until < today, ~opens)
    held = _listed(viewer, came, opens)
    soon = _listed(
        viewer, Volunteer.keep_until.between(today, notice), or_(Volunteer.keep_until > today, ~opens)
    )
    dayless = _listed(viewer, Volunteer.keep_until.is_(None))
    return Endings(late, held, soon, dayless, _among((*held, *soon, *dayless)))


def n_endings(viewer: Viewer, today: dt.date) -> tuple[int, int]:
    """Count the records that end within the days of notice or have no day, and those whose day was missed."""
    notice = today + dt.timedelta(days=limits().whole("retention.notice_days"))
    asked = volunteers_for(viewer).where(_gone()).with_only_columns(func.count(), maintain_column_froms=True)
    soon = asked.where(or_(Volunteer.keep_until <= notice, Volunteer.keep_until.is_(None)))
    late = asked.where(Volunteer.keep_until < today, ~still_open())
    return session.scalar(soon) or 0, session.scalar(late) or 0


def n_missed(today: dt.date) -> int:
    """Count the records of anybody whose day was missed."""
    asked = select(func.count()).select_from(Volunteer).where(_gone(), Volunteer.keep_until < today)
    return session.scalar(asked.where(~still_open())) or 0


def is_held(volunteer: Volunteer) -> bool:
    """Tell whether something about a volunteer within reach is still open."""
    return volunteer.id in _among([volunteer])


def get_to_keep(volunteer_id: uuid.UUID, viewer: Viewer) -> Volunteer:
    """Return a volunteer within reach and hold the record: two taps wait for each other."""
    session.execute(select(Volunteer.id).where(Volunteer.id == volunteer_id).with_for_update())
    return get_volunteer(volunteer_id, viewer)


def _gone() -> ColumnElement[bool]:
    return and_(Volunteer.status.in_(GONE), KNOWN)


def _listed(viewer: Viewer, *which: ColumnElement[bool]) -> list[Volunteer]:
    asked = volunteers_for(viewer).where(_gone(), *which)
    return intact(many(asked.order_by(Volunteer.keep_until, Volunteer.id).limit(SHOWN)))[0]


def _among(people: Collection[Volunteer]) -> set[uuid.UUID]:
    ids = [one.id for one in people]
    return set(session.scalars(select(Volunteer.id).where(Volunteer.id.in_(ids), still_open())))
