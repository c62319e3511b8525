"""Proposing, answering, walking and ending: both sides of every refusal, and what follows from each deed."""

import datetime as dt
import threading
import uuid
from collections.abc import Callable, Iterator

import pytest

from peerlink import events
from peerlink.errors import NotFound, Refused
from peerlink.events import Event
from peerlink.features.matching import service
from peerlink.features.matching.events import MatchAccepted, MatchEnded, MatchProposed, ProposalExpired
from peerlink.features.matching.models import Answer, Match
from peerlink.features.matching.rules import WHYS, EndingStep
from peerlink.features.matching.service import EndDraft, PairDraft, PlanRefused
from peerlink.features.matching.sources import concern_sources, held_back_sources
from peerlink.features.participants import service as participants
from peerlink.features.participants.models import Participant
from peerlink.features.participants.rules import ConsentKind
from peerlink.features.volunteers import service as volunteers
from peerlink.features.volunteers.models import Volunteer
from peerlink.framework.reasons import CloseReason, DeclineReason, EndReason, LeaveReason, PauseReason
from peerlink.framework.vocabularies import MatchStatus, ParticipantStatus, PlaceStatus, VolunteerStatus
from peerlink.store import gate
from peerlink.store.session import session, transaction
from tests.factories.matching import (
    a_proposal,
    a_walking_match,
    an_accepted_match,
    change,
    today,
    train,
)
from tests.support.cast import (
    AMINA_EFE,
    AMINA_ID,
    BEN_FOLA,
    BEN_ID,
    CHIPO,
    EFE_ID,
    FOLA_ID,
    GIFT_ID,
    PLACE_ID,
    ZOE_ID,
)

pytestmark = pytest.mark.usefixtures("the_cast")
DAY = dt.timedelta(days=1)
BY = CHIPO.viewer.account_id


@pytest.fixture(autouse=True)
def trained(the_cast: object) -> None:
    train()


@pytest.fixture
def heard() -> Iterator[list[Event]]:
    said: list[Event] = []
    events.listen(Event, said.append)
    yield said
    events._listeners[Event].remove(said.append)


def does(deed: Callable[[], object]) -> None:
    with transaction(), gate.opened("a test does something"):
        deed()


def match_is(match_id: uuid.UUID) -> Match:
    with transaction(), gate.opened("a test looks"):
        match = session.get_one(Match, match_id)
        assert match.score is None or match.score >= 0
        return match


def status_of(who: type[Match] | type[Participant], row_id: uuid.UUID) -> object:
    with transaction():
        return session.get_one(who, row_id).status


def says(match_id: uuid.UUID, volunteer: Answer | None = None, participant: Answer | None = None) -> None:
    def both() -> None:
        match = session.get_one(Match, match_id)
        if volunteer:
            service.record_volunteers_answer(match, volunteer, by=BY)
        if participant:
            service.record_participants_answer(match, participant, by=BY)

    does(both)


def test_a_proposal_keeps_day_fit_and_who_proposed(heard: list[Event]) -> None:
    match_id = a_proposal(by=BY)
    with transaction(), gate.opened("a test looks"):
        match = session.get_one(Match, match_id)
        assert (match.status, match.proposed_on) == (MatchStatus.PROPOSED, today())
        assert match.proposed_by == BY.hex
        assert 0 < (match.score or 0) <= 10_000
        assert match.overrides is None
    assert [event for event in heard if isinstance(event, MatchProposed)]
    assert status_of(Participant, GIFT_ID) is ParticipantStatus.WAITING


