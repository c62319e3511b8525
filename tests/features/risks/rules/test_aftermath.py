"""Whether strain came down after something was done: both sides of each line, and what is not known."""

import datetime as dt

import pytest

from peerlink.features.risks.rules.aftermath import Outcome, Score, compare, tally
from peerlink.framework.parameters import Limits
from peerlink.instruments.checkin import change_bound

D = dt.date(2026, 6, 30)
LIMITS = Limits()
DOWN, SAME, UP, UNKNOWN = Outcome.DOWN, Outcome.SAME, Outcome.UP, Outcome.UNKNOWN


def at(days: int, score: float) -> Score:
    return D + dt.timedelta(days=days), score


def outcome(*scores: Score) -> Outcome:
    return compare(scores, D, LIMITS).outcome


def test_a_real_change_is_that_of_section_3() -> None:
    assert change_bound(1, LIMITS) == pytest.approx(30.5, abs=0.05)
    assert change_bound(2, LIMITS) == pytest.approx(26.4, abs=0.05)


@pytest.mark.parametrize(("after", "found"), [(39.6, SAME), (39.4, DOWN), (100.0, SAME), (70.0, SAME)])
def test_one_later_check_in_must_differ_by_30_and_a_half(after: float, found: Outcome) -> None:
    assert outcome(at(-3, 70.0), at(28, after)) is found


def test_strain_that_rose_is_told_as_well() -> None:
    assert outcome(at(-3, 60.0), at(28, 90.4)) is SAME
    assert outcome(at(-3, 60.0), at(28, 90.6)) is UP


def test_two_later_check_ins_are_read_together() -> None:
    assert outcome(at(-3, 70.0), at(28, 50.0), at(56, 37.0)) is DOWN, "43.5 on average, 26.5 less"
    assert outcome(at(-3, 70.0), at(28, 50.0), at(56, 37.4)) is SAME
    assert outcome(at(-3, 70.0), at(28, 50.0), at(56, 37.0), at(84, 100.0)) is DOWN, "the third is not read"


def test_what_was_answered_on_the_day_was_known() -> None:
    found = compare([at(-30, 20.0), at(0, 70.0), at(31, 30.0)], D, LIMITS)
    assert found.before == at(0, 70.0)
    assert found.after == (at(31, 30.0),)
    assert found.difference == pytest.approx(-40.0)


@pytest.mark.parametrize(("age", "known"), [(45, True), (46, False)])
def test_what_was_known_must_not_be_older_than_45_days(age: int, *, known: bool) -> None:
    found = compare([at(-age, 70.0), at(28, 20.0)], D, LIMITS)
    assert (found.before is not None) is known
    assert found.outcome is (DOWN if known else UNKNOWN)


def test_without_a_score_before_or_after_nothing_is_said() -> None:
    assert outcome() is UNKNOWN
    assert outcome(at(-3, 70.0)) is UNKNOWN
    assert outcome(at(3, 70.0)) is UNKNOWN


def test_scores_may_come_in_any_order() -> None:
    scores = [at(56, 37.0), at(-3, 70.0), at(28, 50.0)]
    assert compare(scores, D, LIMITS) == compare(sorted(scores), D, LIMITS)


def test_a_tally_counts_what_is_not_known_apart() -> None:
    found = tally([DOWN, DOWN, SAME, UP, UNKNOWN])
    assert (found.n, found.n_known, found.n_down, found.n_same, found.n_up) == (5, 4, 2, 1, 1)


@pytest.mark.parametrize(("n_known", "told"), [(4, False), (5, True)])
def test_too_few_with_a_later_check_in_tell_nothing(n_known: int, *, told: bool) -> None:
    found = tally([DOWN] * n_known + [UNKNOWN] * 20)
    assert found.can_tell(LIMITS.whole("display.min_cell")) is told
