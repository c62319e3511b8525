"""R26: whether somebody is there for the volunteer."""

from typing import Any

import pytest

from peerlink.features.indicators.facts import Debrief, HeavyContact
from peerlink.framework.levels import Level
from tests.features.risks.people import ago, answered, cleared, found

OK, WATCH, ALERT, CRITICAL = Level.OK, Level.WATCH, Level.ALERT, Level.CRITICAL
UNKNOWN = Level.UNKNOWN
HARD, OTHER = b"hard", b"other"


def heavy(days: int, *, critical: bool = False) -> HeavyContact:
    return HeavyContact(contact=HARD, held_on=ago(days), is_critical=critical)


def talk(days: int, about: bytes | None = None) -> Debrief:
    return Debrief(held_on=ago(days), about_contact=about)


@pytest.mark.parametrize(
    ("values", "level"),
    [
        ((2,), OK),
        ((1,), WATCH),
        ((1, 2, 1), WATCH),
        ((1, 1), ALERT),
        ((2, 1, 1), OK),
        ((None, 1, 1), ALERT),
        ((None,), UNKNOWN),
        ((), UNKNOWN),
    ],
)
def test_r26_reads_backing_and_takes_twice_as_the_last_two(values: Any, level: Level) -> None:
    assert found("R26", checkins=answered(11, *values)).level is level


@pytest.mark.parametrize(("age", "level"), [(45, ALERT), (46, UNKNOWN)])
def test_r26_counts_an_answer_for_45_days(age: int, level: Level) -> None:
    assert found("R26", checkins=answered(11, 1, 1, age=age)).level is level


@pytest.mark.parametrize(
    ("changes", "level"),
    [
        ({"last_one_to_one_on": ago(42)}, OK),
        ({"last_one_to_one_on": ago(43)}, WATCH),
        ({"last_one_to_one_on": ago(60)}, WATCH),
        ({"last_one_to_one_on": ago(61)}, ALERT),
        ({"last_one_to_one_on": ago(61), "checkins": ()}, ALERT),
        ({"joined_on": ago(89), "last_one_to_one_on": ago(14)}, OK),
        ({"joined_on": ago(89), "last_one_to_one_on": ago(15)}, WATCH),
        ({"joined_on": ago(90), "last_one_to_one_on": ago(15)}, OK),
        ({"joined_on": ago(14), "last_one_to_one_on": None}, OK),
        ({"joined_on": ago(15), "last_one_to_one_on": None}, WATCH),
        ({"joined_on": ago(61), "last_one_to_one_on": None}, ALERT),
        ({"joined_on": None, "last_one_to_one_on": ago(43)}, WATCH),
        ({"joined_on": None, "last_one_to_one_on": None}, UNKNOWN),
    ],
)
def test_r26_sees_overdue_supervision(changes: Any, level: Level) -> None:
    assert found("R26", **changes).level is level


@pytest.mark.parametrize(
    ("contact", "talks", "level"),
    [
        (heavy(3, critical=True), (), OK),
        (heavy(4), (), ALERT),
        (heavy(4, critical=True), (), CRITICAL),
        (heavy(4, critical=True), (talk(4),), OK),
        (heavy(4, critical=True), (talk(5),), CRITICAL),
        (heavy(4, critical=True), (talk(0),), OK),
        (heavy(4, critical=True), (talk(2, HARD),), OK),
        (heavy(4, critical=True), (talk(2, OTHER),), CRITICAL),
        (heavy(4), (talk(2, OTHER),), ALERT),
    ],
)
def test_r26_asks_for_a_debrief_within_three_days(contact: HeavyContact, talks: Any, level: Level) -> None:
    assert found("R26", heavy_90=(contact,), debriefs_90=talks).level is level


def test_r26_a_debrief_about_one_contact_leaves_the_others_open() -> None:
    contacts = (heavy(10), HeavyContact(contact=OTHER, held_on=ago(9), is_critical=True))
    assert found("R26", heavy_90=contacts, debriefs_90=(talk(8, HARD),)).level is CRITICAL
    assert found("R26", heavy_90=contacts, debriefs_90=(talk(8, OTHER),)).level is ALERT


@pytest.mark.parametrize(
    ("changes", "clear"),
    [
        ({"debriefs_90": (talk(60),), "checkins": answered(11, 2)}, True),
        ({"debriefs_90": (talk(61),), "checkins": answered(11, 2)}, False),
        ({"debriefs_90": (talk(60),), "checkins": answered(11, 1)}, False),
        ({"debriefs_90": (talk(60),), "checkins": ()}, False),
    ],
)
def test_r26_clears_with_a_session_and_backing(changes: Any, clear: bool) -> None:
    assert cleared("R26", **changes) is clear
