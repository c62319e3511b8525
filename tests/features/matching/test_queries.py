"""What a viewer may ask about matches, and what is planned: reach first."""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from peerlink.errors import NotFound, Refused
from peerlink.features.matching import queries, service
from peerlink.features.matching.models import Match
from peerlink.features.matching.queries import (
    get_match,
    get_my_proposal,
    match_counts,
    match_page,
    matches_for,
    matches_of_volunteer,
    my_matches,
    my_proposals,
    n_proposals,
    plan_of,
    proposals_for,
    waiting_for,
    waiting_since,
)
from peerlink.features.participants.models import Participant
from peerlink.features.programmes.models import Site
from peerlink.features.volunteers.models import Volunteer
from peerlink.framework.vocabularies import MatchStatus, ParticipantStatus, SiteKind
from peerlink.roles import Viewer
from peerlink.store import gate
from peerlink.store.lookup import many
from peerlink.store.session import session, transaction
from tests.factories.matching import a_proposal, an_accepted_match, change, today
from tests.features.matching.deeds import ends
from tests.support.cast import (
    ADA,
    AMINA,
    AMINA_EFE,
    BEN,
    BEN_FOLA,
    BEN_ID,
    CHIPO,
    DANA,
    EFE_ID,
    GIFT_ID,
    PRIYA,
    SOL,
    ZOE,
    ZOE_ID,
)

pytestmark = pytest.mark.usefixtures("trained")
ELSEWHERE = uuid.UUID(int=399)
DAY = dt.timedelta(days=1)


@pytest.fixture
def abroad(the_cast: object) -> Viewer:
    """A coordinator who keeps another site than everybody's."""
    with transaction():
        session.add(Site(id=ELSEWHERE, kind=SiteKind.CLINIC, ref="S9", name="Elsewhere"))
    return dataclasses.replace(CHIPO.viewer, site_id=ELSEWHERE)


@contextmanager
def looking(viewer: Viewer) -> Iterator[None]:
    with transaction(), gate.access(gate.Access(viewer.account_id, viewer.opens(), {viewer.account_id})):
        yield


def seen_by(viewer: Viewer) -> set[uuid.UUID]:
    with looking(viewer):
        return {match.id for match in many(matches_for(viewer))}


@pytest.mark.parametrize(
    ("viewer", "reached"),
    [
        (AMINA.viewer, {AMINA_EFE}),
        (BEN.viewer, {BEN_FOLA}),
        (ZOE.viewer, set()),
        (CHIPO.viewer, {AMINA_EFE, BEN_FOLA}),
        (DANA.viewer, {AMINA_EFE}),
        (SOL.viewer, {BEN_FOLA}),
        (PRIYA.viewer, set()),
        (ADA.viewer, set()),
    ],
)
def test_everybody_reaches_their_own_and_no_more(viewer: Viewer, reached: set[uuid.UUID]) -> None:
    assert seen_by(viewer) == reached


def test_a_site_bounds_a_coordinator(abroad: Viewer) -> None:
    proposal = a_proposal()
    assert seen_by(abroad) == set()
    with looking(abroad):
        assert list(waiting_for(abroad)) == []
        assert waiting_since(abroad) == []
        assert list(proposals_for(abroad)) == []
        assert n_proposals(abroad) == 0
        assert match_counts(abroad) == {}
        assert list(matches_of_volunteer(ZOE_ID, abroad)) == []
        with pytest.raises(NotFound):
            get_match(proposal, abroad)
        with pytest.raises(NotFound):
            service.plan_pair(GIFT_ID, ZOE_ID, by=abroad)
    change(Participant, GIFT_ID, site_id=ELSEWHERE)
    with looking(abroad):
        assert [one.id for one in waiting_for(abroad)] == [GIFT_ID]
        assert get_match(proposal, abroad).id == proposal


@pytest.mark.parametrize(("days", "in_sight"), [(14, True), (15, False)])
def test_a_volunteer_loses_sight_fourteen_days_after_the_end(days: int, in_sight: bool) -> None:
    ends(AMINA_EFE)
    change(Match, AMINA_EFE, ended_on=today() - days * DAY)
    assert (AMINA_EFE in seen_by(AMINA.viewer)) is in_sight


