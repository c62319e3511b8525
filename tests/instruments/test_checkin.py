"""The check-in asks fourteen sentences and scores them only where enough is answered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerlink.framework import tree
from peerlink.framework.parameters import Limits
from peerlink.instruments.checkin import (
    ANSWERS,
    ITEMS,
    UNANSWERED,
    Answers,
    Direction,
    change,
    change_bound,
    exhaustion,
    resource,
    strain,
)

GIVEN = st.lists(st.none() | st.integers(0, 4), min_size=14, max_size=14).map(lambda v: Answers(tuple(v)))


def strained(*values: int | None) -> Answers:
    return Answers((*values, *[None] * (14 - len(values))))


def resourced(*values: int | None) -> Answers:
    return Answers((*[None] * 7, *values, *[None] * (7 - len(values))))


def test_there_are_fourteen_items_in_three_directions() -> None:
    assert [item.id for item in ITEMS] == [f"v{n}" for n in range(1, 15)]
    directions = [item.direction for item in ITEMS]
    assert directions == [Direction.STRAIN] * 7 + [Direction.RESOURCE] * 6 + [Direction.INTENTION]
    assert len(ANSWERS) == 5


def test_every_item_measures_a_node_of_the_framework() -> None:
    assert all(tree.node(item.node) for item in ITEMS)


def test_no_sentence_can_give_anybody_away() -> None:
    assert not [item for item in ITEMS if "HIV" in item.text or "status" in item.text]


@given(GIVEN)
def test_scores_lie_between_0_and_100(answers: Answers) -> None:
    for score in (exhaustion(answers), strain(answers), resource(answers)):
        assert score is None or 0 <= score <= 100


@given(GIVEN)
def test_what_was_not_answered_never_counts_as_zero(answers: Answers) -> None:
    score = strain(answers)
    among = answers.among(Direction.STRAIN)
    assert (score is None) == (len(among) < 5)
    if score is not None:
        assert min(among) * 25 <= score <= max(among) * 25


@given(GIVEN)
def test_answers_come_back_by_item(answers: Answers) -> None:
    named = {item.id: answers[item.number] for item in ITEMS}
    assert Answers.of(named) == answers


def test_exhaustion_needs_both_of_its_items() -> None:
    assert exhaustion(strained(3, 3)) == 75
    assert exhaustion(strained(3, None)) is None
    assert exhaustion(UNANSWERED) is None


def test_strain_needs_five_of_seven() -> None:
    assert strain(strained(2, 2, 1, None, 3, None, 2)) == 50
    assert strain(strained(3, 3, 3, 3)) is None


def test_resource_needs_four_of_six() -> None:
    assert resource(resourced(4, 4, 2, 2)) == 75
    assert resource(resourced(4, 4, 4)) is None


def test_a_programme_may_ask_for_more_answers() -> None:
    assert strain(strained(2, 2, 2, 2, 2), Limits({"checkin.strain_min_items": 6})) is None


@pytest.mark.parametrize("wrong", [5, -1, True, 1.5])
def test_an_answer_outside_0_to_4_is_refused(wrong: int) -> None:
    with pytest.raises(ValueError, match="v3 must be 0 to 4"):
        Answers.of({"v3": wrong})


def test_answers_of_another_length_are_refused() -> None:
    with pytest.raises(ValueError, match="14 answers"):
        Answers((1, 2, 3))


@pytest.mark.parametrize("number", [0, 15, -1])
def test_there_is_no_item_outside_1_to_14(number: int) -> None:
    with pytest.raises(IndexError):
        UNANSWERED[number]


@pytest.mark.parametrize(("k", "bound"), [(1, 30.5), (2, 26.4), (3, 24.9)])
def test_the_smallest_real_change_shrinks_with_more_history(k: int, bound: float) -> None:
    assert change_bound(k) == pytest.approx(bound, abs=0.05)


@pytest.mark.parametrize(("sem", "used"), [(3.0, 7.0), (9.0, 9.0), (40.0, 15.0)])
def test_an_adopted_error_stays_within_its_bounds(sem: float, used: float) -> None:
    assert change_bound(1, Limits({"checkin.sem": sem})) == pytest.approx(1.96 * used * 2**0.5)


def test_change_is_held_against_the_mean_of_the_last_three() -> None:
    moved = change(50, [0, 20, 25, 22])
    assert moved is not None
    assert (moved.k, round(moved.difference, 1)) == (3, 27.7)
    assert moved.is_worse
    assert not moved.is_better


def test_improvement_is_the_same_bound_the_other_way() -> None:
    moved = change(20, [50, 55, 50])
    assert moved is not None
    assert moved.is_better
    assert not moved.is_worse


def test_a_change_exactly_on_the_bound_is_real_and_just_below_is_not() -> None:
    bound = change_bound(1)
    on_it, below = change(bound, [0.0]), change(bound - 0.001, [0.0])
    assert on_it is not None
    assert below is not None
    assert on_it.is_worse
    assert not below.is_worse


def test_without_history_there_is_no_change() -> None:
    assert change(50, []) is None
    with pytest.raises(ValueError, match="0"):
        change_bound(0)
