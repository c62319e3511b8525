"""The same number or address, however it is typed, has the same fingerprint; nothing else has one."""

import hashlib
import hmac
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerlink.vault.fingerprint import is_phone, normalise, token


@pytest.mark.parametrize(
    "typed",
    [
        "+44 7700 900123",
        "0044 7700 900123",
        "07700 900123",
        "(07700) 900-123",
        "+44 (0) 7700 900123",
        "447700900123",
        "٠٧٧٠٠ ٩٠٠١٢٣",
        "０７７００ ９００１２３",
        "07700 900123 ext. 5",
    ],
)
def test_a_phone_number_is_the_same_however_it_is_typed(typed: str) -> None:
    assert normalise("phone", typed, "GB") == "447700900123"
    assert normalise("phone", typed, "gb") == "447700900123"


@pytest.mark.parametrize(
    ("typed", "region", "expected"),
    [
        ("0772 123456", "UG", "256772123456"),
        ("+256 772 123456", "", "256772123456"),
        ("0772 123456", "", "0772123456"),
        ("٠٧٧٢ ١٢٣٤٥٦", "", "0772123456"),
        ("0772 123456", "XX", "0772123456"),
        ("123", "UG", "123"),
        ("00", "UG", "00"),
        ("", "UG", None),
        ("call her", "UG", None),
    ],
)
def test_a_phone_number_nobody_can_place_falls_back_to_its_digits(
    typed: str, region: str, expected: str | None
) -> None:
    assert normalise("phone", typed, region) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("  Amina@Example.ORG\n", "amina@example.org"),
        ("ＡＭＩＮＡ@example.org", "amina@example.org"),
        ("Straße@example.org", "strasse@example.org"),
        ("amina.n+x@example.org", "amina.n+x@example.org"),
        ("   ", None),
    ],
)
def test_an_address_is_compared_without_case_and_margins(typed: str, expected: str | None) -> None:
    assert normalise("email", typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("+44 7700 900123", "447700900123"),
        ("0044 (7700) 900-123", "447700900123"),
        ("07700 900123", "07700900123"),
        ("1234", "1234"),
        ("12345 x", "12345 x"),
        ("07700@example.org", "07700@example.org"),
    ],
)
def test_a_phone_number_in_place_of_an_address_is_spelt_as_one(typed: str, expected: str) -> None:
    assert normalise("email", typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("+44 7700 900123", True),
        ("٠٧٧٠٠ ٩٠٠١٢٣", True),
        ("12345", True),
        ("1234", False),
        ("call my sister", False),
        ("12345 evenings", False),
        ("amina@example.org", False),
        ("", False),
    ],
)
def test_what_can_only_be_a_phone_number(typed: str, expected: bool) -> None:
    assert is_phone(typed) is expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("P00001", "P00001"),
        (" p-00.001 ", "P00001"),
        ("kla/2026_17", "KLA202617"),
        ("Ｐ００００１", "P00001"),
        ("P٠٠٠٠١", "P00001"),
        ("ñ12", "12"),
        ("-", None),
    ],
)
def test_a_programme_number_keeps_letters_and_digits_only(typed: str, expected: str | None) -> None:
    assert normalise("number", typed) == expected


def test_names_have_no_fingerprint() -> None:
    with pytest.raises(ValueError, match="no fingerprint"):
        normalise("name", "Amina")


@given(st.text(), st.sampled_from(["email", "number"]))
def test_normalising_twice_changes_nothing_more(text: str, kind: str) -> None:
    once = normalise(kind, text)
    assert once is None or normalise(kind, once) == once


@given(st.text(), st.sampled_from(["UG", "GB", "US", "", "nowhere"]))
def test_whatever_is_typed_for_a_phone_number_gives_western_digits_or_nothing(text: str, region: str) -> None:
    digits = normalise("phone", text, region)
    assert digits is None or (digits.isascii() and digits.isdigit())


def test_a_token_is_the_hmac_of_its_generation_field_and_value() -> None:
    key = bytes(range(64))
    written = b"PLBI1" + b"\x01" + b"\x00\x05" + b"phone" + b"447700900123"
    expected = hmac.new(key, written, hashlib.sha256).digest()[:16]
    assert token(key, 1, "phone", "447700900123") == expected
    assert token(key, 1, "phone", "447700900123").hex() == "b19a0393652af4fe6908057bd7cfa7a0"


def test_tokens_differ_by_key_generation_kind_and_value() -> None:
    key = os.urandom(64)
    tokens = {
        token(key, 1, "phone", "1"),
        token(key, 2, "phone", "1"),
        token(key, 1, "number", "1"),
        token(key, 1, "phone", "2"),
        token(os.urandom(64), 1, "phone", "1"),
    }
    assert len(tokens) == 5
    assert {len(each) for each in tokens} == {16}


@pytest.mark.parametrize("gen", [-1, 256])
def test_a_generation_beyond_one_byte_is_a_misuse(gen: int) -> None:
    with pytest.raises(OverflowError):
        token(bytes(64), gen, "phone", "1")
