"""Matches that begin, rest, end and are handed over; nobody is left without a named person."""

import datetime as dt
import uuid
from collections.abc import Callable

import pytest

from peerlink.errors import Refused
from peerlink.events import Event
from peerlink.features.matching import service
from peerlink.features.matching.events import MatchEnded
from peerlink.features.matching.models import Match
from peerlink.features.matching.rules import WHYS
from peerlink.features.matching.service import EndDraft, PlanRefused
from peerlink.features.participants import service as participants
from peerlink.features.participants.models import Participant
from peerlink.features.participants.rules import ConsentKind
from peerlink.features.volunteers import service as volunteers
from peerlink.features.volunteers.models import Volunteer
from peerlink.framework.reasons import CloseReason, EndingStep, EndReason, LeaveReason, PauseReason
from peerlink.framework.vocabularies import MatchStatus, ParticipantStatus, VolunteerStatus
from peerlink.store import gate
from peerlink.store.session import session, transaction
from tests.factories.matching import (
    a_proposal,
    a_walking_match,
    an_accepted_match,
    today,
)
from tests.features.matching.deeds import BY, does, ends, match_is, status_of
from tests.support.cast import (
    AMINA_EFE,
    AMINA_ID,
    EFE_ID,
    GIFT_ID,
    ZOE_ID,
)

pytestmark = pytest.mark.usefixtures("trained")
DAY = dt.timedelta(days=1)


def test_the_first_meeting_starts_match_and_participant() -> None:
    match_id = a_walking_match()
    assert status_of(Match, match_id) is MatchStatus.ACTIVE
    assert match_is(match_id).started_on == today()
    assert status_of(Participant, GIFT_ID) is ParticipantStatus.ACTIVE


def test_nobody_starts_before_both_said_yes() -> None:
    match_id = a_proposal()
    with pytest.raises(Refused, match="cannot go from"):
        does(lambda: service.start_match(session.get_one(Match, match_id), by=BY))


def test_a_match_rests_and_goes_on() -> None:
    def rests() -> None:
        match = session.get_one(Match, AMINA_EFE)
        service.pause_match(match, PauseReason.HEALTH, by=BY)
        service.resume_match(match, by=BY)
        with pytest.raises(Refused, match="rests"):
            service.resume_match(match, by=BY)

    does(rests)
    assert status_of(Match, AMINA_EFE) is MatchStatus.ACTIVE


def test_an_accepted_match_is_not_begun_by_going_on() -> None:
    match_id = an_accepted_match()
    with pytest.raises(Refused, match="rests"):
        does(lambda: service.resume_match(session.get_one(Match, match_id), by=BY))


def test_an_end_keeps_why_whether_planned_and_what_was_done(heard: list[Event]) -> None:
    ends(AMINA_EFE, planned=True, checklist=frozenset({EndingStep.GOODBYE, EndingStep.DEBRIEF}))
    with transaction(), gate.opened("a test looks"):
        match = session.get_one(Match, AMINA_EFE)
        assert (match.status, match.ended_on) == (MatchStatus.ENDED, today())
        assert (match.end_reason, match.planned_end) == (EndReason.GOALS_MET, True)
        assert match.checklist == ["debrief", "goodbye"]
    assert status_of(Participant, EFE_ID) is ParticipantStatus.WAITING
    ended = next(event for event in heard if isinstance(event, MatchEnded))
    assert (ended.reason, ended.planned, ended.by) == (EndReason.GOALS_MET, True, BY)
    assert ended.about() == (EFE_ID, AMINA_ID)


def test_support_may_end_with_the_match() -> None:
    ends(AMINA_EFE, afterwards=ParticipantStatus.ENDING)
    assert status_of(Participant, EFE_ID) is ParticipantStatus.ENDING


def test_nothing_else_may_become_of_somebody_after_a_match() -> None:
    with pytest.raises(Refused, match="waits again"):
        ends(AMINA_EFE, afterwards=ParticipantStatus.CLOSED)


def test_an_end_before_the_beginning_is_refused() -> None:
    with pytest.raises(Refused, match="before it began"):
        does(
            lambda: service.end_match(
                session.get_one(Match, AMINA_EFE),
                EndDraft(reason=EndReason.OTHER),
                by=BY,
                on=today() - 46 * DAY,
            )
        )


def test_an_ended_match_is_over() -> None:
    ends(AMINA_EFE)
    with pytest.raises(Refused, match="final"):
        ends(AMINA_EFE)


