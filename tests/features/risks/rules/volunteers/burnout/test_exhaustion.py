"""R20: strain, exhaustion, worsening and a wish for contact (the framework's own vectors T1 to T13)."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerlink.framework.levels import POSITIVE, Level
from peerlink.framework.vocabularies import ContactRequest
from peerlink.instruments.checkin import Answers
from peerlink.instruments.strain import Checkin
from tests.features.risks.people import a_checkin, ago, cleared, found

OK, WATCH, ALERT, CRITICAL = Level.OK, Level.WATCH, Level.ALERT, Level.CRITICAL
UNKNOWN = Level.UNKNOWN
TODAY = ContactRequest.TODAY


def strained(days: int, values: str, request: ContactRequest = ContactRequest.NO) -> Checkin:
    """Answer V1 to V7 with these digits; a dash is left out."""
    given = {f"v{n}": None if value == "-" else int(value) for n, value in enumerate(values, 1)}
    return Checkin(due_on=ago(days), answered_on=ago(days), answers=Answers.of(given), request=request)


def skipped(days: int) -> Checkin:
    return Checkin(due_on=ago(days), skipped=True)


E46, E53, E60 = "2222221", "2222322", "2333222"
"""Strain 46.4, 53.6 and 60.7."""


@pytest.mark.parametrize(
    ("checkins", "level"),
    [
        pytest.param((strained(0, "1111111"),), OK, id="T1"),
        pytest.param((strained(0, "3311211"),), WATCH, id="T2"),
        pytest.param((strained(0, E53), strained(30, E46)), WATCH, id="T3"),
        pytest.param((strained(0, "2223322"), strained(30, E53), strained(60, E46)), ALERT, id="T4"),
        pytest.param(
            (
                strained(0, "2222222"),
                strained(30, "1111110"),
                strained(60, "1111111"),
                strained(90, "1111100"),
            ),
            ALERT,
            id="T5, from 21.4, 25, 17.9",
        ),
        pytest.param((strained(0, "2222332"), strained(30, "2111111")), WATCH, id="T6, from 28.6"),
        pytest.param((strained(0, "3333333"),), ALERT, id="T7"),
        pytest.param((strained(0, "3333433"), strained(30, E60)), CRITICAL, id="T8"),
        pytest.param((strained(0, "3333---"),), WATCH, id="T9"),
        pytest.param((strained(0, "1-111--"),), UNKNOWN, id="T9b"),
        pytest.param((strained(0, "221-3-2"),), WATCH, id="T10"),
        pytest.param((strained(62, "1111111"),), UNKNOWN, id="T11"),
        pytest.param((strained(0, "1100100", TODAY),), CRITICAL, id="T12"),
        pytest.param(
            (
                strained(0, "2212212"),
                strained(30, "1110001"),
                strained(60, "1110001"),
                strained(90, "1110000"),
            ),
            WATCH,
            id="T13",
        ),
    ],
)
def test_r20_follows_the_vectors(checkins: Any, level: Level) -> None:
    assert found("R20", checkins=checkins).level is level


@pytest.mark.parametrize(
    ("checkins", "level"),
    [
        ((strained(45, "2222222"),), WATCH),
        ((strained(46, "2222222"),), UNKNOWN),
        ((strained(5, "1---111"), strained(35, "4444444")), UNKNOWN),
        ((strained(5, "22--111"), strained(35, "1111111")), WATCH),
        ((strained(40, "1111111"), skipped(30), skipped(10)), UNKNOWN),
        ((strained(40, "1111111"), skipped(10)), OK),
        ((strained(40, "2222222"), skipped(30), skipped(10)), WATCH),
        ((strained(46, "2222222"), skipped(30), skipped(10)), UNKNOWN),
        ((strained(40, "1111111"), skipped(30), Checkin(due_on=ago(15))), UNKNOWN),
        ((strained(40, "1111111"), skipped(30), Checkin(due_on=ago(14))), OK),
        ((), UNKNOWN),
        ((skipped(5),), UNKNOWN),
    ],
)
def test_r20_reads_age_gaps_and_missed_check_ins(checkins: Any, level: Level) -> None:
    assert found("R20", checkins=checkins).level is level


@pytest.mark.parametrize(
    ("checkins", "talked", "level"),
    [
        ((strained(300, "1111111", TODAY),), None, CRITICAL),
        ((strained(10, "1111111", TODAY),), ago(11), CRITICAL),
        ((strained(10, "1111111", TODAY),), ago(10), OK),
        ((strained(10, "1111111", TODAY),), ago(2), OK),
        ((strained(5, "1111111"), strained(10, "1111111", TODAY)), None, OK),
        ((strained(10, "1111111", ContactRequest.THIS_WEEK),), None, OK),
        ((strained(10, "-------", TODAY),), None, CRITICAL),
    ],
)
def test_r20_keeps_a_wish_for_contact_until_it_is_answered(checkins: Any, talked: Any, level: Level) -> None:
    assert found("R20", checkins=checkins, last_talk_on=talked).level is level


@pytest.mark.parametrize(
    ("changes", "clear"),
    [
        ({"has_action": True}, True),
        ({"has_action": False}, False),
        ({"has_action": True, "checkins": (a_checkin(0), a_checkin(30))}, True),
        ({"has_action": True, "checkins": (strained(0, "2222222"), a_checkin(30), a_checkin(60))}, False),
        ({"has_action": True, "checkins": (a_checkin(5),)}, False),
        ({"has_action": True, "checkins": (a_checkin(5), strained(35, "2222222"))}, False),
        ({"has_action": True, "checkins": (strained(5, "2222222"), a_checkin(35))}, False),
        ({"has_action": True, "checkins": (a_checkin(5), strained(35, "1---1--"))}, False),
        ({"has_action": True, "checkins": (a_checkin(5), skipped(20), a_checkin(35))}, True),
    ],
)
def test_r20_clears_after_two_good_check_ins_and_an_action(changes: Any, clear: bool) -> None:
    assert cleared("R20", **changes) is clear


def badness(level: Level) -> int:
    return POSITIVE.index(level) + 1 if level.is_positive else 0


seven = st.lists(st.integers(0, 4), min_size=7, max_size=7)


@given(
    now=seven,
    item=st.integers(0, 6),
    earlier=st.lists(seven, max_size=3),
)
def test_more_strain_never_lowers_the_level(now: list[int], item: int, earlier: list[list[int]]) -> None:
    more = [min(4, value + (n == item)) for n, value in enumerate(now)]
    past = [strained(30 * (i + 1), "".join(map(str, values))) for i, values in enumerate(earlier)]

    def level_of(values: list[int]) -> Level:
        return found("R20", checkins=(strained(1, "".join(map(str, values))), *past)).level

    assert badness(level_of(more)) >= badness(level_of(now))


def test_r20_is_for_the_supervisor_and_the_volunteer_alone() -> None:
    assert not found("R20", checkins=(strained(0, "4444444"),)).objective().parts
