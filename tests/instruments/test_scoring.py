"""Scores, to the letter of their scoring file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerlink.framework.levels import Level
from peerlink.instruments.fhir import questionnaire_of
from peerlink.instruments.scoring import Band, Direction, Formula, Moved, Result, Scale
from peerlink.instruments.scoring_file import scoring_of
from tests.instruments.forms import a_choice, a_form, a_score, a_scoring


def a_scale(**changes: object) -> Scale:
    made: dict[str, object] = {
        "id": "weight",
        "name": "Weight",
        "items": ("1", "2", "3", "4"),
        "reverse": frozenset({"2"}),
        "answers": (0.0, 4.0),
        "minimum": 3,
        "formula": Formula.MEAN,
        "factor": 25.0,
        "direction": Direction.HIGHER_WORSE,
        "change": 7.0,
        "bands": (Band(0, "Light"), Band(50, "Heavy", Level.WATCH), Band(75, "Very heavy", Level.ALERT)),
    }
    return Scale(**made | changes)


def all_of(points: float) -> dict[str, float]:
    return dict.fromkeys(("1", "2", "3", "4"), points)


def test_a_mean_takes_its_gaps_out() -> None:
    assert a_scale().value({"1": 4, "3": 2, "4": 3}) == 75
    assert a_scale().value({"1": 4, "2": 4, "3": 4, "4": 4}) == 75


def test_a_sum_fills_its_gaps_with_the_mean() -> None:
    scale = a_scale(formula=Formula.SUM, factor=1.0)
    assert scale.value({"1": 4, "2": 0, "3": 2}) == pytest.approx(10 * 4 / 3)
    assert scale.value({"1": 4, "2": 0, "3": 2, "4": 2}) == 12


def test_too_few_answers_give_no_score() -> None:
    assert a_scale().value({"1": 4, "3": 4}) is None
    assert a_scale().result({"1": 4, "3": 4}) == Result("weight", None, 2)
    assert a_scale().value({}) is None


@pytest.mark.parametrize(
    ("value", "label", "level"),
    [(0, "Light", Level.OK), (49.9, "Light", Level.OK), (50, "Heavy", Level.WATCH),
     (74.9, "Heavy", Level.WATCH), (75, "Very heavy", Level.ALERT), (100, "Very heavy", Level.ALERT)],
)  # fmt: skip
def test_a_band_begins_at_its_line(value: float, label: str, level: Level) -> None:
    band = a_scale().band(value)
    assert (band.label, band.level) == (label, level)


RISING = (Band(0, "Low"), Band(25, "Middle", Level.WATCH, only_with_rise=True), Band(75, "High", Level.ALERT))


@pytest.mark.parametrize(
    ("before", "level", "moved"),
    [
        (None, Level.OK, Moved.NOT),
        (44.0, Level.OK, Moved.NOT),
        (43.0, Level.WATCH, Moved.WORSE),
        (57.0, Level.OK, Moved.BETTER),
        (56.0, Level.OK, Moved.NOT),
    ],
)
def test_a_rise_counts_from_its_bound_on(before: float | None, level: Level, moved: Moved) -> None:
    found = a_scale(bands=RISING).result(all_of(2), before)
    assert (found.value, found.level, found.moved) == (50, level, moved)


def test_where_more_is_better_a_fall_is_worse() -> None:
    scale = a_scale(direction=Direction.HIGHER_BETTER, reverse=frozenset())
    assert scale.moved(40, 47) is Moved.WORSE
    assert scale.moved(47, 40) is Moved.BETTER
    assert a_scale(change=None).moved(100, 0) is Moved.NOT


@given(st.floats(0, 4), st.sampled_from(["1", "2"]))
def test_turned_twice_is_as_it_was(points: float, item: str) -> None:
    scale = a_scale()
    assert scale.turned(item, scale.turned(item, points)) == pytest.approx(points)


answers = st.dictionaries(st.sampled_from(["1", "2", "3", "4"]), st.floats(0, 4))


@given(answers, st.sampled_from(Formula), st.integers(1, 4))
def test_no_score_leaves_its_range_and_none_is_given_below_its_minimum(
    points: dict[str, float], formula: Formula, minimum: int
) -> None:
    scale = a_scale(formula=formula, minimum=minimum)
    value = scale.value(points)
    assert (value is None) == (len(points) < minimum)
    if value is not None:
        low, high = scale.range
        assert low - 1e-9 <= value <= high + 1e-9


@given(answers, st.none() | st.floats(0, 100))
def test_a_result_is_kept_as_it_is(points: dict[str, float], before: float | None) -> None:
    found = a_scale().result(points, before)
    assert Result.of(found.as_document()) == found


FORM = questionnaire_of(a_form(a_choice("1"), a_choice("2"), a_choice("9")))
SCORING = scoring_of(a_scoring(a_score(), self_harm=[{"item": "9", "from": 1}]))


@pytest.mark.parametrize(
    ("said", "tells"),
    [
        ({"9": "a0"}, False),
        ({"9": "a1"}, True),
        ({"9": "a4", "1": "a0"}, True),
        ({"1": "a4"}, False),
        ({}, False),
    ],
)
def test_harm_is_heard_however_few_answers_there_are(said: dict[str, str], tells: bool) -> None:
    assert SCORING.tells_of_harm(FORM, said) is tells


def test_answers_become_scores_on_every_scale() -> None:
    found = SCORING.results(FORM, {"1": "a4", "2": "a0", "9": "a0"}, {"weight": 60.0})
    assert [(one.value, one.level, one.change, one.moved) for one in found] == [
        (100, Level.ALERT, 40, Moved.WORSE)
    ]


def test_what_was_kept_of_a_scoring_reads_as_it_was() -> None:
    assert scoring_of(SCORING.as_document()) == SCORING
