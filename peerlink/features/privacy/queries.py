"""What can be asked of the trail."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import select

from peerlink.features.accounts.models import Account
from peerlink.features.accounts.queries import roles_of, team_members
from peerlink.features.matching.models import Match
from peerlink.features.participants.models import Participant
from peerlink.features.privacy.rules import Look, gathered
from peerlink.features.programmes.queries import programme_zone
from peerlink.features.volunteers.models import Volunteer
from peerlink.roles import Role
from peerlink.store import audit, gate
from peerlink.store.audit import Deed
from peerlink.store.session import session
from peerlink.words import N_

A_PAGE = 100
LOOKS = 500
"""Openings of one record that are gone through, the newest first."""

WHAT = (
    (Participant, N_("participant")),
    (Volunteer, N_("volunteer")),
    (Account, N_("account")),
    (Match, N_("match")),
)


@dataclass(frozen=True)
class Trail:
    """A page of the trail: the names of the staff who did it, which of them volunteer, what each id is."""

    deeds: list[Deed]
    names: dict[uuid.UUID, str]
    volunteers: set[uuid.UUID]
    what: dict[uuid.UUID, str]
    before: int | None
    """Where the next page begins, None at the end of the trail."""


def trail(*, on: dt.date | None, deed: str | None, before: int | None) -> Trail:
    """Return the newest deeds; that they were read is written down too."""
    gate.note("trail read", {"on": on.isoformat() if on else "", "deed": deed or ""})
    deeds = audit.deeds(session, on=on, deed=deed, before=before, newest=A_PAGE)
    # A volunteer's name says what they live with: it is no more told here than anybody else's.
    roles = roles_of(one.actor for one in deeds if one.actor)
    staff = [one for one, their in roles.items() if Role.VOLUNTEER not in their]
    about = {person for one in deeds for person in one.about}
    more = deeds[-1].seq if len(deeds) == A_PAGE else None
    return Trail(deeds, team_members(staff), set(roles) - set(staff), _what_they_are(about), more)


def looks_at(people: Iterable[uuid.UUID], *, by_others_than: uuid.UUID | None = None) -> list[Look]:
    """Return who opened the records of somebody already in the viewer's reach: roles and days only."""
    zone = ZoneInfo(programme_zone())
    opened = [
        one
        for person in set(people)
        for one in audit.deeds(session, about=person, deed="opened", newest=LOOKS)
        if one.actor and one.actor != by_others_than
    ]
    roles = roles_of(one.actor for one in opened if one.actor)
    return gathered(
        (one.at.astimezone(zone).date(), roles.get(one.actor, frozenset()), one.detail.get("kinds", ()))
        for one in opened
        if one.actor
    )


def _what_they_are(ids: set[uuid.UUID]) -> dict[uuid.UUID, str]:
    return {
        one: label
        for model, label in WHAT
        for one in session.scalars(select(model.id).where(model.id.in_(ids)))
    }
