"""Amounts are whole thousandths: read as people type them, never guessed, never a float."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerlink.errors import Refused
from peerlink.framework.money import MOST, as_decimal, digits_of, read_amount, written


@pytest.mark.parametrize(
    ("typed", "currency", "amount"),
    [
        ("12.50", "GBP", 12_500),
        ("12,5", "EUR", 12_500),
        (" 60 ", None, 60_000),
        ("£1,234.50", "GBP", 1_234_500),
        ("1.234,50", "EUR", 1_234_500),
        ("1 234.5", None, 1_234_500),
        ("R 60", "ZAR", 60_000),
        ("GBP 60", "GBP", 60_000),
        ("60 USD", "USD", 60_000),
        ("5000", "UGX", 5_000_000),
        ("5000.00", "UGX", 5_000_000),
        ("1,234,567", "GBP", 1_234_567_000),
        ("1.234", "KWD", 1_234),
        ("5,000", "UGX", 5_000_000),
        ("0.01", "GBP", 10),
    ],
)
def test_an_amount_is_read_as_people_type_it(typed: str, currency: str | None, amount: int) -> None:
    assert read_amount(typed, currency) == amount


@pytest.mark.parametrize(
    ("typed", "currency", "says"),
    [
        ("", "GBP", "such as 12.50"),
        ("a lot", "GBP", "such as 12.50"),
        ("-5", "GBP", "such as 12.50"),
        ("12.", "GBP", "such as 12.50"),
        ("1,23,456", "GBP", "such as 12.50"),
        ("1.5,3", "GBP", "such as 12.50"),
        ("1e3", "GBP", "such as 12.50"),
        ("=1+1", "GBP", "such as 12.50"),
        ("1,234", "GBP", "Type 1234 or 1.23"),
        ("60.5", "UGX", "UGX has no smaller coin"),
        ("9999999999", "GBP", "more than can be right"),
    ],
)
def test_what_could_be_read_in_two_ways_or_none_is_refused(typed: str, currency: str, says: str) -> None:
    with pytest.raises(Refused, match=says):
        read_amount(typed, currency)


def test_only_where_it_may_be_an_amount_is_less_than_nothing() -> None:
    assert read_amount("-1,234.50", "GBP", signed=True) == -1_234_500


@given(st.integers(0, MOST // 10), st.sampled_from(["GBP", "UGX", "KWD", None]))
def test_what_is_written_is_read_again(n: int, currency: str | None) -> None:
    amount = n * 10 ** (3 - digits_of(currency))
    if amount <= MOST:
        assert read_amount(f"{as_decimal(amount):,.{digits_of(currency)}f}", currency) == amount
        assert as_decimal(amount) == as_decimal(1000) * amount / 1000
        assert written(amount, currency).partition(".")[0].isdecimal()
