"""R24 and R25: a role that is too big or unclear, and a load above what was agreed."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerlink.framework.levels import POSITIVE, Level
from peerlink.framework.parameters import Limits
from tests.features.risks.people import a_checkin, cleared, found

OK, WATCH, ALERT, CRITICAL = Level.OK, Level.WATCH, Level.ALERT, Level.CRITICAL
UNKNOWN = Level.UNKNOWN


def role(*pairs: tuple[int | None, int | None], age: int = 5) -> Any:
    """Answer V5 and V7, the newest pair first."""
    return tuple(a_checkin(age + 30 * i, v5=much, v7=unclear) for i, (much, unclear) in enumerate(pairs))


@pytest.mark.parametrize(
    ("checkins", "level"),
    [
        (role((2, 2)), OK),
        (role((3, 2)), WATCH),
        (role((2, 3)), WATCH),
        (role((3, 3)), WATCH),
        (role((4, 2)), ALERT),
        (role((2, 4)), ALERT),
        (role((4, 3)), ALERT),
        (role((4, 4)), CRITICAL),
        (role((3, 1), (3, 1)), ALERT),
        (role((1, 3), (1, 3)), ALERT),
        (role((3, 1), (1, 3)), WATCH),
        (role((3, 1), (1, 1), (3, 1)), WATCH),
        (role((None, 2)), OK),
        (role((2, None)), OK),
        (role((None, 4)), ALERT),
        (role((None, None)), UNKNOWN),
        (role((3, None), (None, None), (3, None)), ALERT),
        (role((4, 4), age=45), CRITICAL),
        (role((4, 4), age=46), UNKNOWN),
        ((), UNKNOWN),
    ],
)
def test_r24_reads_too_much_and_unclear_together(checkins: Any, level: Level) -> None:
    assert found("R24", checkins=checkins).level is level


@pytest.mark.parametrize(
    ("checkins", "clear"),
    [
        (role((2, 2), (2, 2)), True),
        (role((2, 2), (2, 3)), False),
        (role((2, 2)), False),
        (role((2, None), (2, None)), True),
        ((), False),
    ],
)
def test_r24_clears_when_both_are_good_twice(checkins: Any, clear: bool) -> None:
    assert cleared("R24", checkins=checkins) is clear


def matches(now: int, least: int, capacity: int | None) -> dict[str, Any]:
    return {"n_active_matches": now, "least_matches_28": least, "capacity": capacity}


@pytest.mark.parametrize(
    ("changes", "level"),
    [
        (matches(4, 4, 4), OK),
        (matches(5, 5, 4), WATCH),
        (matches(6, 5, 4), ALERT),
        (matches(6, 6, 4), ALERT),
        (matches(7, 6, 4), ALERT),
        (matches(7, 7, 4), CRITICAL),
        (matches(7, 0, 4), ALERT),
        (matches(0, 0, 0), OK),
        (matches(1, 0, 0), ALERT),
        (matches(1, 1, 0), CRITICAL),
        (matches(2, 2, None), UNKNOWN),
    ],
)
def test_r25_holds_matches_against_the_agreed_capacity(changes: Any, level: Level) -> None:
    assert found("R25", **changes).level is level


@pytest.mark.parametrize(
    ("minutes", "agreed", "level"),
    [
        (1050, 14, OK),
        (1051, 14, WATCH),
        (1260, 14, WATCH),
        (1261, 14, ALERT),
        (1680, 14, ALERT),
        (1681, 14, CRITICAL),
        (0, 0, OK),
        (1, 0, CRITICAL),
        (10, None, UNKNOWN),
    ],
)
def test_r25_holds_hours_against_the_agreed_hours_unscaled(minutes: int, agreed: Any, level: Level) -> None:
    assert found("R25", minutes_28=minutes, agreed_hours=agreed).level is level


@pytest.mark.parametrize(
    ("changes", "level"),
    [
        ({"n_held_28": 5, "n_heavy_28": 2}, ALERT),
        ({"n_held_28": 8, "n_heavy_28": 3}, OK),
        ({"n_held_28": 4, "n_heavy_28": 4}, OK),
        ({"n_heavy_7": 1}, OK),
        ({"n_heavy_7": 2}, ALERT),
        ({"n_held_28": 4, "n_late_28": 1}, OK),
        ({"n_held_28": 4, "n_late_28": 2}, WATCH),
        ({"n_held_28": 3, "n_late_28": 3}, OK),
        ({"n_held_28": 0, "minutes_28": 0}, OK),
        ({"capacity": None, "n_heavy_7": 2}, ALERT),
        ({"agreed_hours": None, "n_active_matches": 4}, ALERT),
        ({"capacity": None, "agreed_hours": None}, UNKNOWN),
    ],
)
def test_r25_sees_heavy_and_late_contacts_even_where_little_is_agreed(changes: Any, level: Level) -> None:
    assert found("R25", **changes).level is level


def test_r25_names_its_numbers() -> None:
    finding = found("R25", n_active_matches=7, capacity=5)
    assert finding.because == "People supported: 7; agreed: 5."
    assert (finding.evidence[0].name, finding.evidence[0].value, finding.evidence[0].threshold) == (
        "load_ratio",
        1.4,
        1.0,
    )


def test_r25_evidence_without_a_bound_can_still_be_written_as_json() -> None:
    finding = found("R25", n_active_matches=1, least_matches_28=1, capacity=0, agreed_hours=0)
    values = [evidence.value for evidence in finding.evidence]
    assert json.dumps(values, allow_nan=False)


def test_r25_follows_the_programmes_own_lines() -> None:
    loose = Limits({"R25.load": [2.0, 2.5, 3.0]})
    assert found("R25", limits=loose, n_active_matches=6).level is OK
    assert found("R25", n_active_matches=6).level is ALERT


@pytest.mark.parametrize(
    ("changes", "clear"),
    [
        ({"most_matches_28": 3}, True),
        ({"most_matches_28": 4}, False),
        ({"most_matches_28": 0, "capacity": None}, False),
    ],
)
def test_r25_clears_after_28_days_at_or_below_the_agreed(changes: Any, clear: bool) -> None:
    assert cleared("R25", **changes) is clear


@given(
    now=st.integers(0, 10),
    least=st.integers(0, 10),
    minutes=st.integers(0, 4000),
    heavy=st.integers(0, 6),
    more=st.integers(0, 3),
)
def test_more_load_never_lowers_the_level(now: int, least: int, minutes: int, heavy: int, more: int) -> None:
    def level_of(extra: int) -> Level:
        return found(
            "R25",
            n_active_matches=now + extra,
            least_matches_28=min(least, now) + extra,
            minutes_28=minutes + 60 * extra,
            n_heavy_7=heavy + extra,
        ).level

    order = (OK, *POSITIVE)
    assert order.index(level_of(more)) >= order.index(level_of(0))
