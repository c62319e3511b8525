"""What counts as an answer, and when a questionnaire is asked again."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerlink.errors import Refused
from peerlink.features.questionnaires.rules import (
    answer_of,
    check_complete,
    check_rhythm,
    is_due,
    typed_of,
    unanswered,
)
from peerlink.instruments.questionnaire import Item, Kind, Option

CHOICE = Item("c", Kind.CHOICE, "Which", options=(Option("a", "A", 0), Option("b", "B", 1)))
WHOLE = Item("i", Kind.INTEGER, "How often", lowest=0, highest=7)
NUMBER = Item("d", Kind.DECIMAL, "How much")
EVER = Item("b", Kind.BOOLEAN, "Ever")
WORDS = Item("t", Kind.TEXT, "More", required=True)
DAY = dt.date(2026, 5, 4)


@pytest.mark.parametrize(
    ("item", "typed", "answer"),
    [
        (CHOICE, "b", "b"),
        (CHOICE, "", None),
        (CHOICE, None, None),
        (WHOLE, " 7 ", 7),
        (WHOLE, "0", 0),
        (NUMBER, "1,5", 1.5),
        (NUMBER, "-2", -2),
        (EVER, "yes", True),
        (EVER, "no", False),
        (WORDS, " long day ", "long day"),
        (WORDS, "   ", None),
    ],
)
def test_what_is_typed_becomes_an_answer(item: Item, typed: str | None, answer: object) -> None:
    assert answer_of(item, typed) == answer


@pytest.mark.parametrize(
    ("item", "typed"),
    [
        (CHOICE, "c"),
        (WHOLE, "8"),
        (WHOLE, "-1"),
        (WHOLE, "1.5"),
        (WHOLE, "many"),
        (WHOLE, "nan"),
        (NUMBER, "inf"),
        (NUMBER, "1e300"),
        (EVER, "maybe"),
        (WORDS, "x" * 501),
    ],
)
def test_what_is_no_answer_is_refused_with_a_sentence(item: Item, typed: str) -> None:
    with pytest.raises(Refused, match=r"\."):
        answer_of(item, typed)


@given(st.sampled_from([CHOICE, WHOLE, NUMBER, EVER, WORDS]), st.text(max_size=20))
def test_whatever_is_typed_is_an_answer_or_refused(item: Item, typed: str) -> None:
    try:
        answer = answer_of(item, typed)
    except Refused:
        return
    assert answer is None or answer_of(item, typed_of(item, answer)) == answer


def test_nothing_said_is_not_sent() -> None:
    with pytest.raises(Refused, match="at least one"):
        check_complete([CHOICE, EVER], {})
    check_complete([CHOICE, EVER], {"b": False})


def test_what_the_form_must_have_is_asked_for() -> None:
    with pytest.raises(Refused, match="cannot do without: 1"):
        check_complete([CHOICE, WORDS], {"c": "a"})
    check_complete([CHOICE, WORDS], {"t": "x"})
    assert unanswered([CHOICE, WORDS, EVER], {"b": False}) == [CHOICE, WORDS]


@pytest.mark.parametrize(("days", "fine"), [(6, False), (7, True), (365, True), (366, False), (None, True)])
def test_a_rhythm_people_can_bear(days: int | None, fine: bool) -> None:
    if fine:
        check_rhythm(days)
    else:
        with pytest.raises(Refused):
            check_rhythm(days)


@pytest.mark.parametrize(("last", "due"), [(None, True), (29, False), (30, True)])
def test_somebody_is_asked_again_after_the_rhythm(last: int | None, due: bool) -> None:
    asked_on = None if last is None else DAY - dt.timedelta(days=last)
    assert is_due(asked_on, 30, DAY) is due
