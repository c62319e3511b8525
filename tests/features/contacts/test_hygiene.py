"""What a note must not hold is seen, and ordinary words are not taken for it."""

import pytest

from peerlink.features.contacts.hygiene import BIRTH, EMAIL, PHONE, RESULT, worries_in


@pytest.mark.parametrize(
    ("note", "worry"),
    [
        ("call +44 7700 900101", PHONE),
        ("her number is 0770 090 0101", PHONE),
        ("555-1234 in the evening", PHONE),
        ("(020) 7946 0018", PHONE),
        ("mail efe.o@example.org", EMAIL),
        ("result 1200 copies", RESULT),
        ("40,000 copies last time", RESULT),
        ("born 1990", BIRTH),
        ("12/05/1990", BIRTH),
        ("1990-05-12", BIRTH),
        ("dob 12.5.90", BIRTH),
    ],
)
def test_a_note_with_this_worries(note: str, worry: str) -> None:
    assert worry in worries_in(note)


@pytest.mark.parametrize(
    "note",
    [
        None,
        "",
        "Talked for 45 minutes about the new job.",
        "Met at 10:30, left at 11:15, next time Tuesday.",
        "3 things: form, bus ticket, 2 calls",
        "She was born to lead, we laughed.",
        "Goes up to floor 12, room 1405.",
        "Two copies of the form were signed.",
    ],
)
def test_ordinary_words_do_not_worry(note: str | None) -> None:
    assert worries_in(note) == ()


def test_a_note_can_worry_twice() -> None:
    assert worries_in("born 12/05/1990, 07700 900101") == (PHONE, BIRTH)
