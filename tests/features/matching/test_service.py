"""Proposing: every constraint from both sides, plans kept whole or not at all, and races."""

import datetime as dt
import threading
import uuid
from collections.abc import Callable

import pytest

from peerlink.errors import NotFound, Refused
from peerlink.events import Event
from peerlink.features.matching import service
from peerlink.features.matching.events import MatchProposed
from peerlink.features.matching.models import Match
from peerlink.features.matching.rules import WHYS
from peerlink.features.matching.service import EndDraft, PairDraft, PlanRefused
from peerlink.features.matching.sources import concern_sources, held_back_sources
from peerlink.features.participants.models import Participant
from peerlink.features.programmes.models import Place
from peerlink.features.training.models import Completion
from peerlink.features.volunteers.models import Volunteer
from peerlink.framework.reasons import EndReason
from peerlink.framework.vocabularies import MatchStatus, ParticipantStatus, PlaceStatus
from peerlink.store import gate
from peerlink.store.session import session, transaction
from tests.factories.matching import (
    a_proposal,
    change,
    today,
)
from tests.features.matching.deeds import BY, does, status_of
from tests.support.cast import (
    AMINA_EFE,
    BEN_FOLA,
    BEN_ID,
    EFE_ID,
    FOLA_ID,
    GIFT_ID,
    PLACE_ID,
    ZOE_ID,
)

pytestmark = pytest.mark.usefixtures("trained")
DAY = dt.timedelta(days=1)


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


@pytest.mark.parametrize("code", list(BROKEN))
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
