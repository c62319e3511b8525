"""Keeps a coordinator's plan until it is confirmed; nobody hears of it before."""

import uuid
from collections import Counter
from collections.abc import Mapping

from sqlalchemy import delete, select

from peerlink import clock
from peerlink.errors import Refused
from peerlink.features.matching.models import Match, PlannedMatch
from peerlink.features.matching.pools import pooled, whole_round
from peerlink.features.matching.queries import active_volunteers, asked_among, plan_of, waiting_for
from peerlink.features.matching.rules import check_overrides
from peerlink.features.matching.service.proposing import PairDraft, confirm_plan
from peerlink.features.participants.queries import get_participant
from peerlink.features.programmes.queries import programme_zone
from peerlink.features.volunteers.queries import get_volunteer
from peerlink.framework.vocabularies import ParticipantStatus
from peerlink.roles import Viewer
from peerlink.store import gate
from peerlink.store.lookup import find
from peerlink.store.session import session
from peerlink.words import _


def plan_pair(
    participant_id: uuid.UUID,
    volunteer_id: uuid.UUID,
    *,
    by: Viewer,
    overrides: Mapping[str, str] | None = None,
) -> None:
    """Put a pair into the viewer's plan, in place of whoever was planned for this person."""
    check_overrides(overrides or {})
    participant = get_participant(participant_id, by)
    if participant.status is not ParticipantStatus.WAITING:
        raise Refused(_("This person is not waiting for anybody now."))
    get_volunteer(volunteer_id, by)
    unplan(participant_id, by=by)
    _keep(participant_id, volunteer_id, by, overrides)
    session.flush()


def unplan(participant_id: uuid.UUID, *, by: Viewer) -> None:
    """Take a person out of the viewer's plan."""
    planned = find(
        select(PlannedMatch).where(
            PlannedMatch.account_id == by.account_id, PlannedMatch.participant_id == participant_id
        )
    )
    if planned is not None:
        session.delete(planned)
        session.flush()


def clear_plan(*, by: Viewer, only_suggested: bool = False) -> None:
    """Throw the viewer's plan away, or what was suggested in it."""
    for planned in plan_of(by):
        if planned.suggested or not only_suggested:
            session.delete(planned)


def suggest(*, by: Viewer) -> tuple[int, int]:
    """Fill the viewer's plan with the best there is for everybody not planned for or asked yet.

    What was planned by hand stays. Return how many were served and how many were looked at.
    """
    day = clock.today(programme_zone())
    planned = plan_of(by)
    given = Counter(one.volunteer_id for one in planned)
    settled = {one.participant_id for one in planned}
    waiting = [one for one in waiting_for(by) if one.id not in settled]
    asked = asked_among([one.id for one in waiting])
    pool = pooled([one for one in waiting if one.id not in asked], active_volunteers(by), day, given)
    found = whole_round(pool)
    for participant, j in zip(found.participants, found.plan.chosen, strict=True):
        if j is not None:
            _keep(participant.id, found.volunteers[j].id, by, suggested=True)
    session.flush()
    return found.n_covered, found.n_waiting


def confirm(*, by: Viewer) -> list[Match]:
    """Propose every pair of the viewer's plan, or none; raises PlanRefused naming what cannot be."""
    planned = plan_of(by)
    drafts = [
        PairDraft(
            participant_id=one.participant_id,
            volunteer_id=one.volunteer_id,
            overrides=one.overrides or {},
        )
        for one in planned
    ]
    matches = confirm_plan(drafts, by=by.account_id)
    for one in planned:
        session.delete(one)
    return matches


def _keep(
    participant_id: uuid.UUID,
    volunteer_id: uuid.UUID,
    by: Viewer,
    overrides: Mapping[str, str] | None = None,
    *,
    suggested: bool = False,
) -> None:
    session.add(
        PlannedMatch(
            id=uuid.uuid4(),
            subject_id=participant_id,
            account_id=by.account_id,
            participant_id=participant_id,
            volunteer_id=volunteer_id,
            suggested=suggested,
            overrides=dict(overrides) if overrides else None,
        )
    )


def forget_plans_with(participant_id: uuid.UUID) -> None:
    """Take somebody who waits no longer out of everybody's plan."""
    with gate.opened("plans about somebody who waits no longer are dropped"):
        session.execute(delete(PlannedMatch).where(PlannedMatch.participant_id == participant_id))
