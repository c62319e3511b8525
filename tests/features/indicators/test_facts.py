"""The days and values facts are made of."""

import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerlink.features.indicators import facts
from peerlink.features.indicators.facts import (
    Debrief,
    HeavyContact,
    HeldModule,
    ParticipantFacts,
    ProgrammeFacts,
    VolunteerFacts,
    same_day_of_the_months,
)

KINDS = [VolunteerFacts, ParticipantFacts, ProgrammeFacts, HeavyContact, Debrief, HeldModule]


def test_a_month_without_the_day_lends_its_last() -> None:
    assert same_day_of_the_months(dt.date(2024, 3, 31), 3) == (
        dt.date(2024, 3, 31),
        dt.date(2024, 2, 29),
        dt.date(2024, 1, 31),
    )
    assert same_day_of_the_months(dt.date(2026, 3, 30), 2)[1] == dt.date(2026, 2, 28)


def test_the_year_turns() -> None:
    assert same_day_of_the_months(dt.date(2026, 1, 15))[-1] == dt.date(2025, 2, 15)


@given(st.dates(dt.date(2001, 1, 1), dt.date(2100, 12, 31)))
def test_there_are_twelve_days_in_twelve_months_newest_first(on: dt.date) -> None:
    days = same_day_of_the_months(on)
    assert len({(day.year, day.month) for day in days}) == len(days) == 12
    assert days[0] == on
    assert list(days) == sorted(days, reverse=True)
    assert all(day.day <= on.day for day in days)


@pytest.mark.parametrize("kind", KINDS)
def test_facts_are_values(kind: type) -> None:
    assert kind.__dataclass_params__.frozen  # type: ignore[attr-defined]
    assert "__dict__" not in dir(kind)


@pytest.mark.parametrize("kind", KINDS)
def test_no_fact_is_left_to_chance(kind: type) -> None:
    assert all(field.default is dataclasses.MISSING for field in dataclasses.fields(kind))


def test_facts_know_no_table_and_no_clock() -> None:
    assert not {"sqlalchemy", "clock", "session"} & set(vars(facts))
