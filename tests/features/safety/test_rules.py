"""Due times to the minute, what a plan and a visit need."""

import datetime as dt
from typing import Any

import pytest

from peerlink.errors import Refused
from peerlink.features.safety import rules
from peerlink.features.safety.rules import CrisisNumber, Hours, PlanDraft, VisitDraft
from peerlink.framework.parameters import Limits
from peerlink.framework.safety_words import VisitPlace
from tests.features.safety.happenings import DAY, HOUR, MINUTE, MONDAY_TEN, PLAN
from tests.support import cast

NINE_TO_FIVE = Hours(frozenset(range(5)), dt.time(9), dt.time(17))
LONDON = "Europe/London"


@pytest.mark.parametrize(
    ("at", "due"),
    [
        (MONDAY_TEN, MONDAY_TEN + HOUR),
        (MONDAY_TEN - HOUR, MONDAY_TEN),  # nine sharp: open
        (MONDAY_TEN - HOUR - MINUTE, MONDAY_TEN - HOUR),  # a minute before: when it opens
        (
            MONDAY_TEN + 7 * HOUR - MINUTE,
            MONDAY_TEN + 8 * HOUR - MINUTE,
        ),  # a minute before five: an hour still
        (MONDAY_TEN + 7 * HOUR, MONDAY_TEN + DAY - HOUR),  # five sharp: closed
        (MONDAY_TEN + 4 * DAY + 8 * HOUR, MONDAY_TEN + 7 * DAY - HOUR),  # Friday evening to Monday
        (MONDAY_TEN + 5 * DAY, MONDAY_TEN + 7 * DAY - HOUR),
    ],
)
def test_a_call_is_due_within_the_hour_or_when_the_programme_opens(at: dt.datetime, due: dt.datetime) -> None:
    assert rules.call_due(at, NINE_TO_FIVE, LONDON, Limits()) == due
    assert rules.call_due(at, None, LONDON, Limits()) == at + HOUR


@pytest.mark.parametrize(
    ("late", "stage"),
    [(-MINUTE, 0), (0 * MINUTE, 1), (59 * MINUTE, 1), (60 * MINUTE, 2), (9 * DAY, 2)],
)
def test_a_call_nobody_took_goes_to_a_deputy_then_to_the_manager(late: dt.timedelta, stage: int) -> None:
    assert rules.passed_stage(MONDAY_TEN, None, MONDAY_TEN + late, Limits()) == stage
    assert rules.passed_stage(MONDAY_TEN, MONDAY_TEN, MONDAY_TEN + late, Limits()) == 0


@pytest.mark.parametrize(
    ("late", "stage"),
    [(-1, 0), (0, 0), (29, 0), (30, 1), (44, 1), (45, 2), (59, 2), (60, 3), (999, 3)],
)
def test_a_visit_is_late_at_thirty_forty_five_and_sixty_minutes(late: int, stage: int) -> None:
    assert rules.late_stage(MONDAY_TEN, MONDAY_TEN + late * MINUTE, Limits()) == stage
    if stage < 3:
        almost = late * MINUTE + dt.timedelta(seconds=59)
        assert rules.late_stage(MONDAY_TEN, MONDAY_TEN + almost, Limits()) == stage


HOME = {"where": VisitPlace.HOME, "risk_note": "Two dogs; I ring first.", "place_id": None}


@pytest.mark.parametrize(
    ("said", "first", "says"),
    [
        ({}, True, None),
        (HOME, True, "first time in an approved place"),
        (HOME, False, None),
        (HOME | {"risk_note": " "}, False, "could go wrong"),
        (
            {"where": VisitPlace.ELSEWHERE, "where_words": "Park gate"},
            True,
            "first time in an approved place",
        ),
        ({"where": VisitPlace.ELSEWHERE, "where_words": "Park gate"}, False, None),
        ({"where": VisitPlace.ELSEWHERE}, False, "Say where"),
        ({"place_id": None}, False, "Choose the place"),
        ({"minutes": 4}, False, "back"),
        ({"minutes": 5}, False, None),
        ({"minutes": 720}, False, None),
        ({"minutes": 721}, False, "back"),
        (HOME | {"risk_note": "x" * 2001}, False, "below"),
    ],
)
def test_what_a_visit_needs_before_it_begins(said: dict[str, Any], first: bool, says: str | None) -> None:
    whole: dict[str, Any] = {"minutes": 60, "where": VisitPlace.PLACE, "place_id": cast.PLACE_ID}
    draft = VisitDraft(**(whole | said))
    if says is None:
        rules.check_visit(draft, first=first)
    else:
        with pytest.raises(Refused, match=says):
            rules.check_visit(draft, first=first)


@pytest.mark.parametrize(
    "said",
    [
        {"numbers": (CrisisNumber(name=" ", number="116 123"),)},
        {"numbers": (CrisisNumber(name="Night line", number="ask Grace"),)},
        {"duty_phone": "none"},
        {"days": ("monday",)},
        {"opens": None},
        {"closes": dt.time(9)},
        {"path": "x" * 2001},
    ],
)
def test_a_plan_nobody_could_follow_is_refused(said: dict[str, Any]) -> None:
    rules.check_plan(PlanDraft(**PLAN))
    rules.check_plan(PlanDraft())
    with pytest.raises(Refused):
        rules.check_plan(PlanDraft(**(PLAN | said)))


@pytest.mark.parametrize("number", ["112", "116 123", "+44 7700 900555", "(020) 7946-0000"])
def test_a_number_that_can_be_called_is_taken(number: str) -> None:
    rules.check_plan(PlanDraft(numbers=(CrisisNumber(name="Line", number=number),)))


def test_a_turn_ends_after_it_begins() -> None:
    today = MONDAY_TEN.date()
    rules.check_turn(today, today, 6)
    for until, weekday in ((today - DAY, None), (today, 7), (today, -1)):
        with pytest.raises(Refused):
            rules.check_turn(today, until, weekday)
