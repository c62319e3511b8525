"""R70: feeling unprepared, one by one and across the programme."""

from typing import Any

import pytest

from peerlink.features.indicators.facts import answered_by
from peerlink.features.risks.rulebook import Subject
from peerlink.framework.levels import Level
from tests.features.risks.people import D, a_checkin, answered, cleared, found

OK, WATCH, ALERT, UNKNOWN = Level.OK, Level.WATCH, Level.ALERT, Level.UNKNOWN


@pytest.mark.parametrize(
    ("values", "level"),
    [
        ((2, 0), OK),
        ((1,), WATCH),
        ((1, 2), WATCH),
        ((1, 2, 1), WATCH),
        ((0, 1), ALERT),
        ((1, None, 1), ALERT),
        ((None, 1, 1), ALERT),
        ((None,), UNKNOWN),
    ],
)
def test_r70_reads_the_latest_and_the_one_before(values: tuple[int | None, ...], level: Level) -> None:
    assert found("R70", checkins=answered(12, *values)).level is level


@pytest.mark.parametrize(("age", "level"), [(45, ALERT), (46, UNKNOWN)])
def test_r70_reads_answers_of_45_days(age: int, level: Level) -> None:
    assert found("R70", checkins=answered(12, 1, 1, age=age)).level is level


def test_r70_tells_a_coordinator_nothing_of_what_a_check_in_said() -> None:
    finding = found("R70", checkins=answered(12, 0, 0)).objective()
    assert (finding.parts, finding.evidence) == ((), ())


@pytest.mark.parametrize(
    ("values", "clear"), [((2, 2), True), ((3, 1), False), ((2,), False), ((1, 2), False)]
)
def test_r70_clears_when_prepared_twice(values: tuple[int, ...], clear: bool) -> None:
    assert cleared("R70", checkins=answered(12, *values)) is clear


def programme(n: int, of: int, **changes: Any) -> Level:
    low, fine = (answered_by(D, [a_checkin(5, v12=value)]) for value in (1, 2))
    return found(
        "R70", Subject.PROGRAMME, answered=(low,) * n + (fine,) * (of - n), n_serving=of, **changes
    ).level


@pytest.mark.parametrize(
    ("n", "of", "level"),
    [(0, 8, OK), (1, 8, OK), (2, 8, ALERT), (2, 9, OK), (5, 20, ALERT), (4, 7, UNKNOWN), (0, 0, UNKNOWN)],
)
def test_r70_holds_the_unprepared_against_those_who_said(n: int, of: int, level: Level) -> None:
    assert programme(n, of) is level


@pytest.mark.parametrize(
    ("n_active", "minutes", "level"),
    [
        (8, 8 * 240, OK),
        (8, 8 * 240 - 1, WATCH),
        (20, 0, WATCH),
        (7, 0, UNKNOWN),
        (4, 0, UNKNOWN),
        (0, 0, UNKNOWN),
    ],
)
def test_r70_wants_four_hours_a_year_for_each_active_volunteer(
    n_active: int, minutes: int, level: Level
) -> None:
    assert programme(0, 8, n_active=n_active, minutes_learned_365=minutes) is level


def test_r70_of_the_programme_shows_what_is_known_beside_what_is_not() -> None:
    assert programme(0, 3, minutes_learned_365=0) is WATCH
    assert programme(2, 8, n_active=7) is ALERT
    assert programme(0, 8, n_active=7) is UNKNOWN


def test_r70_of_the_programme_says_how_sure_the_share_is() -> None:
    low, fine = (answered_by(D, [a_checkin(5, v12=value)]) for value in (1, 2))
    finding = found("R70", Subject.PROGRAMME, answered=(low,) * 2 + (fine,) * 6)
    assert finding.because == "Felt unprepared: 2 of 8 who said (25%, likely 7-59%)."


def test_r70_counts_no_answer_that_is_too_old() -> None:
    old = answered_by(D, [a_checkin(46, v12=0)])
    assert found("R70", Subject.PROGRAMME, answered=(old,) * 20).level is UNKNOWN


@pytest.mark.parametrize(
    ("months", "clear"), [((OK, OK), True), ((OK, WATCH), False), ((OK,), False), ((UNKNOWN, OK), False)]
)
def test_r70_of_the_programme_clears_after_two_good_months(months: tuple[Level, ...], clear: bool) -> None:
    assert cleared("R70", Subject.PROGRAMME, months=months) is clear
