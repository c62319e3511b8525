"""When a check-in is due, and what may be sent."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerlink.errors import Refused
from peerlink.features.wellbeing.rules import (
    CheckinDraft,
    check_draft,
    check_skip,
    has_expired,
    next_due,
    results,
)
from peerlink.framework.levels import Level
from peerlink.framework.parameters import Limits
from peerlink.framework.vocabularies import ContactRequest, Growth
from peerlink.instruments.checkin import Answers
from peerlink.instruments.strain import Checkin

DAY = dt.date(2026, 5, 4)


def test_the_first_is_due_four_weeks_after_the_first_match() -> None:
    assert next_due(None, DAY, Limits()) == DAY + dt.timedelta(days=28)


def test_nobody_without_a_match_is_asked() -> None:
    assert next_due(None, None, Limits()) is None


def test_the_next_is_due_a_month_after_the_last() -> None:
    assert next_due(DAY, DAY, Limits()) == DAY + dt.timedelta(days=30)


FORTNIGHTLY = Limits({"checkin.interval_new_days": 14})


@pytest.mark.parametrize(("after", "days"), [(28, 14), (89, 14), (90, 30), (400, 30)])
def test_newcomers_may_be_asked_every_fortnight_for_their_first_ninety_days(after: int, days: int) -> None:
    last = DAY + dt.timedelta(days=after)
    assert next_due(last, DAY, FORTNIGHTLY) == last + dt.timedelta(days=days)
    assert next_due(last, DAY, Limits()) == last + dt.timedelta(days=30)
    assert next_due(last, None, FORTNIGHTLY) == last + dt.timedelta(days=30)


def test_nobody_is_asked_twice_on_one_day() -> None:
    assert next_due(DAY, None, Limits({"checkin.interval_days": 0})) == DAY + dt.timedelta(days=1)


@pytest.mark.parametrize("reason", [None, "", "away", "too_much"])
def test_a_check_in_is_left_out_with_a_reason_or_without(reason: str | None) -> None:
    check_skip(reason, None)


@pytest.mark.parametrize(("reason", "words"), [("lazy", None), ("other", "x" * 201)])
def test_a_reason_is_one_of_the_list_and_its_words_are_few(reason: str, words: str | None) -> None:
    with pytest.raises(Refused):
        check_skip(reason, words)


def test_it_waits_fourteen_days_and_not_fifteen() -> None:
    assert not has_expired(DAY, DAY + dt.timedelta(days=14), Limits())
    assert has_expired(DAY, DAY + dt.timedelta(days=15), Limits())


def test_nothing_said_is_no_check_in() -> None:
    with pytest.raises(Refused):
        check_draft(CheckinDraft(answers={}))
    check_draft(CheckinDraft(answers={}, request=ContactRequest.TODAY))


@pytest.mark.parametrize("answers", [{"v15": 1}, {"v1": 5}, {"v1": -1}])
def test_an_answer_is_one_of_five_to_one_of_fourteen(answers: dict[str, int]) -> None:
    with pytest.raises(Refused):
        check_draft(CheckinDraft(answers=answers))


def test_growth_needs_something_that_grew() -> None:
    with pytest.raises(Refused):
        check_draft(CheckinDraft(answers={"v9": 1}, grew=(Growth.NEW_SKILLS,)))
    check_draft(CheckinDraft(answers={"v9": 2}, grew=(Growth.NEW_SKILLS,)))


def test_each_result_is_what_stood_on_its_day() -> None:
    rows = [
        Checkin(
            due_on=DAY, answered_on=DAY, answers=Answers.of(dict.fromkeys([f"v{n}" for n in range(1, 8)], 2))
        ),
        Checkin(
            due_on=DAY + dt.timedelta(days=30),
            answered_on=DAY + dt.timedelta(days=30),
            answers=Answers.of(dict.fromkeys([f"v{n}" for n in range(1, 8)], 3)),
        ),
    ]
    first, second = results(rows, Limits())
    assert (first.strain, first.level, first.change) == (50, Level.WATCH, None)
    assert (second.strain, second.level) == (75, Level.CRITICAL)
    assert second.change is not None
    assert second.change.difference == 25


def scored(*values: int) -> list[Checkin]:
    """Answer one check-in a month with these values to all seven."""
    return [
        Checkin(
            due_on=DAY + dt.timedelta(days=30 * n),
            answered_on=DAY + dt.timedelta(days=30 * n),
            answers=Answers.of({f"v{item}": value for item in range(1, 8)}),
        )
        for n, value in enumerate(values)
    ]


def test_a_clear_change_is_told_both_ways() -> None:
    lighter, heavier = results(scored(4, 4, 2), Limits())[-1], results(scored(1, 1, 3), Limits())[-1]
    assert (lighter.is_lighter, lighter.is_heavier, lighter.usual) == (True, False, 100)
    assert (heavier.is_lighter, heavier.is_heavier, heavier.usual) == (False, True, 25)


@given(st.lists(st.integers(0, 4), min_size=2, max_size=5))
def test_lighter_and_heavier_are_mirror_images(values: list[int]) -> None:
    one, mirrored = (results(scored(*run), Limits())[-1] for run in (values, [4 - value for value in values]))
    assert (one.is_lighter, one.is_heavier) == (mirrored.is_heavier, mirrored.is_lighter)


@given(
    st.lists(st.dictionaries(st.sampled_from([f"v{n}" for n in range(1, 15)]), st.integers(0, 4)), max_size=6)
)
def test_every_answered_check_in_has_one_result(given_answers: list[dict[str, int]]) -> None:
    rows = [
        Checkin(
            due_on=DAY + dt.timedelta(days=30 * n),
            answered_on=DAY + dt.timedelta(days=30 * n),
            answers=Answers.of(dict(one)),
        )
        for n, one in enumerate(given_answers)
    ]
    scored = results(rows[::-1], Limits())
    assert [one.on for one in scored] == [row.answered_on for row in rows]
    assert all(one.strain is None or 0 <= one.strain <= 100 for one in scored)
