"""What may be said and planned, and what a month shows of what people said."""

import datetime as dt
import uuid

import pytest

from peerlink.errors import Refused
from peerlink.features.recognition.rules import (
    EventDraft,
    check_event,
    check_taking,
    check_words,
    month_before,
    next_month,
    themes_said,
)
from peerlink.framework.care_words import TeamEventKind

D = dt.date(2026, 6, 30)


def days(n: int) -> dt.date:
    return D + dt.timedelta(days=n)


@pytest.mark.parametrize("words", ["", "  \n ", "x" * 501])
def test_thanks_say_something_and_fit_a_card(words: str) -> None:
    with pytest.raises(Refused):
        check_words(words)
    assert check_words("  " + "x" * 500) == "x" * 500


def a_day(day: dt.date = D, title: str = "Tea", hour: str | None = None) -> EventDraft:
    return EventDraft(day=day, kind=TeamEventKind.GATHERING, title=title, hour=hour)


@pytest.mark.parametrize(
    "draft",
    [a_day(days(367)), a_day(days(-91)), a_day(title=" "), a_day(title="x" * 81), a_day(hour="24:00")],
)
def test_a_team_day_that_cannot_be_meant_is_refused(draft: EventDraft) -> None:
    with pytest.raises(Refused):
        check_event(draft, D)


@pytest.mark.parametrize("draft", [a_day(days(366)), a_day(days(-90)), a_day(hour="23:59"), a_day()])
def test_a_team_day_within_reach_is_kept(draft: EventDraft) -> None:
    check_event(draft, D)


def test_who_came_is_known_from_the_day_on_and_never_of_what_was_called_off() -> None:
    check_taking(D, None, D)
    for day, off in ((days(1), None), (D, D)):
        with pytest.raises(Refused):
            check_taking(day, off, D)


def said_by(n: int) -> dict[uuid.UUID, list[str]]:
    return {uuid.UUID(int=one): ["sleep", "less alone"] for one in range(1, n + 1)}


def test_what_changed_is_told_only_when_five_different_people_answered() -> None:
    assert themes_said(said_by(4), 5) == ()
    assert themes_said(said_by(5), 5) == ("less alone", "sleep")


def test_one_person_who_says_much_does_not_count_as_many() -> None:
    assert themes_said({uuid.UUID(int=1): ["a", "b", "c", "d", "e"]}, 5) == ()


def test_months_follow_each_other() -> None:
    assert next_month(dt.date(2026, 12, 1)) == dt.date(2027, 1, 1)
    assert next_month(dt.date(2026, 1, 1)) == dt.date(2026, 2, 1)
    assert month_before(dt.date(2026, 1, 1)) == dt.date(2025, 12, 1)
