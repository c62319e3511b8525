"""R01, R02 and R03: who leaves, who shows signs of leaving, and whether there are enough."""

from typing import Any

import pytest

from peerlink.features.risks.rulebook import Subject
from peerlink.framework.levels import Level
from tests.features.risks.people import a_checkin, ago, answered, cleared, found

OK, WATCH, ALERT, CRITICAL = Level.OK, Level.WATCH, Level.ALERT, Level.CRITICAL
UNKNOWN = Level.UNKNOWN


@pytest.mark.parametrize(
    ("changes", "level"),
    [
        ({"n_left_365": 3}, OK),
        ({"n_left_365": 4}, WATCH),
        ({"n_left_365": 5}, WATCH),
        ({"n_left_365": 6}, ALERT),
        ({"n_left_365": 8}, ALERT),
        ({"n_left_365": 9}, CRITICAL),
        ({"n_left_365": 3, "n_left_90": 3}, ALERT),
        ({"n_left_365": 2, "n_left_90": 2}, OK),
        ({"n_left_365": 3, "n_left_90": 3, "n_in_service": (31,) * 12}, OK),
        ({"n_left_365": 3, "n_left_90": 3, "n_in_service": (30,) * 12}, ALERT),
        ({"n_left_365": 4, "n_in_service": (18, 22) * 6}, WATCH),
        ({"n_left_365": 4, "n_in_service": (13,) * 8 + (14,) * 4}, ALERT),
        ({"n_left_365": 9, "n_in_service": (10,) * 12}, CRITICAL),
        ({"n_left_365": 9, "n_in_service": (10,) * 11 + (9,)}, UNKNOWN),
        ({"n_left_365": 9, "history_days": 179}, UNKNOWN),
        ({"n_left_365": 9, "history_days": 180}, CRITICAL),
        ({"n_left_365": 0, "n_in_service": (0,) * 12}, UNKNOWN),
    ],
)
def test_r01_holds_those_who_left_against_the_mean_of_twelve_months(changes: Any, level: Level) -> None:
    assert found("R01", Subject.PROGRAMME, **changes).level is level


def test_r01_shows_the_raw_count_where_it_cannot_judge() -> None:
    finding = found("R01", Subject.PROGRAMME, n_left_365=2, history_days=100)
    assert "Left in a year: 2." in finding.because
    assert finding.evidence[0].value == 2


@pytest.mark.parametrize(
    ("level", "months", "clear"),
    [
        (ALERT, (WATCH, OK), True),
        (ALERT, (WATCH, ALERT), False),
        (ALERT, (OK,), False),
        (WATCH, (OK, OK, ALERT), True),
        (WATCH, (OK, WATCH), False),
        (WATCH, (OK, UNKNOWN), False),
    ],
)
def test_r01_clears_after_two_months_below_its_level(level: Level, months: Any, clear: bool) -> None:
    assert cleared("R01", Subject.PROGRAMME, level=level, months=months) is clear


@pytest.mark.parametrize(
    ("values", "level"),
    [
        ((3,), OK),
        ((2,), WATCH),
        ((1,), ALERT),
        ((0,), ALERT),
        ((2, 4), ALERT),
        ((2, 4, 4, 3), WATCH),
        ((2, 4, 4, 4, 0), ALERT),
        ((3, 4, 4, 4), OK),
        ((2, 3, 3, 3), WATCH),
        ((None, 2), WATCH),
        ((None,), UNKNOWN),
    ],
)
def test_r02_reads_the_wish_to_stay_and_its_fall(values: Any, level: Level) -> None:
    assert found("R02", checkins=answered(14, *values)).level is level


@pytest.mark.parametrize(("age", "level"), [(45, ALERT), (46, UNKNOWN)])
def test_r02_counts_an_answer_for_45_days(age: int, level: Level) -> None:
    assert found("R02", checkins=answered(14, 1, age=age)).level is level