def test_what_was_declined_is_out_of_a_volunteers_sight() -> None:
    match_id = a_proposal()
    assert seen_by(ZOE.viewer) == {match_id}
    change(Match, match_id, status=MatchStatus.DECLINED)
    assert seen_by(ZOE.viewer) == set()


def test_a_proposal_is_no_match_of_mine_yet() -> None:
    match_id = a_proposal()
    with looking(ZOE.viewer):
        assert list(my_matches(ZOE.viewer)) == []
        assert [match.id for match in my_proposals(ZOE.viewer)] == [match_id]
        assert get_my_proposal(match_id, ZOE.viewer).id == match_id
    with looking(BEN.viewer), pytest.raises(NotFound):
        get_my_proposal(match_id, BEN.viewer)


def test_an_accepted_match_is_mine() -> None:
    match_id = an_accepted_match()
    with looking(ZOE.viewer):
        assert [match.id for match in my_matches(ZOE.viewer)] == [match_id]
        assert list(my_proposals(ZOE.viewer)) == []


def test_matches_are_listed_by_state() -> None:
    a_proposal()
    with looking(CHIPO.viewer):
        together = {match.id for match in match_page(CHIPO.viewer, None).rows}
        assert together == {AMINA_EFE, BEN_FOLA}
        assert match_page(CHIPO.viewer, MatchStatus.PROPOSED).total == 1
        assert match_counts(CHIPO.viewer) == {MatchStatus.ACTIVE: 2, MatchStatus.PROPOSED: 1}


def planning(deed: Callable[[], object], by: Viewer = CHIPO.viewer) -> object:
    with looking(by):
        return deed()


def pairs_of(viewer: Viewer) -> dict[uuid.UUID, uuid.UUID]:
    with looking(viewer):
        return {one.participant_id: one.volunteer_id for one in plan_of(viewer)}


def test_a_plan_is_its_coordinators_own() -> None:
    planning(lambda: service.plan_pair(GIFT_ID, ZOE_ID, by=CHIPO.viewer))
    other = dataclasses.replace(CHIPO.viewer, account_id=ADA.viewer.account_id)
    assert pairs_of(CHIPO.viewer) == {GIFT_ID: ZOE_ID}
    assert pairs_of(other) == {}


def test_only_who_waits_is_planned_for() -> None:
    with pytest.raises(Refused, match="not waiting"):
        planning(lambda: service.plan_pair(EFE_ID, ZOE_ID, by=CHIPO.viewer))


def test_a_suggestion_leaves_alone_what_was_planned_by_hand() -> None:
    ends(AMINA_EFE)
    change(Volunteer, ZOE_ID, capacity=1)
    change(Volunteer, BEN_ID, capacity=1)
    planning(lambda: service.plan_pair(GIFT_ID, ZOE_ID, by=CHIPO.viewer))
    assert planning(lambda: service.suggest(by=CHIPO.viewer)) == (1, 1)
    pairs = pairs_of(CHIPO.viewer)
    assert pairs[GIFT_ID] == ZOE_ID
    assert pairs[EFE_ID] not in (ZOE_ID, BEN_ID)
    planning(lambda: service.clear_plan(by=CHIPO.viewer, only_suggested=True))
    assert pairs_of(CHIPO.viewer) == {GIFT_ID: ZOE_ID}


def test_whoever_is_asked_already_is_not_suggested_for() -> None:
    a_proposal()
    assert planning(lambda: service.suggest(by=CHIPO.viewer)) == (0, 0)


def test_the_longest_waiting_comes_first() -> None:
    change(Participant, EFE_ID, status=ParticipantStatus.WAITING, status_since=today() - 90 * DAY)
    with looking(CHIPO.viewer):
        assert [one for one, _since in waiting_since(CHIPO.viewer)] == [EFE_ID, GIFT_ID]
        assert [one.id for one in queries.waiting_for(CHIPO.viewer)] == [EFE_ID, GIFT_ID]