BROKEN: dict[str, Callable[[], None]] = {
    "H1": lambda: change(Volunteer, ZOE_ID, no_new_matches_until=today()),
    "H2": lambda: train(BEN_ID, until=today() + 29 * DAY),
    "H3": lambda: change(Volunteer, ZOE_ID, vetting_until=today() - DAY),
    "H4": lambda: change(Volunteer, ZOE_ID, agreement_on=None),
    "H5": lambda: change(Volunteer, ZOE_ID, capacity=0),
    "H6": lambda: change(Participant, GIFT_ID, consents={"support": today().isoformat()}),
    "H7": lambda: change(Participant, GIFT_ID, keep_apart=["v103"]),
    "H9": lambda: change(Volunteer, ZOE_ID, languages={"fr": "first"}),
    "H10": lambda: change(Participant, GIFT_ID, wants=[{"trait": "gender", "value": "woman", "must": True}]),
    "H12": lambda: change(Volunteer, ZOE_ID, limits=["listening"]),
    "H13": lambda: change(Volunteer, ZOE_ID, channels=["video"]),
    "H14": lambda: change(Volunteer, ZOE_ID, availability=["mon 11:16-13:00"]),
}


@pytest.mark.parametrize("code", [code for code in BROKEN if code != "H2"])
def test_each_constraint_refuses_with_its_sentence_and_keeps_nothing(code: str) -> None:
    BROKEN[code]()
    with pytest.raises(PlanRefused) as refused:
        a_proposal()
    assert str(refused.value) == WHYS[code][1]
    assert refused.value.refusals == {(GIFT_ID, ZOE_ID): WHYS[code][1]}
    with transaction():
        assert session.query(Match).count() == 2


def test_training_must_last_thirty_days() -> None:
    change_training(today() + 29 * DAY)
    with pytest.raises(PlanRefused, match="Mandatory training"):
        a_proposal()
    change_training(today() + 30 * DAY)
    assert a_proposal()


def change_training(until: dt.date) -> None:
    from peerlink.features.training.models import Completion

    with transaction():
        for one in session.query(Completion).filter_by(volunteer_id=ZOE_ID):
            one.valid_until = until


@pytest.mark.parametrize("sources", [held_back_sources, concern_sources])
def test_whoever_is_held_back_is_only_not_now(sources: list[Callable[[dt.date], set[uuid.UUID]]]) -> None:
    def zoe(day: dt.date) -> set[uuid.UUID]:
        return {ZOE_ID}

    sources.append(zoe)
    try:
        with pytest.raises(PlanRefused) as refused:
            a_proposal()
        assert str(refused.value) == "Not now."
    finally:
        sources.remove(zoe)
    assert a_proposal()


@pytest.mark.parametrize("code", ["H9", "H13", "H14"])
def test_what_may_be_set_aside_needs_a_reason(code: str) -> None:
    BROKEN[code]()
    with pytest.raises(Refused, match="write down why"):
        a_proposal(**{code: "  "})
    match_id = a_proposal(**{code: "Their sister interprets."})
    with transaction(), gate.opened("a test looks"):
        assert session.get_one(Match, match_id).overrides == {code: "Their sister interprets."}


@pytest.mark.parametrize("code", ["H1", "H5", "H6", "H7", "H10", "H12"])
def test_what_protects_somebody_is_never_set_aside(code: str) -> None:
    BROKEN[code]()
    with pytest.raises(Refused, match="cannot be set aside"):
        a_proposal(**{code: "It will be fine."})


def test_setting_one_thing_aside_leaves_the_others() -> None:
    BROKEN["H9"]()
    BROKEN["H4"]()
    with pytest.raises(PlanRefused) as refused:
        a_proposal(H9="An interpreter comes along.")
    assert str(refused.value) == WHYS["H4"][1]


def test_an_approved_place_is_needed_to_meet() -> None:
    from peerlink.features.programmes.models import Place

    change(Participant, GIFT_ID, channels=["in_person"])
    with transaction():
        session.get_one(Place, PLACE_ID).status = PlaceStatus.SUSPENDED
    with pytest.raises(PlanRefused, match="no approved place"):
        a_proposal()
    with transaction():
        session.get_one(Place, PLACE_ID).status = PlaceStatus.APPROVED
    assert a_proposal()


def test_only_who_waits_is_proposed_to() -> None:
    with pytest.raises(PlanRefused, match="not waiting"):
        a_proposal(ZOE_ID, EFE_ID)


