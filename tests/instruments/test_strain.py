"""Strain is judged to the letter: every vector, every line from both sides."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerlink.framework.levels import Level
from peerlink.framework.parameters import Limits
from peerlink.framework.vocabularies import ContactRequest
from peerlink.instruments.checkin import Answers, strain
from peerlink.instruments.strain import Checkin, Judgement, judge_strain

TODAY = dt.date(2026, 6, 30)
OK, WATCH, ALERT, CRITICAL, UNKNOWN = Level.OK, Level.WATCH, Level.ALERT, Level.CRITICAL, Level.UNKNOWN
NO = None
# Real check-ins whose strain is the score the vectors name.
SCORED: dict[float, tuple[int | None, ...]] = {
    10.7: (1, 0, 0, 1, 1, 0, 0),
    14.3: (1, 0, 1, 1, 1, 0, 0),
    18.0: (1, 0, 1, 1, 1, 1, 0),
    20.0: (1, 1, 1, 1, 0, NO, NO),
    22.0: (1, 1, 1, 1, 1, 1, 0),
    25.0: (1, 1, 1, 1, 1, 1, 1),
    30.0: (2, 1, 1, 1, 1, NO, NO),
    46.4: (2, 2, 2, 2, 2, 2, 1),
    53.6: (2, 2, 2, 2, 3, 2, 2),
    60.7: (3, 3, 2, 2, 3, 2, 2),
}


def answers(*values: int | None) -> Answers:
    return Answers((*values, *[None] * (14 - len(values))))


def checkin(days_ago: int, *values: int | None, request: str = "no") -> Checkin:
    on = TODAY - dt.timedelta(days=days_ago)
    return Checkin(on, on, answers(*values), ContactRequest(request))


def missed(days_ago: int) -> Checkin:
    return Checkin(TODAY - dt.timedelta(days=days_ago))


def skipped(days_ago: int) -> Checkin:
    return replace(missed(days_ago), skipped=True)


VECTORS = [
    ("T1", "1111111", [], 0, "no", 25.0, 25.0, None, None, OK),
    ("T2", "3311211", [], 0, "no", 75.0, 42.9, None, None, WATCH),
    ("T3", "2222322", [46.4], 0, "no", 50.0, 53.6, 7.2, 30.5, WATCH),
    ("T4", "2223322", [46.4, 53.6], 0, "no", 50.0, 57.1, 7.1, 26.4, ALERT),
    ("T5", "2222222", [20.0, 25.0, 22.0], 0, "no", 50.0, 50.0, 27.7, 24.9, ALERT),
    ("T6", "2222332", [30.0], 0, "no", 50.0, 57.1, 27.1, 30.5, WATCH),
    ("T7", "3333333", [], 0, "no", 75.0, 75.0, None, None, ALERT),
    ("T8", "3333433", [60.7], 0, "no", 75.0, 78.6, 17.9, 30.5, CRITICAL),
    ("T9", "3333---", [], 0, "no", 75.0, None, None, None, WATCH),
    ("T9b", "1-111--", [], 0, "no", None, None, None, None, UNKNOWN),
    ("T10", "221-3-2", [], 0, "no", 50.0, 50.0, None, None, WATCH),
    ("T11", "1111111", [], 62, "no", 25.0, 25.0, None, None, UNKNOWN),
    ("T12", "1100100", [18.0], 0, "today", 25.0, 10.7, None, 30.5, CRITICAL),
    ("T13", "2212212", [10.7, 14.3, 14.3], 0, "no", 50.0, 42.9, 29.8, 24.9, WATCH),
]


def numbers(judgement: Judgement) -> dict[str, object]:
    return {evidence.name: evidence.value for evidence in judgement.evidence}


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector[0])
def test_the_vectors_of_the_framework(vector: tuple) -> None:
    _name, said, earlier, age, request, exhausted, strained, moved, bound, level = vector
    values = [None if sign == "-" else int(sign) for sign in said]
    before = [checkin(age + 30 * (len(earlier) - n), *SCORED[score]) for n, score in enumerate(earlier)]
    judgement = judge_strain([*before, checkin(age, *values, request=request)], TODAY)

    assert judgement.level is level
    assert judgement.because
    found = numbers(judgement)
    assert found["exhaustion"] == (exhausted and pytest.approx(exhausted, abs=0.05))
    assert found["strain"] == (strained and pytest.approx(strained, abs=0.05))
    change = [e for e in judgement.evidence if e.name == "change_from_own_mean"]
    assert bool(change) == (bound is not None)
    if change:
        assert change[0].threshold == pytest.approx(bound, abs=0.05)
        assert change[0].n == len(earlier)
    if moved is not None:
        assert change[0].value == pytest.approx(moved, abs=0.75)


def test_the_scores_the_vectors_start_from_are_near_those_they_name() -> None:
    for named, values in SCORED.items():
        assert strain(answers(*values)) == pytest.approx(named, abs=0.75)


def test_before_the_first_answer_nothing_is_known() -> None:
    assert judge_strain([], TODAY).level is UNKNOWN
    assert judge_strain([missed(3)], TODAY).level is UNKNOWN


@pytest.mark.parametrize(("values", "level"), [("2222222", WATCH), ("1122222", OK), ("2211111", WATCH)])
def test_strain_or_exhaustion_at_50_is_watched_and_below_is_not(values: str, level: Level) -> None:
    assert judge_strain([checkin(0, *map(int, values))], TODAY).level is level


def test_75_is_an_alert_and_below_is_only_watched() -> None:
    assert judge_strain([checkin(0, 3, 3, 3, 3, 3, 3, 3)], TODAY).level is ALERT
    assert judge_strain([checkin(0, 3, 3, 3, 3, 3, 3, 2)], TODAY).level is WATCH


def test_75_with_a_clear_worsening_is_critical() -> None:
    before = checkin(30, 1, 1, 1, 1, 1, 1, 1)
    assert judge_strain([before, checkin(0, 3, 3, 3, 3, 3, 3, 3)], TODAY).level is CRITICAL


def test_twice_means_the_valid_score_before_even_if_one_in_between_was_incomplete() -> None:
    run = [checkin(60, 2, 2, 2, 2, 2, 2, 2), checkin(30, 1, 1), checkin(0, 2, 2, 2, 2, 2, 2, 2)]
    assert judge_strain(run, TODAY).level is ALERT


@pytest.mark.parametrize(("age", "level"), [(45, WATCH), (46, UNKNOWN)])
def test_a_check_in_speaks_for_45_days(age: int, level: Level) -> None:
    assert judge_strain([checkin(age, 2, 2, 2, 2, 2, 2, 2)], TODAY).level is level


def test_only_the_latest_answered_check_in_speaks_even_when_it_is_incomplete() -> None:
    bad = checkin(20, 3, 3, 3, 3, 3, 3, 3)
    assert judge_strain([bad, checkin(0, 1, None, 1)], TODAY).level is UNKNOWN
    assert judge_strain([bad, checkin(0, 2, 2, 1)], TODAY).level is WATCH
    assert judge_strain([bad, checkin(0, 2, 1, 1)], TODAY).level is UNKNOWN


@pytest.mark.parametrize("age", [0, 44, 46, 400])
def test_a_request_for_today_stays_critical_however_old(age: int) -> None:
    assert judge_strain([checkin(age, 0, 0, request="today")], TODAY).level is CRITICAL


@pytest.mark.parametrize("request_", ["no", "next_session", "this_week"])
def test_other_requests_raise_nothing_by_themselves(request_: str) -> None:
    judged = judge_strain([checkin(0, 1, 1, 1, 1, 1, 1, 1, request=request_)], TODAY)
    assert judged.level is OK
    assert numbers(judged).get("contact_request") == (None if request_ == "no" else request_)


def test_a_request_is_answered_by_a_talk_on_the_day_or_later() -> None:
    asked = [checkin(10, 1, 1, 1, 1, 1, 1, 1, request="today")]
    asked_on = TODAY - dt.timedelta(days=10)
    day = dt.timedelta(days=1)
    assert judge_strain(asked, TODAY, talked_on=asked_on - day).level is CRITICAL
    assert judge_strain(asked, TODAY, talked_on=asked_on).level is OK
    assert judge_strain(asked, TODAY, talked_on=TODAY).level is OK
    assert judge_strain(asked, TODAY, talked_on=TODAY + day).level is CRITICAL


def test_a_request_is_answered_by_a_later_check_in() -> None:
    asked = checkin(30, 1, 1, 1, 1, 1, 1, 1, request="today")
    assert judge_strain([asked, checkin(0, 1, 1, 1, 1, 1, 1, 1)], TODAY).level is OK
    assert judge_strain([asked, skipped(0)], TODAY).level is CRITICAL


FINE, HARD = (1, 1, 1, 1, 1, 1, 1), (2, 2, 2, 2, 2, 2, 2)


@pytest.mark.parametrize(
    ("after", "level"),
    [
        ([skipped(25), skipped(5)], UNKNOWN),
        ([missed(25), skipped(5)], UNKNOWN),
        ([missed(25), missed(15)], UNKNOWN),
        ([missed(25), missed(14)], OK),
        ([skipped(5)], OK),
        ([skipped(25), skipped(15), missed(3)], UNKNOWN),
    ],
)
def test_after_two_missed_check_ins_fine_is_not_known_any_more(after: list[Checkin], level: Level) -> None:
    assert judge_strain([checkin(40, *FINE), *after], TODAY).level is level


def test_a_risk_stays_until_the_check_in_is_stale_however_many_were_missed() -> None:
    assert judge_strain([checkin(45, *HARD), skipped(25), skipped(5)], TODAY).level is WATCH
    assert judge_strain([checkin(46, *HARD), skipped(25), skipped(5)], TODAY).level is UNKNOWN


def test_a_check_in_answered_after_the_missed_ones_starts_anew() -> None:
    assert judge_strain([skipped(40), skipped(25), checkin(5, *FINE)], TODAY).level is OK


def test_what_was_answered_after_the_day_is_not_seen() -> None:
    later = Checkin(TODAY, TODAY + dt.timedelta(days=1), answers(4, 4, 4, 4, 4, 4, 4), ContactRequest.TODAY)
    assert judge_strain([checkin(30, *FINE), later], TODAY).level is OK
    assert judge_strain([later], TODAY).level is UNKNOWN


def test_a_check_in_answered_before_it_was_due_counts() -> None:
    early = Checkin(TODAY + dt.timedelta(days=3), TODAY, answers(*HARD))
    assert judge_strain([early], TODAY).level is WATCH


def test_a_programme_may_set_its_own_lines() -> None:
    limits = Limits({"checkin.level_elevated": 20})
    assert judge_strain([checkin(0, *FINE)], TODAY, limits=limits).level is WATCH


ANSWERED = st.builds(
    lambda ago, values, request: replace(checkin(ago, *values), request=ContactRequest(request)),
    st.integers(0, 120),
    st.lists(st.none() | st.integers(0, 4), min_size=7, max_size=7),
    st.sampled_from(["no", "no", "this_week", "today"]),
)


@given(st.lists(ANSWERED, max_size=6))
def test_fine_is_said_only_on_enough_fresh_answers(checkins: list[Checkin]) -> None:
    judged = judge_strain(checkins, TODAY)
    if judged.level is OK:
        found = numbers(judged)
        assert isinstance(found["strain"], float)
        assert found["strain"] < 50
        assert isinstance(found["age"], int)
        assert found["age"] <= 45


@given(st.lists(ANSWERED, max_size=6, unique_by=lambda checkin: checkin.due_on), st.randoms())
def test_the_order_in_which_check_ins_are_told_does_not_matter(
    checkins: list[Checkin], random: object
) -> None:
    shuffled = list(checkins)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert judge_strain(shuffled, TODAY) == judge_strain(checkins, TODAY)
