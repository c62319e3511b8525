"""What can be asked about matches."""

import datetime as dt
import uuid
from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Select, and_, false, or_, select

from peerlink import clock
from peerlink.features.matching.models import Match
from peerlink.features.participants.models import Participant
from peerlink.features.volunteers.models import Volunteer
from peerlink.framework.vocabularies import TAKES_A_SLOT, MatchStatus
from peerlink.roles import Role, Viewer
from peerlink.store.lookup import get, many
from peerlink.store.session import session

IN_SIGHT_AFTER_END = dt.timedelta(days=14)
"""How long a volunteer still sees a match that has ended (framework.md section 8, rule 4)."""
GONE = frozenset({MatchStatus.DECLINED, MatchStatus.EXPIRED, MatchStatus.CANCELLED})
WALKING = frozenset({MatchStatus.ACCEPTED, MatchStatus.ACTIVE, MatchStatus.PAUSED})
"""The matches both people have said yes to, and that have not ended."""


def matches_for(viewer: Viewer) -> Select[Match]:
    """Return the matches this viewer may know of.

    Volunteers their own, until 14 days after the end; coordinators those of their site, or all;
    supervisors those of the volunteers they look after (without opening who the participant is).
    """
    return select(Match).where(match_in_reach(viewer))


def match_in_reach(viewer: Viewer) -> ColumnElement[bool]:
    """Return the condition that keeps a query about matches within a viewer's reach."""
    reach: list[ColumnElement[bool]] = []
    if viewer.is_a(Role.VOLUNTEER) and viewer.person_id is not None:
        seen_from = clock.now().date() - IN_SIGHT_AFTER_END
        in_sight = or_(
            Match.status.not_in([MatchStatus.ENDED, *GONE]),
            and_(Match.status == MatchStatus.ENDED, Match.ended_on >= seen_from),
        )
        reach.append(and_(Match.volunteer_id == viewer.person_id, in_sight))
    if viewer.is_a(Role.COORDINATOR):
        if viewer.site_id is None:
            return Match.id.is_not(None)
        there = select(Participant.id).where(Participant.site_id == viewer.site_id)
        reach.append(Match.participant_id.in_(there))
    if viewer.is_a(Role.SUPERVISOR):
        looked_after = select(Volunteer.id).where(Volunteer.supervisor_id == viewer.account_id)
        reach.append(Match.volunteer_id.in_(looked_after))
    return or_(*reach) if reach else false()


def get_match(match_id: uuid.UUID, viewer: Viewer) -> Match:
    """Return the match, if it is within this viewer's reach."""
    return get(matches_for(viewer).where(Match.id == match_id))


def my_matches(viewer: Viewer) -> Sequence[Match]:
    """Return the volunteer's own matches that are accepted or active, the latest first."""
    walking = [MatchStatus.ACCEPTED, MatchStatus.ACTIVE]
    own = select(Match).where(Match.volunteer_id == viewer.person_id, Match.status.in_(walking))
    return many(own.order_by(Match.accepted_on.desc(), Match.id))


def facts_of(match: Match) -> dict[str, uuid.UUID]:
    """Return what every event about a match says."""
    return {
        "match_id": match.id,
        "volunteer_id": match.volunteer_id,
        "participant_id": match.participant_id,
    }


def asked_among(participant_ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Return those of these participants to whom somebody is proposed now."""
    asked = select(Match.participant_id).where(Match.status == MatchStatus.PROPOSED)
    return set(session.scalars(asked)) & set(participant_ids)


def open_matches_of(whose: ColumnElement[bool]) -> Sequence[Match]:
    """Return the matches of somebody that are proposed, accepted, active or paused; for the house's work."""
    asked = select(Match).where(whose, Match.status.in_(TAKES_A_SLOT)).order_by(Match.proposed_on, Match.id)
    return many(asked)


def has_match(whose: ColumnElement[bool], statuses: Collection[MatchStatus]) -> bool:
    """Tell whether somebody has a match in one of these states; it says nothing about anybody else."""
    return session.scalar(select(Match.id).where(whose, Match.status.in_(statuses)).limit(1)) is not None
