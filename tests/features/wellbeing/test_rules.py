"""When a check-in is due, and what may be sent."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerlink.errors import Refused
from peerlink.features.wellbeing.rules import CheckinDraft, check_draft, has_expired, next_due, results
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