@pytest.mark.parametrize(
    ("changes", "level"),
    [
        ({"last_held_on": ago(20), "last_login_on": None}, OK),
        ({"last_held_on": ago(21), "last_login_on": None}, WATCH),
        ({"last_held_on": None, "last_login_on": None}, WATCH),
        ({"last_held_on": None, "last_login_on": ago(20)}, OK),
        ({"last_held_on": None, "last_login_on": ago(21)}, WATCH),
        ({"last_held_on": None, "last_login_on": None, "oldest_active_match_on": ago(21)}, OK),
        ({"last_held_on": None, "last_login_on": None, "oldest_active_match_on": ago(22)}, WATCH),
        ({"last_held_on": None, "last_login_on": None, "oldest_active_match_on": None}, OK),
        ({"status": "paused", "status_since": ago(60)}, OK),
        ({"status": "paused", "status_since": ago(61)}, ALERT),
        ({"status": "active", "status_since": ago(61)}, OK),
        ({"n_cancelled_30": 2}, OK),
        ({"n_cancelled_30": 3}, ALERT),
        ({"leaving_on": ago(-30), "n_open_matches": 1}, CRITICAL),
        ({"leaving_on": ago(-30), "n_open_matches": 1, "has_handover_plan": True}, OK),
        ({"leaving_on": ago(-30), "n_open_matches": 0}, OK),
        ({"n_cancelled_30": 3, "checkins": ()}, ALERT),
        ({"checkins": ()}, UNKNOWN),
    ],
)
def test_r02_sees_silence_pauses_cancellations_and_leaving(changes: Any, level: Level) -> None:
    assert found("R02", **changes).level is level


def test_r02_tells_a_coordinator_only_that_capacity_may_change() -> None:
    finding = found("R02", checkins=answered(14, 1)).objective()
    assert finding.level is ALERT
    assert finding.because == "Their capacity may change."
    assert not any(evidence.name.startswith("v") for evidence in finding.evidence)
    assert found("R02", checkins=answered(14, 4)).objective().level is OK


@pytest.mark.parametrize(
    ("course", "clear"),
    [
        ({"checkins": answered(14, 3, 3)}, True),
        ({"checkins": answered(14, 3, 2)}, False),
        ({"checkins": answered(14, 3)}, False),
        ({"checkins": answered(14, 3, 3, age=46)}, False),
        ({"checkins": (), "is_resolved": True}, True),
    ],
)
def test_r02_clears_with_a_wish_to_stay_twice_or_a_stay_talk(course: Any, clear: bool) -> None:
    assert cleared("R02", **course) is clear


@pytest.mark.parametrize(
    ("changes", "level"),
    [
        ({"n_free_slots": 9}, OK),
        ({"n_free_slots": 8}, WATCH),
        ({"n_free_slots": 3}, WATCH),
        ({"n_free_slots": 2}, ALERT),
        ({"waiting_days": (28,) * 16}, ALERT),
        ({"waiting_days": (28,) * 15}, OK),
        ({"waiting_days": (27,) * 16}, OK),
        ({"n_free_slots": 0, "waiting_days": (55,)}, ALERT),
        ({"n_free_slots": 0, "waiting_days": (56,)}, CRITICAL),
        ({"n_free_slots": 1, "waiting_days": (56,)}, ALERT),
        ({"n_free_slots": 0, "waiting_days": ()}, ALERT),
        ({"n_with_capacity": 18}, OK),
        ({"n_with_capacity": 17}, UNKNOWN),
        ({"n_active": 2, "n_with_capacity": 2, "total_capacity": 4, "n_free_slots": 0}, ALERT),
        ({"n_active": 0, "n_with_capacity": 0, "total_capacity": 0, "n_free_slots": 0}, UNKNOWN),
        (
            {
                "n_active": 0,
                "n_with_capacity": 0,
                "total_capacity": 0,
                "n_free_slots": 0,
                "waiting_days": (60,),
            },
            CRITICAL,
        ),
    ],
)
def test_r03_holds_free_places_against_capacity_and_waiting(changes: Any, level: Level) -> None:
    assert found("R03", Subject.PROGRAMME, **changes).level is level


@pytest.mark.parametrize(
    ("months", "clear"), [((OK, OK), True), ((OK, WATCH), False), ((OK,), False), ((OK, UNKNOWN), False)]
)
def test_r03_clears_after_two_good_months(months: Any, clear: bool) -> None:
    assert cleared("R03", Subject.PROGRAMME, months=months) is clear


def test_own_mean_is_that_of_the_three_answers_before_the_latest_however_old() -> None:
    checkins = (a_checkin(1, v14=2), a_checkin(200, v14=4), a_checkin(230, v14=4), a_checkin(260, v14=4))
    assert found("R02", checkins=checkins).level is ALERT
