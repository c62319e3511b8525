"""R27: who fears that the work reveals something about them, and where it did."""

from typing import Any

import pytest

from peerlink.framework.levels import Level
from tests.features.risks.people import a_checkin, ago, answered, cleared, found

OK, WATCH, ALERT, CRITICAL, UNKNOWN = Level.OK, Level.WATCH, Level.ALERT, Level.CRITICAL, Level.UNKNOWN


@pytest.mark.parametrize(
    ("values", "level"),
    [
        ((2,), OK),
        ((3,), WATCH),
        ((4,), ALERT),
        ((3, 3), ALERT),
        ((3, 4), ALERT),
        ((3, 2, 4), WATCH),
        ((2, 4, 4), OK),
        ((3, None, 3), ALERT),
    ],
)
def test_r27_judges_the_worry_as_answered(values: Any, level: Level) -> None:
    assert found("R27", checkins=answered(6, *values)).level is level


@pytest.mark.parametrize(("age", "level"), [(45, ALERT), (46, UNKNOWN)])
def test_r27_knows_an_answer_for_forty_five_days(age: int, level: Level) -> None:
    assert found("R27", checkins=answered(6, 4, age=age)).level is level


def test_r27_is_unknown_without_an_answer_to_that_item() -> None:
    assert found("R27", checkins=()).level is UNKNOWN
    assert found("R27", checkins=(a_checkin(5, v6=None),)).level is UNKNOWN


@pytest.mark.parametrize(("n", "level"), [(0, OK), (1, OK), (2, ALERT), (3, ALERT)])
def test_r27_counts_places_rated_not_safe(n: int, level: Level) -> None:
    assert found("R27", n_not_safe_60=n).level is level


@pytest.mark.parametrize(("exposed", "level"), [(False, UNKNOWN), (True, CRITICAL)])
def test_r27_knows_incidents_whether_or_not_anybody_answers(exposed: bool, level: Level) -> None:
    assert found("R27", checkins=(), is_exposed=exposed).level is level


def test_r27_says_what_the_check_in_said_to_nobody_but_its_reader() -> None:
    told = found("R27", checkins=answered(6, 4)).objective()
    assert told.level is OK
    assert "4 of 4" not in told.because
    places = found("R27", checkins=answered(6, 4), n_not_safe_60=2).objective()
    assert (places.level, places.because) == (ALERT, "Contacts in 60 days at a place they rated not safe: 2.")
    assert found("R27", checkins=answered(6, 4), is_exposed=True).objective().level is CRITICAL


@pytest.mark.parametrize(
    ("values", "plan", "clear"),
    [
        ((2, 2), 60, True),
        ((2, 2), 10, True),
        ((2, 2), 61, False),
        ((2, 2), None, False),
        ((2, 3), 10, False),
        ((3, 2), 10, False),
        ((2,), 10, False),
        ((None,), 10, False),
    ],
)
def test_r27_clears_with_two_calm_answers_and_a_plan_agreed_since(
    values: Any, plan: int | None, clear: bool
) -> None:
    on = ago(plan) if plan is not None else None
    assert cleared("R27", opened=60, checkins=answered(6, *values), privacy_plan_on=on) is clear


def test_r27_does_not_clear_on_answers_that_are_too_old() -> None:
    assert not cleared("R27", checkins=answered(6, 2, 2, age=46), privacy_plan_on=ago(1))
