"""R23: one-sided work."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerlink.features.risks.rules.volunteers.burnout.repetitive_work import evenness_of
from peerlink.framework.levels import Level
from peerlink.framework.parameters import Limits
from tests.features.risks.people import answered, cleared, found

OK, WATCH, ALERT, UNKNOWN = Level.OK, Level.WATCH, Level.ALERT, Level.UNKNOWN
BROAD, NARROW, VERY_NARROW = (4.0, 4.0, 4.0, 4.0, 4.0), (17.0, 3.0, 1.0, 0.0, 0.0), (19.0, 1.0, 0.0, 0.0, 0.0)


def test_the_three_mixes_stand_on_their_sides_of_the_lines() -> None:
    assert evenness_of(BROAD) == pytest.approx(1.0)
    assert 0.35 < (evenness_of(NARROW) or 0) < 0.45
    assert 0 < (evenness_of(VERY_NARROW) or 0) < 0.35


@pytest.mark.parametrize(
    ("values", "level"),
    [
        ((2,), OK),
        ((3,), WATCH),
        ((4,), ALERT),
        ((3, 3), ALERT),
        ((3, 2, 3), WATCH),
        ((None,), UNKNOWN),
        ((), UNKNOWN),
    ],
)
def test_r23_reads_repeats(values: Any, level: Level) -> None:
    assert found("R23", checkins=answered(4, *values)).level is level


@pytest.mark.parametrize(("age", "level"), [(45, WATCH), (46, UNKNOWN)])
def test_r23_counts_an_answer_for_45_days(age: int, level: Level) -> None:
    assert found("R23", checkins=answered(4, 3, age=age)).level is level


@pytest.mark.parametrize(
    ("areas", "n_held", "answer", "level"),
    [
        (NARROW, 15, 1, WATCH),
        (NARROW, 14, 1, OK),
        (NARROW, 15, 2, WATCH),
        (VERY_NARROW, 15, 1, WATCH),
        (VERY_NARROW, 15, 2, ALERT),
        (VERY_NARROW, 14, 2, OK),
        (VERY_NARROW, 15, None, WATCH),
        (BROAD, 15, None, UNKNOWN),
        (NARROW, 14, None, UNKNOWN),
        ((0.0,) * 5, 15, 1, OK),
        ((20.0, 0.0, 0.0, 0.0, 0.0), 20, 1, WATCH),
        ((20.0, 0.0, 0.0, 0.0, 0.0), 20, 2, ALERT),
    ],
)
def test_r23_measures_the_mix_from_fifteen_contacts(
    areas: Any, n_held: int, answer: Any, level: Level
) -> None:
    assert found("R23", areas_90=areas, n_held_90=n_held, checkins=answered(4, answer)).level is level


def test_r23_is_below_not_at_its_lines() -> None:
    exact = evenness_of(VERY_NARROW) or 0
    at_alert = Limits({"R23.even_alert": exact})
    at_watch = Limits({"R23.even_watch": exact, "R23.even_alert": 0.1})
    felt = answered(4, 2)
    assert found("R23", limits=at_alert, areas_90=VERY_NARROW, checkins=felt).level is WATCH
    assert found("R23", limits=at_watch, areas_90=VERY_NARROW, checkins=felt).level is OK


def test_r23_says_what_was_answered_or_that_nothing_was() -> None:
    assert "one long repeat: 3 of 4" in found("R23", checkins=answered(4, 3)).because
    assert "No check-in of the last 45 days" in found("R23", checkins=()).because


def test_r23_tells_a_coordinator_only_the_mix() -> None:
    assert found("R23", checkins=answered(4, 4, 4)).objective().level is OK
    narrow = found("R23", areas_90=VERY_NARROW, checkins=answered(4, 4)).objective()
    assert narrow.level is WATCH
    assert [evidence.name for evidence in narrow.evidence] == ["evenness_90"]


@pytest.mark.parametrize(("values", "clear"), [((2, 2), True), ((2, 3), False), ((2,), False)])
def test_r23_clears_after_two_good_answers(values: Any, clear: bool) -> None:
    assert cleared("R23", checkins=answered(4, *values)) is clear


@given(st.lists(st.floats(0, 1000, allow_subnormal=False), min_size=5, max_size=5))
def test_evenness_lies_between_nought_and_one(areas: list[float]) -> None:
    evenness = evenness_of(tuple(areas))
    assert evenness is None or -1e-9 <= evenness <= 1 + 1e-9
