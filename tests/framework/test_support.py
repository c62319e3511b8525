"""A choice of support is kept in one number and comes back as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerlink.framework import tree
from peerlink.framework.node import Kind
from peerlink.framework.support import (
    BITS,
    SUBTYPES,
    SupportArea,
    areas,
    areas_of,
    code,
    codes,
    mask,
    subtypes,
)

CHOICES = st.sets(st.sampled_from(sorted(BITS)))


@given(CHOICES)
def test_codes_come_back_as_they_were_kept(chosen: set[str]) -> None:
    assert set(codes(mask(chosen))) == chosen


@given(st.integers(min_value=0, max_value=2**26 - 1))
def test_numbers_come_back_as_they_were_read(number: int) -> None:
    assert mask(codes(number)) == number


@given(CHOICES)
def test_an_area_is_touched_exactly_when_it_or_one_of_its_subtypes_is_chosen(chosen: set[str]) -> None:
    expected = {area for area in SupportArea if any(c.startswith(area.value) for c in chosen)}
    assert set(areas_of(mask(chosen))) == expected
    assert areas(mask(chosen)) == sum(1 << area.bit for area in expected)


@given(CHOICES, CHOICES)
def test_choices_add_up_bit_by_bit(one: set[str], other: set[str]) -> None:
    assert mask(one | other) == mask(one) | mask(other)


def test_every_bit_stays_where_it_was_first_put() -> None:
    assert list(BITS.values()) == list(range(26))
    assert BITS["support.informational.education"] == 0
    assert BITS["support.emotional.listening"] == 11
    assert BITS["support.appraisal.life_conflict_decision"] == 20
    assert BITS["support.informational"] == 21
    assert BITS["support.appraisal"] == 25
    assert [area.bit for area in SupportArea] == [0, 1, 2, 3, 4]


def test_the_subtypes_are_the_leaves_of_the_support_branch() -> None:
    leaves = {node.code for node in tree.leaves("support") if node.kind is Kind.LEAF}
    assert {subtype.code for subtype in SUBTYPES} == leaves
    assert sum(len(subtypes(area)) for area in SupportArea) == 21
    assert {area.value for area in SupportArea} == {node.code for node in tree.children("support")}


def test_the_buttons_have_a_short_label_and_an_icon() -> None:
    assert [(area.label, area.icon) for area in SupportArea] == [
        ("Facts", "info"),
        ("Practical", "practical"),
        ("Listening", "listen"),
        ("Linking", "connect"),
        ("Deciding", "decide"),
    ]


def test_a_last_part_is_enough() -> None:
    assert mask(["listening", "Emotional "]) == mask(["support.emotional.listening", "support.emotional"])
    assert code("reminder") == "support.instrumental.medical.reminder"


@pytest.mark.parametrize("wrong", ["support.emotional.listning", "lisstening"])
def test_an_unknown_code_names_the_nearest(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"did you mean '.*listening'"):
        mask([wrong])


@pytest.mark.parametrize("wrong", ["support", "support.appraisal.technique.information", ""])
def test_what_is_no_kind_of_support_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="not known"):
        mask([wrong])


@pytest.mark.parametrize("wrong", [-1, 1 << 26])
def test_a_number_that_keeps_no_support_is_refused(wrong: int) -> None:
    with pytest.raises(ValueError, match="keeps no support"):
        codes(wrong)
    with pytest.raises(ValueError, match="keeps no support"):
        areas(wrong)
