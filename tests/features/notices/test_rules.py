"""What a message says, when it comes, and which ways are refused."""

import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerlink.errors import Refused
from peerlink.events import Wording
from peerlink.features.notices.rules import (
    SAYS,
    MailDraft,
    ReachDraft,
    check_mail,
    check_reach,
    comes_at,
    is_wanted,
    occasion_of,
    pause_after,
    text_of,
)
from peerlink.framework.message_words import Security
from peerlink.framework.telling import tells

NOW, UPDATE = Wording.NOW, Wording.UPDATE
GOOD = MailDraft(
    host="mail.example.org",
    port=587,
    security=Security.STARTTLS,
    address="news@example.org",
    sender="Updates",
    site="https://links.example.org",
)


def at(hour: int, minute: int = 30) -> dt.datetime:
    return dt.datetime(2026, 6, 30, hour, minute, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("wording", "said"),
    [
        (Wording.UPDATE, "You have an update."),
        (Wording.FORM, "A short form waits."),
        (Wording.DATE, "A date draws near."),
        (Wording.NOW, "You are needed. Please sign in now."),
    ],
)
def test_a_message_says_one_sentence_and_where_to_sign_in(wording: Wording, said: str) -> None:
    assert text_of(wording, "https://links.example.org") == (
        said,
        f"{said}\n\nhttps://links.example.org/sign-in\n",
    )
    assert not tells(said)


def test_every_wording_has_its_words() -> None:
    assert set(SAYS) == set(Wording)


@pytest.mark.parametrize(
    ("hour", "comes"), [(20, at(20)), (21, at(8, 0) + dt.timedelta(days=1)), (3, at(8, 0)), (8, at(8))]
)
def test_what_can_wait_waits_for_the_morning(hour: int, comes: dt.datetime) -> None:
    assert comes_at(at(hour), UPDATE, 21, 8) == comes
    assert comes_at(at(hour), NOW, 21, 8) == at(hour)


@given(st.integers(0, 23), st.integers(0, 23), st.integers(0, 23), st.sampled_from(Wording))
def test_nothing_comes_before_its_moment_nor_more_than_a_day_later(
    hour: int, first: int, last: int, wording: Wording
) -> None:
    comes = comes_at(at(hour), wording, first, last)
    assert at(hour) <= comes < at(hour) + dt.timedelta(days=1)
    assert comes_at(comes, wording, first, last) == comes


def test_the_same_hour_twice_means_at_any_hour() -> None:
    assert all(comes_at(at(hour), UPDATE, 9, 9) == at(hour) for hour in range(24))


def test_whoever_is_on_duty_is_told_when_needed_whatever_they_chose() -> None:
    assert is_wanted(NOW, by_email=False, on_duty=True)
    assert not is_wanted(NOW, by_email=False, on_duty=False)
    assert not is_wanted(UPDATE, by_email=False, on_duty=True)
    assert is_wanted(UPDATE, by_email=True, on_duty=False)


def test_pauses_grow_and_end_at_twelve_hours() -> None:
    pauses = [pause_after(n) for n in range(10)]
    assert pauses == sorted(pauses)
    assert (pauses[1], pauses[-1]) == (dt.timedelta(minutes=1), dt.timedelta(hours=12))


def test_an_occasion_is_kept_as_something_nobody_reads() -> None:
    assert len(occasion_of("flag 1")) == 16
    assert occasion_of("flag 1") != occasion_of("flag 2")
    assert b"flag" not in occasion_of("flag 1")


def test_a_good_way_is_taken() -> None:
    check_mail(GOOD)
    check_mail(
        dataclasses.replace(GOOD, host="localhost", security=Security.NONE, site="http://localhost:8000")
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"sender": "HIV friends"},
        {"sender": "Positive Voices"},
        {"sender": " "},
        {"sender": "Updates\nBcc: all@example.org"},
        {"address": "news@hivcare.example"},
        {"address": "news@aids.example.org"},
        {"address": "news"},
        {"address": "news@example.org, other@example.org"},
        {"site": "https://plwh.example.org"},
        {"site": "http://links.example.org"},
        {"site": "links.example.org"},
        {"site": "https://links.example.org/sign-in"},
        {"site": "https://somebody@links.example.org"},
        {"host": ""},
        {"host": "mail example"},
        {"host": "m" * 81},
        {"port": 0},
        {"port": 65536},
        {"security": Security.NONE},
    ],
    ids=str,
)
def test_a_way_that_tells_or_does_not_hold_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(Refused):
        check_mail(dataclasses.replace(GOOD, **wrong))


@pytest.mark.parametrize("hours", [(-1, 8), (21, 24)])
def test_an_hour_is_one_of_the_day(hours: tuple[int, int]) -> None:
    with pytest.raises(Refused):
        check_reach(ReachDraft(True, *hours))
