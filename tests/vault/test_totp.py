"""A code counts for its half minute and the ones beside it, once."""

import base64
import datetime as dt
from urllib.parse import parse_qs, unquote, urlparse

import pytest

from peerlink.vault.totp import new_secret, provisioning_uri, verify

# RFC 6238 appendix B (SHA-1), its eight digits cut to the last six.
RFC_SECRET = base64.b32encode(b"12345678901234567890").decode()
RFC_6238 = [
    (59, "287082"),
    (1111111109, "081804"),
    (1111111111, "050471"),
    (1234567890, "005924"),
    (2000000000, "279037"),
    (20000000000, "353130"),
]


def at(second: int) -> dt.datetime:
    return dt.datetime.fromtimestamp(second, dt.UTC)


@pytest.mark.parametrize(("second", "code"), RFC_6238)
def test_codes_are_those_of_rfc_6238(second: int, code: str) -> None:
    assert verify(RFC_SECRET, code, at(second), None) == second // 30


@pytest.mark.parametrize(
    ("steps_late", "taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False), (20, False)]
)
def test_a_code_counts_one_step_early_to_one_step_late(steps_late: int, taken: bool) -> None:
    step = verify(RFC_SECRET, "050471", at(1111111111 + 30 * steps_late), None)
    assert step == (1111111111 // 30 if taken else None)


@pytest.mark.parametrize(("last_step", "taken"), [(None, True), (-1, True), (0, False), (1, False)])
def test_a_code_counts_once_and_never_after_a_later_one(last_step: int | None, taken: bool) -> None:
    used = None if last_step is None else 1111111111 // 30 + last_step
    assert (verify(RFC_SECRET, "050471", at(1111111111), used) is not None) is taken


def test_reusing_a_code_a_thousand_times_never_works() -> None:
    for second in range(1111111111, 1111112111):
        step = verify(RFC_SECRET, "050471", at(second), 1111111111 // 30)
        assert step is None


@pytest.mark.parametrize("typed", ["050 471", " 050471 ", "٠٥٠٤٧١", "０５０４７１"])
def test_a_code_may_be_typed_with_spaces_and_in_any_digits(typed: str) -> None:
    assert verify(RFC_SECRET, typed, at(1111111111), None) is not None


@pytest.mark.parametrize("typed", ["", "50471", "0050471", "05047a", "05047²", "-50471", "0.0471", "050472"])
def test_anything_else_is_refused(typed: str) -> None:
    assert verify(RFC_SECRET, typed, at(1111111111), None) is None


def test_the_first_half_minute_of_all_time_is_no_crash() -> None:
    assert verify(RFC_SECRET, "000000", at(0), None) is None


def test_a_secret_has_160_bits_and_is_new_each_time() -> None:
    secrets = {new_secret() for _ in range(100)}
    assert len(secrets) == 100
    assert {len(base64.b32decode(secret)) for secret in secrets} == {20}


def test_the_qr_code_carries_the_names_it_is_given_and_no_other() -> None:
    uri = urlparse(provisioning_uri(RFC_SECRET, "a.n@example.org", "Sunrise"))
    asked = parse_qs(uri.query)
    assert (uri.scheme, uri.netloc) == ("otpauth", "totp")
    assert unquote(uri.path) == "/Sunrise:a.n@example.org"
    assert asked == {"secret": [RFC_SECRET], "issuer": ["Sunrise"]}
