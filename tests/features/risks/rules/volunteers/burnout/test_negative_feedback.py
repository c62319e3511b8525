"""R22: reactions that get to a volunteer, and hard contacts."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerlink.framework.levels import POSITIVE, Level
from peerlink.framework.parameters import Limits
from tests.features.risks.people import answered, cleared, found

OK, WATCH, ALERT, CRITICAL = Level.OK, Level.WATCH, Level.ALERT, Level.CRITICAL
UNKNOWN = Level.UNKNOWN


@pytest.mark.parametrize(
    ("values", "level"),
    [
        ((2,), OK),
        ((3,), WATCH),
        ((4,), ALERT),
        ((3, 2, 3), WATCH),
        ((3, 3), ALERT),
        ((2, 3, 3), OK),
        ((None, 3, 3), ALERT),
    ],
)
def test_r22_reads_reactions_once_and_twice(values: Any, level: Level) -> None:
    assert found("R22", checkins=answered(3, *values)).level is level


@pytest.mark.parametrize(
    ("changes", "level"),
    [
        ({"n_tagged_60": 1}, OK),
        ({"n_tagged_60": 2}, WATCH),
        ({"n_tagged_60": 2, "n_planned_60": 3}, WATCH),
        ({"n_tagged_60": 3, "n_planned_60": 10}, ALERT),
        ({"n_tagged_60": 3, "n_planned_60": 11}, WATCH),
        ({"n_tagged_60": 7, "n_planned_60": 7}, WATCH),
        ({"n_tagged_60": 7, "n_planned_60": 8}, ALERT),
        ({"n_not_a_fit_180": 1}, OK),
        ({"n_not_a_fit_180": 2}, ALERT),
        ({"n_violent_60": 1}, CRITICAL),
        ({"n_violent_60": 1, "checkins": (), "n_planned_60": 0}, CRITICAL),
        ({"n_planned_60": 0}, OK),
    ],
)
def test_r22_counts_hard_contacts_bad_fits_and_violence(changes: Any, level: Level) -> None:
    assert found("R22", **changes).level is level


@pytest.mark.parametrize(
    ("changes", "level"),
    [
        ({"checkins": (), "n_planned_60": 8}, OK),
        ({"checkins": (), "n_planned_60": 7}, UNKNOWN),
        ({"checkins": answered(3, 1, age=46), "n_planned_60": 7}, UNKNOWN),
        ({"checkins": answered(3, 1, age=45), "n_planned_60": 7}, OK),
        ({"checkins": answered(3, 4, age=46), "n_planned_60": 8}, OK),
        ({"checkins": (), "n_planned_60": 7, "n_tagged_60": 2}, WATCH),
    ],
)
def test_r22_is_known_by_a_check_in_or_eight_planned_contacts(changes: Any, level: Level) -> None:
    assert found("R22", **changes).level is level


@pytest.mark.parametrize(
    ("changes", "clear"),
    [
        ({"checkins": answered(3, 2, 2)}, True),
        ({"checkins": answered(3, 2, 3)}, False),
        ({"checkins": answered(3, 2)}, False),
        ({"checkins": answered(3, 2, 2), "n_tagged_30": 1}, False),
    ],
)
def test_r22_clears_when_it_is_lighter(changes: Any, clear: bool) -> None:
    assert cleared("R22", **changes) is clear


def test_r22_has_no_share_without_planned_contacts() -> None:
    limits = Limits({"R22.min_planned": 0})
    assert found("R22", limits=limits, n_planned_60=0, n_tagged_60=2).level is WATCH


def test_r22_says_what_was_answered_or_that_nothing_was() -> None:
    assert "got to them: 3 of 4" in found("R22", checkins=answered(3, 3)).because
    assert "No check-in of the last 45 days" in found("R22", checkins=(), n_planned_60=0).because


@given(planned=st.integers(0, 40), tagged=st.integers(0, 40), more=st.integers(0, 5))
def test_more_hard_contacts_never_lower_the_level(planned: int, tagged: int, more: int) -> None:
    order = (OK, UNKNOWN, *POSITIVE)
    fewer = found("R22", n_planned_60=planned, n_tagged_60=tagged).level
    many = found("R22", n_planned_60=planned, n_tagged_60=tagged + more).level
    assert order.index(many) >= order.index(fewer)
