"""Levels combine so that a gap never hides a risk and never passes for fine."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerlink.framework.levels import Level, RolledUp, roll_up, worst

OK, WATCH, ALERT, CRITICAL = Level.OK, Level.WATCH, Level.ALERT, Level.CRITICAL
UNKNOWN, NOT_APPLICABLE = Level.UNKNOWN, Level.NOT_APPLICABLE
SOME = st.lists(st.sampled_from(Level))


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        ([OK, OK], OK),
        ([OK, UNKNOWN], UNKNOWN),
        ([WATCH, UNKNOWN], WATCH),
        ([WATCH, CRITICAL, ALERT], CRITICAL),
        ([OK, NOT_APPLICABLE], OK),
        ([UNKNOWN, NOT_APPLICABLE], UNKNOWN),
        ([NOT_APPLICABLE], NOT_APPLICABLE),
        ([], NOT_APPLICABLE),
    ],
)
def test_a_rule_is_its_worst_positive_part_else_unknown_else_ok(parts: list[Level], whole: Level) -> None:
    assert worst(parts) is whole


@given(SOME)
def test_a_whole_is_ok_only_where_every_part_that_applies_is(parts: list[Level]) -> None:
    applying = [part for part in parts if part is not NOT_APPLICABLE]
    assert (worst(parts) is OK) == (bool(applying) and set(applying) == {OK})


@given(SOME, st.sampled_from(Level))
def test_one_more_part_never_hides_a_risk(parts: list[Level], more: Level) -> None:
    if worst(parts).is_positive:
        assert worst([*parts, more]).is_positive


@pytest.mark.parametrize(
    ("children", "expected"),
    [
        ([OK, OK, WATCH], RolledUp(WATCH, 3, 3)),
        ([OK, UNKNOWN], RolledUp(OK, 1, 2)),
        ([OK, UNKNOWN, UNKNOWN], RolledUp(UNKNOWN, 1, 3)),
        ([WATCH, UNKNOWN, UNKNOWN], RolledUp(UNKNOWN, 1, 3)),
        ([ALERT, UNKNOWN, UNKNOWN], RolledUp(ALERT, 1, 3)),
        ([UNKNOWN, UNKNOWN], RolledUp(UNKNOWN, 0, 2)),
        ([NOT_APPLICABLE, OK], RolledUp(OK, 1, 1)),
        ([NOT_APPLICABLE], RolledUp(NOT_APPLICABLE, 0, 0)),
        ([], RolledUp(NOT_APPLICABLE, 0, 0)),
    ],
)
def test_a_parent_is_its_worst_known_child_if_half_are_known(
    children: list[Level], expected: RolledUp
) -> None:
    assert roll_up(children) == expected


def test_a_level_is_its_code_and_has_a_label() -> None:
    assert [str(level) for level in Level] == [
        "ok",
        "watch",
        "alert",
        "critical",
        "unknown",
        "not_applicable",
    ]
    assert Level("watch") is WATCH
    assert all(level.label for level in Level)
