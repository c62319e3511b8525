"""What can be asked about matches."""

import datetime as dt
import uuid
from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select

from peerlink import clock
from peerlink.features.matching.models import Answer, Match, PlannedMatch
from peerlink.features.participants.models import Participant
from peerlink.features.participants.queries import participants_for
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.queries import looked_after_by, volunteers_for
from peerlink.framework.vocabularies import (
    TAKES_A_SLOT,
    MatchStatus,
    ParticipantStatus,
    VolunteerStatus,
)
from peerlink.roles import Role, Viewer
from peerlink.store.lookup import get, many
from peerlink.store.paging import Paged, paged
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
        reach.append(Match.volunteer_id.in_(select(Volunteer.id).where(looked_after_by(viewer))))
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


def waiting_for(viewer: Viewer) -> Sequence[Participant]:
    """Return everybody within reach who waits, the longest first."""
    asked = participants_for(viewer).where(Participant.status == ParticipantStatus.WAITING)
    return many(asked.order_by(Participant.status_since, Participant.id))


def waiting_since(viewer: Viewer) -> list[tuple[uuid.UUID, dt.date]]:
    """Return who waits within reach and since when, the longest first; nothing is opened."""
    asked = participants_for(viewer).where(Participant.status == ParticipantStatus.WAITING)
    days = asked.with_only_columns(Participant.id, Participant.status_since)
    return [
        (one, day) for one, day in session.execute(days.order_by(Participant.status_since, Participant.id))
    ]


def active_volunteers(viewer: Viewer) -> Sequence[Volunteer]:
    """Return the volunteers within reach who serve now."""
    asked = volunteers_for(viewer).where(Volunteer.status == VolunteerStatus.ACTIVE)
    return many(asked.order_by(Volunteer.id))


def plan_of(viewer: Viewer) -> Sequence[PlannedMatch]:
    """Return the pairs the viewer means to propose, as far as both people are within reach."""
    within = participants_for(viewer).with_only_columns(Participant.id)
    asked = (
        select(PlannedMatch)
        .join(Participant, Participant.id == PlannedMatch.participant_id)
        .where(PlannedMatch.account_id == viewer.account_id, PlannedMatch.participant_id.in_(within))
    )
    return many(asked.order_by(Participant.status_since, PlannedMatch.id))


def proposals_for(viewer: Viewer) -> Sequence[Match]:
    """Return the proposals within a coordinator's reach that wait for answers, the oldest first."""
    asked = matches_for(viewer).where(Match.status == MatchStatus.PROPOSED)
    return many(asked.order_by(Match.proposed_on, Match.id))


def n_proposals(viewer: Viewer) -> int:
    """Count the proposals within reach that wait for answers."""
    asked = matches_for(viewer).where(Match.status == MatchStatus.PROPOSED)
    return session.scalar(asked.with_only_columns(func.count(), maintain_column_froms=True)) or 0


def my_proposals(viewer: Viewer) -> Sequence[Match]:
    """Return the proposals a volunteer has been asked about, those without an answer first."""
    own = select(Match).where(Match.volunteer_id == viewer.person_id, Match.status == MatchStatus.PROPOSED)
    found = many(own.order_by(Match.proposed_on, Match.id))
    return sorted(found, key=lambda match: match.volunteer_said is not None)


def get_my_proposal(match_id: uuid.UUID, viewer: Viewer) -> Match:
    """Return what the viewer was asked about; whether it is still open is the service's to say."""
    return get(matches_for(viewer).where(Match.id == match_id, Match.volunteer_id == viewer.person_id))


def match_page(viewer: Viewer, status: MatchStatus | None, number: int = 1) -> Paged[Match]:
    """Return one page of the matches within reach: those of a state, or all that walk together now."""
    wanted = Match.status == status if status else Match.status.in_(WALKING)
    latest = func.coalesce(Match.ended_on, Match.started_on, Match.accepted_on, Match.proposed_on)
    return paged(matches_for(viewer).where(wanted).order_by(latest.desc(), Match.id), number)


def match_counts(viewer: Viewer) -> dict[MatchStatus, int]:
    """Count the matches within reach by state."""
    asked = matches_for(viewer).with_only_columns(Match.status, func.count(), maintain_column_froms=True)
    return dict(iter(session.execute(asked.group_by(Match.status))))


def said_no_before(participant_id: uuid.UUID) -> set[uuid.UUID]:
    """Return the volunteers with whom a match was proposed to this person and declined before."""
    asked = select(Match.volunteer_id).where(
        Match.participant_id == participant_id, Match.status == MatchStatus.DECLINED
    )
    said_no = or_(Match.volunteer_said == Answer.NO, Match.participant_said == Answer.NO)
    return set(session.scalars(asked.where(said_no)))


def matches_of_volunteer(volunteer_id: uuid.UUID, viewer: Viewer) -> Sequence[Match]:
    """Return the matches of a volunteer that still take a place, as far as the viewer may know of them."""
    asked = matches_for(viewer).where(Match.volunteer_id == volunteer_id, Match.status.in_(TAKES_A_SLOT))
    return many(asked.order_by(Match.started_on, Match.id))