@pytest.mark.parametrize("reason", [EndReason.NOT_A_FIT, EndReason.CONCERN])
def test_what_went_wrong_is_not_tried_again_without_a_reason(reason: EndReason) -> None:
    ends(AMINA_EFE, reason=reason)
    with pytest.raises(PlanRefused) as refused:
        a_proposal(AMINA_ID, EFE_ID)
    assert str(refused.value) == WHYS["H16"][1]
    assert a_proposal(AMINA_ID, EFE_ID, H16="Both asked for it.")


def test_what_went_well_may_begin_again() -> None:
    ends(AMINA_EFE, reason=EndReason.MOVED)
    assert a_proposal(AMINA_ID, EFE_ID)


def test_a_cancelled_match_lets_its_person_wait() -> None:
    match_id = an_accepted_match()
    does(lambda: service.cancel_match(session.get_one(Match, match_id), by=BY))
    assert status_of(Match, match_id) is MatchStatus.CANCELLED
    assert status_of(Participant, GIFT_ID) is ParticipantStatus.WAITING


def leaves(volunteer_id: uuid.UUID) -> None:
    does(
        lambda: volunteers.step(
            session.get_one(Volunteer, volunteer_id),
            VolunteerStatus.LEFT,
            by=BY,
            reason=LeaveReason.MOVED,
        )
    )


@pytest.mark.parametrize("far", [a_proposal, an_accepted_match, a_walking_match])
def test_nobody_leaves_while_somebody_relies_on_them(far: Callable[[], uuid.UUID]) -> None:
    match_id = far()
    with pytest.raises(Refused, match="relies on this volunteer"):
        leaves(ZOE_ID)
    does(lambda: service.hand_over(session.get_one(Match, match_id), by=BY))
    assert status_of(Participant, GIFT_ID) is ParticipantStatus.WAITING
    leaves(ZOE_ID)


def test_a_hand_over_says_that_the_volunteer_left() -> None:
    does(lambda: service.hand_over(session.get_one(Match, AMINA_EFE), by=BY, planned=True))
    match = match_is(AMINA_EFE)
    assert (match.end_reason, match.planned_end) == (EndReason.VOLUNTEER_LEFT, True)


def steps(participant_id: uuid.UUID, to: ParticipantStatus, **said: object) -> None:
    does(lambda: participants.step(session.get_one(Participant, participant_id), to, by=BY, **said))


def test_nobody_waits_or_goes_while_somebody_walks_with_them() -> None:
    with pytest.raises(Refused, match="still walks"):
        steps(EFE_ID, ParticipantStatus.WAITING)
    steps(EFE_ID, ParticipantStatus.ENDING)
    with pytest.raises(Refused, match="still walks"):
        steps(EFE_ID, ParticipantStatus.CLOSED, reason=CloseReason.MOVED)
    ends(AMINA_EFE)
    steps(EFE_ID, ParticipantStatus.CLOSED, reason=CloseReason.MOVED)


def test_whoever_waits_no_longer_is_not_asked_about() -> None:
    match_id = a_proposal()
    steps(GIFT_ID, ParticipantStatus.CLOSED, reason=CloseReason.OWN_CHOICE)
    assert status_of(Match, match_id) is MatchStatus.DECLINED


def withdraws(participant_id: uuid.UUID, kind: ConsentKind) -> None:
    does(lambda: participants.withdraw_consent(session.get_one(Participant, participant_id), kind, by=BY))


def test_without_consent_to_support_a_match_ends_the_same_day() -> None:
    withdraws(EFE_ID, ConsentKind.SUPPORT)
    match = match_is(AMINA_EFE)
    assert (match.status, match.end_reason) == (MatchStatus.ENDED, EndReason.PARTICIPANT_CHOICE)
    assert status_of(Participant, EFE_ID) is ParticipantStatus.ENDING


def test_without_consent_to_support_an_accepted_match_is_given_up() -> None:
    match_id = an_accepted_match()
    withdraws(GIFT_ID, ConsentKind.SUPPORT)
    assert status_of(Match, match_id) is MatchStatus.CANCELLED
    assert status_of(Participant, GIFT_ID) is ParticipantStatus.CLOSED


def test_without_consent_to_matching_only_proposals_go() -> None:
    match_id = a_proposal()
    withdraws(GIFT_ID, ConsentKind.MATCHING)
    withdraws(EFE_ID, ConsentKind.MATCHING)
    assert status_of(Match, match_id) is MatchStatus.DECLINED
    assert status_of(Match, AMINA_EFE) is MatchStatus.ACTIVE
