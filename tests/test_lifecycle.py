"""A life-cycle allows its own steps and no others, and asks why where it matters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerlink.errors import Refused
from peerlink.framework.incident_words import IncidentStatus
from peerlink.framework.money_words import ClaimStatus
from peerlink.framework.questionnaire_words import QuestionnaireStatus, ResponseStatus
from peerlink.framework.training_words import (
    AttendanceStatus,
    CompletionStatus,
    ModuleStatus,
    TrainingSessionStatus,
    WishStatus,
)
from peerlink.framework.vocabularies import (
    CheckinStatus,
    CloseReason,
    ContactStatus,
    DeclineReason,
    EndReason,
    LeaveReason,
    MatchStatus,
    MissedBy,
    ParticipantStatus,
    PauseReason,
    PlaceStatus,
    SupervisionStatus,
    VolunteerStatus,
)
from peerlink.framework.word import Word
from peerlink.lifecycle import STEPS, Kind, check_said, check_step, said_with, steps_from

STATES: dict[Kind, type[Word]] = {
    Kind.VOLUNTEER: VolunteerStatus,
    Kind.PARTICIPANT: ParticipantStatus,
    Kind.MATCH: MatchStatus,
    Kind.CONTACT: ContactStatus,
    Kind.CHECKIN: CheckinStatus,
    Kind.SUPERVISION: SupervisionStatus,
    Kind.PLACE: PlaceStatus,
    Kind.MODULE: ModuleStatus,
    Kind.TRAINING_SESSION: TrainingSessionStatus,
    Kind.ATTENDANCE: AttendanceStatus,
    Kind.COMPLETION: CompletionStatus,
    Kind.WISH: WishStatus,
    Kind.INCIDENT: IncidentStatus,
    Kind.CLAIM: ClaimStatus,
    Kind.QUESTIONNAIRE: QuestionnaireStatus,
    Kind.RESPONSE: ResponseStatus,
}
PAIRS = st.sampled_from(
    [(kind, before, after) for kind, states in STATES.items() for before in states for after in states]
)


@pytest.mark.parametrize("kind", Kind)
def test_every_state_has_its_place_in_the_life_cycle(kind: Kind) -> None:
    assert set(STEPS[kind]) == set(STATES[kind])
    assert all(isinstance(state, STATES[kind]) for steps in STEPS[kind].values() for state in steps)


@given(PAIRS)
def test_a_step_is_taken_exactly_when_it_is_listed(step: tuple[Kind, Word, Word]) -> None:
    kind, before, after = step
    if after in steps_from(kind, before):
        check_step(kind, before, after)
    else:
        with pytest.raises(Refused) as refused:
            check_step(kind, before, after)
        assert all(allowed.label in str(refused.value) for allowed in steps_from(kind, before))


@given(PAIRS)
def test_nothing_steps_to_where_it_is(step: tuple[Kind, Word, Word]) -> None:
    kind, before, _ = step
    assert before not in steps_from(kind, before)


@pytest.mark.parametrize("kind", Kind)
def test_every_state_can_be_reached_from_the_first(kind: Kind) -> None:
    first = next(iter(STEPS[kind]))
    reached, edge = {first}, [first]
    while edge:
        for state in STEPS[kind][edge.pop()]:
            if state not in reached:
                reached.add(state)
                edge.append(state)
    assert reached == set(STEPS[kind])


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [
        ("volunteer", "applicant", "screening"),
        ("volunteer", "left", "applicant"),
        ("participant", "waiting", "matched"),
        ("participant", "closed", "referred"),
        ("match", "accepted", "active"),
        ("contact", "unconfirmed", "held"),
        ("checkin", "due", "expired"),
        ("place", "suspended", "approved"),
    ],
)
def test_steps_are_known_by_their_words(kind: str, before: str, after: str) -> None:
    check_step(kind, before, after)


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [
        ("volunteer", "applicant", "active"),
        ("volunteer", "active", "applicant"),
        ("participant", "active", "closed"),
        ("match", "proposed", "active"),
        ("contact", "held", "missed"),
        ("checkin", "answered", "skipped"),
        ("place", "proposed", "approved"),
    ],
)
def test_impossible_steps_are_refused(kind: str, before: str, after: str) -> None:
    with pytest.raises(Refused):
        check_step(kind, before, after)


def test_the_refusal_names_what_is_allowed_or_says_that_it_is_final() -> None:
    with pytest.raises(Refused, match=r"possible from here: 'Paused', 'Left'\.$"):
        check_step("volunteer", "active", "training")
    with pytest.raises(Refused, match="'Ended' is final"):
        check_step("match", "ended", "active")


def test_a_state_of_something_else_is_an_error() -> None:
    with pytest.raises(ValueError, match="no state of a match"):
        check_step("match", "waiting", "active")
    with pytest.raises(ValueError, match="horse"):
        check_step("horse", "active", "paused")


@pytest.mark.parametrize(
    ("kind", "after", "vocabulary"),
    [
        ("volunteer", "paused", PauseReason),
        ("volunteer", "left", LeaveReason),
        ("participant", "paused", PauseReason),
        ("participant", "closed", CloseReason),
        ("match", "ended", EndReason),
        ("contact", "missed", MissedBy),
        ("contact", "cancelled", MissedBy),
    ],
)
def test_a_step_that_needs_a_reason_is_refused_without(kind: str, after: str, vocabulary: type[Word]) -> None:
    assert said_with(kind, after).reason is vocabulary
    for reason in vocabulary:
        check_said(kind, after, reason)
        check_said(kind, after, reason.value)
    for missing in (None, ""):
        with pytest.raises(Refused, match="Say why"):
            check_said(kind, after, missing)
    with pytest.raises(Refused, match="not one of the reasons"):
        check_said(kind, after, "because")


def test_nobody_has_to_say_why_they_decline_a_match() -> None:
    check_said("match", "declined", None)
    check_said("match", "declined", DeclineReason.TIMES)
    with pytest.raises(Refused):
        check_said("match", "declined", "burnout")


def test_other_steps_need_no_reason() -> None:
    check_said("volunteer", "active", None)
    assert said_with("volunteer", "active").reason is None


def test_a_pause_comes_with_a_day_to_look_again() -> None:
    assert said_with("volunteer", "paused").review_on
    assert said_with("participant", "paused").review_on
    assert not said_with("volunteer", "left").review_on
