"""R28 and R63: what check-ins say of the whole programme, in counts of eight and more."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerlink.features.indicators.facts import Answered, answered_by
from peerlink.features.risks.rulebook import Subject
from peerlink.framework.levels import Level
from peerlink.framework.parameters import Limits
from peerlink.instruments.strain import Checkin
from tests.features.risks.people import D, a_checkin, cleared, found

OK, WATCH, ALERT, CRITICAL = Level.OK, Level.WATCH, Level.ALERT, Level.CRITICAL
UNKNOWN = Level.UNKNOWN
STRAINED = {f"v{n}": 2 for n in range(1, 8)}
"""A strain of 50, not a point more."""
NEARLY = STRAINED | {"v7": 1}


def somebody(*checkins: Checkin) -> Answered:
    return answered_by(D, checkins)


def programme(n: int, of: int, serving: int | None = None, **said: int | None) -> dict[str, Any]:
    """Let so many of those who answered say this, and the rest be fine."""
    answered = [somebody(a_checkin(5, **said))] * n + [somebody(a_checkin(5))] * (of - n)
    return {"answered": tuple(answered), "n_serving": of if serving is None else serving}


def strain_level(**changes: Any) -> Level:
    return found("R28", Subject.PROGRAMME, **changes).level


def fairness_level(**changes: Any) -> Level:
    return found("R63", Subject.PROGRAMME, **changes).level


@pytest.mark.parametrize(
    ("n", "of", "level"),
    [
        (0, 8, OK),
        (1, 8, OK),
        (2, 8, WATCH),
        (2, 9, OK),
        (4, 12, WATCH),
        (7, 20, ALERT),
        (3, 8, ALERT),
        (4, 8, CRITICAL),
        (5, 11, ALERT),
        (8, 8, CRITICAL),
    ],
)
def test_r28_holds_the_strained_against_those_who_answered(n: int, of: int, level: Level) -> None:
    assert strain_level(**programme(n, of, **STRAINED)) is level


@pytest.mark.parametrize(
    ("of", "serving", "level"),
    [(7, 7, UNKNOWN), (8, 8, OK), (8, 16, OK), (8, 17, UNKNOWN), (0, 0, UNKNOWN), (20, 41, UNKNOWN)],
)
def test_r28_needs_eight_and_half_of_all(of: int, serving: int, level: Level) -> None:
    assert strain_level(**programme(0, of, serving)) is level


def test_r28_counts_from_fifty_on() -> None:
    assert strain_level(**programme(8, 8, **STRAINED)) is CRITICAL
    assert strain_level(**programme(8, 8, **NEARLY)) is OK


@pytest.mark.parametrize(("age", "level"), [(45, CRITICAL), (46, UNKNOWN)])
def test_r28_counts_a_check_in_for_45_days(age: int, level: Level) -> None:
    answered = tuple([somebody(a_checkin(age, **STRAINED))] * 8)
    assert strain_level(answered=answered, n_serving=8) is level


def test_r28_reads_the_latest_check_in_only() -> None:
    gaps = {f"v{n}": None for n in (1, 2, 3)}
    answered = tuple([somebody(a_checkin(5, **gaps), a_checkin(35, **STRAINED))] * 8)
    assert strain_level(answered=answered, n_serving=8) is UNKNOWN
    eased = tuple([somebody(a_checkin(5), a_checkin(35, **STRAINED))] * 8)
    assert strain_level(answered=eased, n_serving=8) is OK


def test_r28_takes_five_of_seven_answers() -> None:
    five = STRAINED | {"v6": None, "v7": None}
    assert strain_level(**programme(8, 8, **five)) is CRITICAL
    assert strain_level(**programme(8, 8, **five | {"v5": None})) is UNKNOWN


@pytest.mark.parametrize(
    ("n", "of", "level"),
    [(1, 8, OK), (1, 6, UNKNOWN), (2, 10, WATCH), (2, 11, OK), (3, 9, WATCH), (7, 20, ALERT), (8, 8, ALERT)],
)
def test_r63_holds_those_who_feel_unfairly_treated_against_those_who_said(
    n: int, of: int, level: Level
) -> None:
    assert fairness_level(**programme(n, of, v13=1)) is level


def test_r63_reads_the_latest_check_in_that_says_it() -> None:
    answered = tuple([somebody(a_checkin(5, v13=None), a_checkin(35, v13=0))] * 8)
    assert fairness_level(answered=answered, n_serving=40) is ALERT
    answered = tuple([somebody(a_checkin(5, v13=2), a_checkin(35, v13=0))] * 8)
    assert fairness_level(answered=answered, n_serving=40) is OK
    answered = tuple([somebody(a_checkin(5, v13=None), a_checkin(46, v13=0))] * 8)
    assert fairness_level(answered=answered, n_serving=40) is UNKNOWN


@pytest.mark.parametrize("rule", ["R28", "R63"])
@pytest.mark.parametrize(
    ("months", "clear"),
    [((OK, OK), True), ((OK, OK, ALERT), True), ((OK, WATCH), False), ((OK, UNKNOWN), False), ((OK,), False)],
)
def test_both_clear_after_two_months_below_watch(rule: str, months: Any, clear: bool) -> None:
    for level in (WATCH, ALERT):
        assert cleared(rule, Subject.PROGRAMME, level=level, months=months) is clear


def test_both_say_counts_with_their_interval_and_nothing_else() -> None:
    told = found("R28", Subject.PROGRAMME, **programme(4, 10, **STRAINED))
    assert told.because == "Volunteers with much strain: 4 of 10 who answered (40%, likely 17-69%)."
    told = found("R63", Subject.PROGRAMME, **programme(4, 10, v13=0))
    assert told.because == "What comes back feels unfair to 4 of 10 who said (40%, likely 17-69%)."
    for rule in ("R28", "R63"):
        few = found(rule, Subject.PROGRAMME, **programme(7, 7, v13=0, **STRAINED))
        assert few.level is UNKNOWN
        assert [(one.name, one.value) for one in few.evidence] == [("responders", 7)]


def test_no_programme_can_ask_to_be_told_of_fewer_than_five() -> None:
    tiny = Limits({"R28.min_responders": 1, "R63.min_responders": 1})
    few = programme(4, 4, v13=0, **STRAINED)
    for rule in ("R28", "R63"):
        assert found(rule, Subject.PROGRAMME, tiny, **few).level is UNKNOWN
        assert found(rule, Subject.PROGRAMME, tiny, **programme(5, 5, v13=0, **STRAINED)).level.is_positive


@given(st.integers(8, 60).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_the_share_is_never_rounded_before_its_line(counted: tuple[int, int]) -> None:
    n, of = counted
    reached = sum(whole * n >= part * of for part, whole in ((1, 4), (7, 20), (1, 2)))
    assert strain_level(**programme(n, of, **STRAINED)) is (OK, WATCH, ALERT, CRITICAL)[reached]
