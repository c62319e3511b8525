"""How a flag opens, rises, falls, rests and passes on."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerlink.errors import Refused
from peerlink.features.risks.rules.flags import (
    Move,
    Turn,
    check_snooze,
    is_safety,
    needs_data,
    needs_note,
    passes_on_at,
    turn,
)
from peerlink.framework.levels import POSITIVE, Level
from tests.features.risks.people import LIMITS, D, ago

OK, WATCH, ALERT, CRITICAL = Level.OK, Level.WATCH, Level.ALERT, Level.CRITICAL
UNKNOWN, NOT_APPLICABLE = Level.UNKNOWN, Level.NOT_APPLICABLE
NOON = dt.datetime(2026, 6, 30, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize("level", POSITIVE)
def test_a_positive_finding_opens_a_flag(level: Level) -> None:
    assert turn(None, level, cleared=False) == Turn(Move.OPEN, level)


@pytest.mark.parametrize("level", [OK, UNKNOWN, NOT_APPLICABLE])
def test_nothing_opens_where_nothing_is_seen(level: Level) -> None:
    assert turn(None, level, cleared=True) == Turn(Move.NOTHING)


@pytest.mark.parametrize(
    ("stands", "found", "cleared", "expected"),
    [
        (WATCH, ALERT, False, Turn(Move.RISE, ALERT)),
        (WATCH, CRITICAL, True, Turn(Move.RISE, CRITICAL)),
        (ALERT, ALERT, True, Turn(Move.STAY, ALERT)),
        (CRITICAL, WATCH, False, Turn(Move.STAY, CRITICAL)),
        (CRITICAL, OK, False, Turn(Move.STAY, CRITICAL)),
        (ALERT, UNKNOWN, False, Turn(Move.STAY, ALERT)),
        (WATCH, OK, False, Turn(Move.STAY, WATCH)),
        (CRITICAL, WATCH, True, Turn(Move.FALL, WATCH)),
        (ALERT, OK, True, Turn(Move.AWAIT_NOTE, ALERT)),
        (CRITICAL, UNKNOWN, True, Turn(Move.AWAIT_NOTE, CRITICAL)),
        (WATCH, OK, True, Turn(Move.CLOSE)),
        (WATCH, NOT_APPLICABLE, False, Turn(Move.CLOSE)),
        (ALERT, NOT_APPLICABLE, False, Turn(Move.AWAIT_NOTE, ALERT)),
    ],
)
def test_a_flag_rises_with_the_finding_and_falls_only_when_cleared(
    stands: Level, found: Level, cleared: bool, expected: Turn
) -> None:
    assert turn(stands, found, cleared=cleared) == expected


@given(stands=st.sampled_from(POSITIVE), found=st.sampled_from(Level))
def test_without_clearing_a_flag_never_falls(stands: Level, found: Level) -> None:
    after = turn(stands, found, cleared=False)
    if found is not NOT_APPLICABLE:
        assert after.level is not None
        assert POSITIVE.index(after.level) >= POSITIVE.index(stands)


@given(stands=st.sampled_from(POSITIVE), found=st.sampled_from(POSITIVE), cleared=st.booleans())
def test_a_flag_is_never_closed_while_something_is_seen(stands: Level, found: Level, cleared: bool) -> None:
    after = turn(stands, found, cleared=cleared)
    assert after.move not in {Move.CLOSE, Move.AWAIT_NOTE}
    assert after.level is not None
    assert POSITIVE.index(after.level) >= POSITIVE.index(found)


def test_a_flag_that_opens_or_rises_asks_anew() -> None:
    assert turn(None, WATCH, cleared=False).asks_anew
    assert turn(WATCH, ALERT, cleared=False).asks_anew
    assert not turn(ALERT, ALERT, cleared=False).asks_anew
    assert not turn(CRITICAL, WATCH, cleared=True).asks_anew


def test_an_alert_or_worse_is_opened_and_closed_with_a_note() -> None:
    assert needs_note(ALERT)
    assert needs_note(CRITICAL)
    assert not needs_note(WATCH)


def test_an_unacknowledged_critical_flag_passes_on_after_a_day_and_an_alert_after_a_week() -> None:
    assert passes_on_at(CRITICAL, NOON, None) == NOON + dt.timedelta(hours=24)
    assert passes_on_at(ALERT, NOON, None) == NOON + dt.timedelta(days=7)
    assert passes_on_at(WATCH, NOON, None) is None
    assert passes_on_at(CRITICAL, NOON, NOON) is None


@pytest.mark.parametrize("days", [1, 28])
def test_a_flag_may_rest_for_up_to_28_days(days: int) -> None:
    check_snooze("R25", ALERT, on=D, until=ago(-days), reason="On holiday until then")


@pytest.mark.parametrize("days", [-1, 0, 29])
def test_a_flag_rests_neither_longer_nor_not_at_all(days: int) -> None:
    with pytest.raises(Refused, match="28"):
        check_snooze("R25", ALERT, on=D, until=ago(-days), reason="On holiday until then")


def test_a_flag_rests_only_with_a_reason() -> None:
    with pytest.raises(Refused, match="why"):
        check_snooze("R25", ALERT, on=D, until=ago(-7), reason="  ")


@pytest.mark.parametrize(
    ("rule_id", "level"), [("R20", WATCH), ("R22", ALERT), ("R26", WATCH), ("R25", CRITICAL)]
)
def test_what_safety_hangs_on_never_rests(rule_id: str, level: Level) -> None:
    assert is_safety(rule_id, level)
    with pytest.raises(Refused, match="safety"):
        check_snooze(rule_id, level, on=D, until=ago(-7), reason="On holiday until then")


def test_missing_data_becomes_a_task_from_day_60() -> None:
    assert not needs_data(ago(59), D, LIMITS)
    assert needs_data(ago(60), D, LIMITS)