def test_nobody_is_asked_about_two_people_at_once() -> None:
    a_proposal(ZOE_ID)
    with pytest.raises(PlanRefused, match="proposed to this person already"):
        a_proposal(BEN_ID)


def test_somebody_who_is_not_there_cannot_be_proposed() -> None:
    with pytest.raises(NotFound):
        a_proposal(uuid.uuid4())
    with pytest.raises(NotFound):
        a_proposal(ZOE_ID, uuid.uuid4())


def waits_too(participant_id: uuid.UUID, match_id: uuid.UUID) -> None:
    """Let somebody whose match has ended wait again."""
    does(
        lambda: service.end_match(
            session.get_one(Match, match_id), EndDraft(reason=EndReason.MOVED, planned=True), by=BY
        )
    )


def test_a_plan_is_kept_whole_or_not_at_all() -> None:
    waits_too(EFE_ID, AMINA_EFE)
    change(Volunteer, ZOE_ID, capacity=1)
    pairs = [
        PairDraft(participant_id=GIFT_ID, volunteer_id=ZOE_ID),
        PairDraft(participant_id=EFE_ID, volunteer_id=ZOE_ID),
    ]
    with pytest.raises(PlanRefused) as refused:
        does(lambda: service.confirm_plan(pairs, by=BY))
    assert refused.value.refusals == {(EFE_ID, ZOE_ID): WHYS["H5"][1]}
    with transaction():
        assert session.query(Match).filter_by(status=MatchStatus.PROPOSED).count() == 0
    change(Volunteer, ZOE_ID, capacity=2)
    does(lambda: service.confirm_plan(pairs, by=BY))
    with transaction():
        assert session.query(Match).filter_by(status=MatchStatus.PROPOSED).count() == 2


def test_the_same_person_twice_in_a_plan_is_refused() -> None:
    pairs = [PairDraft(participant_id=GIFT_ID, volunteer_id=one) for one in (ZOE_ID, BEN_ID)]
    with pytest.raises(PlanRefused) as refused:
        does(lambda: service.confirm_plan(pairs, by=BY))
    assert list(refused.value.refusals) == [(GIFT_ID, BEN_ID)]


def test_an_empty_plan_is_refused() -> None:
    with pytest.raises(Refused, match="nothing in the plan"):
        does(lambda: service.confirm_plan([], by=BY))


def test_of_two_who_propose_the_last_free_place_at_once_one_is_refused() -> None:
    waits_too(EFE_ID, AMINA_EFE)
    waits_too(FOLA_ID, BEN_FOLA)
    change(Volunteer, ZOE_ID, capacity=1)
    start = threading.Barrier(3)
    came = []

    def coordinator(participant_id: uuid.UUID) -> None:
        start.wait()
        try:
            a_proposal(ZOE_ID, participant_id)
        except Refused as no:
            came.append(str(no))
        else:
            came.append("proposed")

    threads = [threading.Thread(target=coordinator, args=(one,)) for one in (GIFT_ID, EFE_ID, FOLA_ID)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(came) == [WHYS["H5"][1], WHYS["H5"][1], "proposed"]


def test_of_two_who_propose_to_one_person_at_once_one_is_refused() -> None:
    start = threading.Barrier(2)
    came = []

    def coordinator(volunteer_id: uuid.UUID) -> None:
        start.wait()
        try:
            a_proposal(volunteer_id)
        except Refused:
            came.append("refused")
        else:
            came.append("proposed")

    threads = [threading.Thread(target=coordinator, args=(one,)) for one in (ZOE_ID, BEN_ID)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(came) == ["proposed", "refused"]


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


def ends(match_id: uuid.UUID, **said: object) -> None:
    draft = EndDraft(**{"reason": EndReason.GOALS_MET, **said})
    does(lambda: service.end_match(session.get_one(Match, match_id), draft, by=BY))


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
    does(
        lambda: participants.step(session.get_one(Participant, participant_id), to, by=BY, **said)  # type: ignore[arg-type]
    )


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
