"""R51: participants who drop away."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerlink.features.risks.rulebook import Subject
from peerlink.framework.levels import POSITIVE, Level
from tests.features.risks.people import ago, cleared, found

OK, WATCH, ALERT, CRITICAL = Level.OK, Level.WATCH, Level.ALERT, Level.CRITICAL
UNKNOWN, NOT_APPLICABLE = Level.UNKNOWN, Level.NOT_APPLICABLE
P = Subject.PARTICIPANT


@pytest.mark.parametrize(
    ("changes", "level"),
    [
        ({}, OK),
        ({"n_missed_since_held": 1}, WATCH),
        ({"n_missed_since_held": 2}, ALERT),
        ({"last_held_on": ago(21)}, OK),
        ({"last_held_on": ago(22)}, WATCH),
        ({"last_held_on": ago(28)}, WATCH),
        ({"last_held_on": ago(29)}, ALERT),
        ({"last_held_on": None, "match_started_on": ago(21)}, OK),
        ({"last_held_on": None, "match_started_on": ago(22)}, WATCH),
        ({"last_held_on": ago(90), "match_started_on": ago(5)}, OK),
        ({"planned_interval_days": 7, "last_held_on": ago(11)}, WATCH),
        ({"planned_interval_days": 7, "last_held_on": ago(10)}, OK),
    ],
)
def test_r51_counts_missed_contacts_and_days(changes: Any, level: Level) -> None:
    assert found("R51", P, **changes).level is level


@pytest.mark.parametrize(
    ("risk", "at_risk"),
    [
        ({"n_crises_30": 1}, True),
        ({"latest_viral_load": 1000.5}, True),
        ({"latest_viral_load": 1000}, False),
        ({"latest_viral_load": None}, False),
        ({"n_safeguarding_open": 1}, True),
    ],
)
def test_r51_is_critical_when_a_long_gap_meets_a_known_risk(risk: Any, at_risk: bool) -> None:
    assert found("R51", P, last_held_on=ago(29), **risk).level is (CRITICAL if at_risk else ALERT)
    assert found("R51", P, last_held_on=ago(28), **risk).level is WATCH
    assert found("R51", P, n_missed_since_held=2, **risk).level is ALERT
    assert found("R51", P, **risk).level is OK


def test_r51_never_says_which_risk_is_known() -> None:
    finding = found("R51", P, last_held_on=ago(29), latest_viral_load=54_321)
    assert "54" not in finding.because
    assert ("known_risk", "yes") in [(evidence.name, evidence.value) for evidence in finding.evidence]
    assert 54_321 not in [evidence.value for evidence in finding.evidence]


@pytest.mark.parametrize(
    ("changes", "level"),
    [
        ({"planned_interval_days": None}, UNKNOWN),
        ({"planned_interval_days": None, "n_missed_since_held": 1}, WATCH),
        ({"n_due_8_to_89": 10, "n_entered_8_to_89": 8}, OK),
        ({"n_due_8_to_89": 15, "n_entered_8_to_89": 12}, OK),
        ({"n_due_8_to_89": 10, "n_entered_8_to_89": 7}, UNKNOWN),
        ({"n_due_8_to_89": 0, "n_entered_8_to_89": 0}, OK),
        ({"n_due_8_to_89": 10, "n_entered_8_to_89": 7, "last_held_on": ago(29)}, ALERT),
    ],
)
def test_r51_is_ok_only_with_a_plan_and_outcomes_entered(changes: Any, level: Level) -> None:
    assert found("R51", P, **changes).level is level


@pytest.mark.parametrize(
    "changes",
    [{"status": "paused"}, {"status": "ending"}, {"status": "matched"}, {"match_started_on": None}],
)
def test_r51_is_for_active_participants_with_an_active_match(changes: Any) -> None:
    assert found("R51", P, **changes).level is NOT_APPLICABLE


@pytest.mark.parametrize(
    ("changes", "clear"),
    [
        ({"last_held_on": ago(60)}, True),
        ({"last_held_on": ago(61)}, False),
        ({"last_held_on": None}, False),
        ({"last_held_on": None, "status": "paused"}, True),
        ({"last_held_on": None, "status": "ending"}, True),
    ],
)
def test_r51_clears_with_a_contact_or_when_the_person_pauses(changes: Any, clear: bool) -> None:
    assert cleared("R51", P, **changes) is clear


@given(days=st.integers(0, 100), more=st.integers(0, 30), missed=st.integers(0, 4), risk=st.booleans())
def test_a_longer_gap_never_lowers_the_level(days: int, more: int, missed: int, risk: bool) -> None:
    def level_of(gap: int) -> Level:
        return found(
            "R51",
            P,
            last_held_on=ago(gap),
            match_started_on=ago(200),
            n_missed_since_held=missed,
            n_crises_30=int(risk),
        ).level

    order = (OK, *POSITIVE)
    assert order.index(level_of(days + more)) >= order.index(level_of(days))
