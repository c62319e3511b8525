"""R12: whether a volunteer is cut off from the team."""

from typing import Any

import pytest

from peerlink.framework.levels import Level
from tests.features.risks.people import ago, answered, cleared, found

OK, WATCH, ALERT, UNKNOWN = Level.OK, Level.WATCH, Level.ALERT, Level.UNKNOWN


@pytest.mark.parametrize(
    ("values", "level"),
    [((2,), OK), ((1,), WATCH), ((1, 3, 1), ALERT), ((3, 1, 1), ALERT), ((None,), UNKNOWN), ((), UNKNOWN)],
)
def test_r12_reads_belonging(values: Any, level: Level) -> None:
    assert found("R12", checkins=answered(10, *values)).level is level


@pytest.mark.parametrize(("age", "level"), [(45, WATCH), (46, UNKNOWN)])
def test_r12_counts_an_answer_for_45_days(age: int, level: Level) -> None:
    assert found("R12", checkins=answered(10, 1, age=age)).level is level


@pytest.mark.parametrize(
    ("changes", "level"),
    [
        ({"last_team_contact_on": ago(59)}, OK),
        ({"last_team_contact_on": ago(60)}, WATCH),
        ({"last_team_contact_on": ago(89)}, WATCH),
        ({"last_team_contact_on": ago(90)}, ALERT),
        ({"last_team_contact_on": ago(90), "checkins": ()}, ALERT),
        ({"last_team_contact_on": None, "joined_on": ago(59)}, OK),
        ({"last_team_contact_on": None, "joined_on": ago(60)}, WATCH),
        ({"last_team_contact_on": None, "joined_on": ago(90)}, ALERT),
        ({"last_team_contact_on": None, "joined_on": None}, UNKNOWN),
    ],
)
def test_r12_counts_the_days_without_the_team(changes: Any, level: Level) -> None:
    assert found("R12", **changes).level is level


@pytest.mark.parametrize(
    ("changes", "clear"),
    [
        ({"checkins": answered(10, 2, 2), "last_team_contact_on": ago(60)}, True),
        ({"checkins": answered(10, 2, 2), "last_team_contact_on": ago(61)}, False),
        ({"checkins": answered(10, 2, 2), "last_team_contact_on": None}, False),
        ({"checkins": answered(10, 2, 1), "last_team_contact_on": ago(5)}, False),
    ],
)
def test_r12_clears_with_two_good_answers_and_a_meeting(changes: Any, clear: bool) -> None:
    assert cleared("R12", **changes) is clear
