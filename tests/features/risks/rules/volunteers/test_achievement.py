"""R10 and R11: whether helping is felt, and growing is possible."""

from typing import Any

import pytest

from peerlink.framework.levels import Level
from tests.features.risks.people import ago, answered, cleared, found

OK, WATCH, ALERT, UNKNOWN = Level.OK, Level.WATCH, Level.ALERT, Level.UNKNOWN

LOW = [
    ((2,), OK),
    ((1,), WATCH),
    ((0,), WATCH),
    ((1, 2, 2), WATCH),
    ((1, 1), ALERT),
    ((1, 2, 1), ALERT),
    ((2, 1, 1), ALERT),
    ((2, 2, 1, 1), OK),
    ((1, 2, 2, 1), WATCH),
    ((2, 1), OK),
    ((None, 1, 1), ALERT),
    ((None, None, 1, 1), UNKNOWN),
    ((None,), UNKNOWN),
    ((), UNKNOWN),
]


@pytest.mark.parametrize(("values", "level"), LOW)
def test_r10_is_watch_when_low_once_and_alert_in_two_of_the_last_three(values: Any, level: Level) -> None:
    assert found("R10", checkins=answered(8, *values)).level is level


@pytest.mark.parametrize(("values", "level"), LOW)
def test_r11_reads_growth_the_same_way(values: Any, level: Level) -> None:
    assert found("R11", checkins=answered(9, *values)).level is level


@pytest.mark.parametrize(("rule", "item"), [("R10", 8), ("R11", 9)])
@pytest.mark.parametrize(("age", "level"), [(45, WATCH), (46, UNKNOWN)])
def test_an_answer_counts_for_45_days(rule: str, item: int, age: int, level: Level) -> None:
    assert found(rule, checkins=answered(item, 1, age=age)).level is level


@pytest.mark.parametrize(
    ("changes", "level"),
    [
        ({"last_development_on": ago(179)}, OK),
        ({"last_development_on": ago(180)}, WATCH),
        ({"last_development_on": None}, WATCH),
        ({"last_development_on": None, "checkins": ()}, WATCH),
        ({"last_development_on": ago(10), "checkins": ()}, UNKNOWN),
    ],
)
def test_r11_sees_half_a_year_without_training(changes: Any, level: Level) -> None:
    assert found("R11", **changes).level is level


def test_r11_says_since_when_nothing_was_learned() -> None:
    assert "No training is on record." in found("R11", last_development_on=None).because
    assert "Days since the last training: 200." in found("R11", last_development_on=ago(200)).because


def test_r11_tells_a_coordinator_only_about_training() -> None:
    finding = found("R11", checkins=answered(9, 0, 0)).objective()
    assert finding.level is OK
    assert [evidence.name for evidence in finding.evidence] == ["days_since_training"]


@pytest.mark.parametrize(("values", "clear"), [((2, 2), True), ((2, 1), False), ((2,), False)])
def test_r10_clears_after_two_good_answers(values: Any, clear: bool) -> None:
    assert cleared("R10", checkins=answered(8, *values)) is clear


@pytest.mark.parametrize(
    ("changes", "clear"),
    [
        ({"checkins": answered(9, 2, 2), "last_module_on": None}, True),
        ({"checkins": answered(9, 2, 1), "last_module_on": None}, False),
        ({"checkins": (), "last_module_on": ago(60)}, True),
        ({"checkins": (), "last_module_on": ago(61)}, False),
    ],
)
def test_r11_clears_after_two_good_answers_or_a_new_module(changes: Any, clear: bool) -> None:
    assert cleared("R11", **changes) is clear
