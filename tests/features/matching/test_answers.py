"""Answers to proposals: who says yes or no, what follows, and when nobody answers."""

import datetime as dt

import pytest

from peerlink.errors import Refused
from peerlink.events import Event
from peerlink.features.matching import service
from peerlink.features.matching.events import MatchAccepted, ProposalExpired
from peerlink.features.matching.models import Answer, Match
from peerlink.features.matching.rules import WHYS
from peerlink.features.matching.service import PlanRefused
from peerlink.features.participants.models import Participant
from peerlink.features.volunteers.models import Volunteer
from peerlink.framework.reasons import DeclineReason
from peerlink.framework.vocabularies import MatchStatus, ParticipantStatus
from peerlink.store import gate
from peerlink.store.session import session, transaction
from tests.factories.matching import (
    a_proposal,
    an_accepted_match,
    change,
    today,
)
from tests.features.matching.deeds import BY, does, match_is, says, status_of
from tests.support.cast import (
    GIFT_ID,
    ZOE_ID,
)

pytestmark = pytest.mark.usefixtures("trained")
DAY = dt.timedelta(days=1)


def test_one_yes_is_not_enough(heard: list[Event]) -> None:
    match_id = a_proposal()
    says(match_id, volunteer=Answer.YES)
    assert status_of(Match, match_id) is MatchStatus.PROPOSED
    assert status_of(Participant, GIFT_ID) is ParticipantStatus.WAITING
    says(match_id, participant=Answer.YES)
    assert status_of(Match, match_id) is MatchStatus.ACCEPTED
    assert status_of(Participant, GIFT_ID) is ParticipantStatus.MATCHED
    assert match_is(match_id).accepted_on == today()
    assert [event for event in heard if isinstance(event, MatchAccepted)]


@pytest.mark.parametrize("side", ["volunteer", "participant"])
def test_either_declines_without_a_reason_and_the_person_goes_on_waiting(side: str) -> None:
    match_id = a_proposal()
    says(match_id, **{side: Answer.NO})
    assert status_of(Match, match_id) is MatchStatus.DECLINED
    assert status_of(Participant, GIFT_ID) is ParticipantStatus.WAITING
    with pytest.raises(Refused, match="no longer open"):
        says(match_id, participant=Answer.YES)
    assert a_proposal()


@pytest.mark.parametrize(
    ("why", "sentence"),
    [
        (DeclineReason.KNOW_EACH_OTHER, WHYS["H8"][1]),
        (DeclineReason.NOT_COMFORTABLE, WHYS["H16"][1]),
        (DeclineReason.TIMES, None),
        (DeclineReason.NO_REASON, None),
    ],
)
def test_a_reason_that_was_given_is_heard(why: DeclineReason, sentence: str | None) -> None:
    match_id = a_proposal()
    does(
        lambda: service.record_volunteers_answer(
            session.get_one(Match, match_id), Answer.NO, by=None, why=why
        )
    )
    if sentence is None:
        assert a_proposal()
    else:
        with pytest.raises(PlanRefused) as refused:
            a_proposal()
        assert str(refused.value) == sentence


def test_consent_taken_back_in_between_stops_the_acceptance() -> None:
    match_id = a_proposal()
    says(match_id, volunteer=Answer.YES)
    change(Participant, GIFT_ID, consents={})
    with pytest.raises(Refused, match="consent"):
        says(match_id, participant=Answer.YES)


def test_a_withdrawn_proposal_frees_the_place() -> None:
    change(Volunteer, ZOE_ID, capacity=1)
    match_id = a_proposal()
    does(lambda: service.withdraw(session.get_one(Match, match_id), by=BY))
    assert status_of(Match, match_id) is MatchStatus.DECLINED
    assert a_proposal()


def test_what_is_accepted_is_not_withdrawn() -> None:
    match_id = an_accepted_match()
    with pytest.raises(Refused, match="no longer open"):
        does(lambda: service.withdraw(session.get_one(Match, match_id), by=BY))


@pytest.mark.parametrize(("days", "expires"), [(14, 0), (15, 1)])
def test_a_proposal_expires_after_fourteen_days(days: int, expires: int, heard: list[Event]) -> None:
    match_id = a_proposal(on=today() - days * DAY)
    with transaction(), gate.opened("a job"):
        assert service.expire_proposals(today()) == expires
        assert service.expire_proposals(today()) == 0
    assert status_of(Match, match_id) is (MatchStatus.EXPIRED if expires else MatchStatus.PROPOSED)
    assert len([event for event in heard if isinstance(event, ProposalExpired)]) == expires
