"""Each audit entry is bound to its number, its day and the one before; old days' keys cannot be made."""

import hashlib
import hmac
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerlink.vault.chain import BEFORE_FIRST, about_token, day_key, entry_mac, write_digest
from tests.vault.test_vectors import hkdf

KEY = bytes(range(64))
Entry = tuple[int, int, bytes]


def chained(entries: list[Entry], key0: bytes = KEY) -> list[bytes]:
    macs, previous = [], BEFORE_FIRST
    for seq, day, blob in entries:
        previous = entry_mac(day_key(key0, day), seq, day, blob, previous)
        macs.append(previous)
    return macs


def holds(entries: list[Entry], macs: list[bytes], head: bytes) -> bool:
    """Check a chain as a verifier does: numbers without gaps, every mac, and the head kept elsewhere."""
    numbered = [seq for seq, _, _ in entries] == list(range(1, len(entries) + 1))
    return numbered and bool(macs) and chained(entries) == macs and macs[-1] == head


def test_the_mac_is_made_of_the_bytes_that_are_written_down() -> None:
    written = (
        b"PLAUD1" + bytes(7) + b"\x05" + b"\x00\x00\x4f\x10" + b"\x00\x00\x00\x06" + b"sealed" + b"p" * 32
    )
    assert entry_mac(KEY, 5, 20240, b"sealed", b"p" * 32) == hmac.new(KEY, written, hashlib.sha256).digest()


def test_frozen_values_of_the_chain() -> None:
    assert (
        entry_mac(KEY, 1, 0, b"", BEFORE_FIRST).hex()
        == "d18d5810c1f83282f9131d527d905ac95cb1982b86f19a229b4f6a20d1569d08"
    )
    assert day_key(KEY, 3).hex() == (
        "938e6fdffc9e4a5103cc42c3a44be837772f31d88493fb67984dd0b61a522f1a"
        "e2e0d3664f473d48cb53db108a672e0dfd8a2e413579963a6dc8ecf104755da7"
    )
    assert about_token(KEY, b"o" * 16).hex() == "e673ecf70c9ebbc7"
    assert write_digest(b"sealed").hex() == hashlib.sha256(b"sealed").hexdigest()[:32]


def test_the_key_of_a_day_comes_from_the_day_before_and_from_no_later_one() -> None:
    tomorrow = hkdf("sha512", KEY, b"", b"peerlink/v1/ratchet", 64)
    assert day_key(KEY, 0) == KEY
    assert day_key(KEY, 1) == tomorrow
    assert day_key(KEY, 5) == day_key(day_key(KEY, 2), 3)
    assert len({day_key(KEY, days) for days in range(400)}) == 400
    with pytest.raises(ValueError, match="earlier day"):
        day_key(KEY, -1)


@given(st.lists(st.tuples(st.integers(0, 2), st.binary(max_size=40)), min_size=4, max_size=12), st.data())
def test_no_change_of_the_trail_goes_unseen(days: list[tuple[int, bytes]], data: st.DataObject) -> None:
    entries = [(seq, day, blob) for seq, (day, blob) in enumerate(days, 1)]
    macs = chained(entries)
    head = macs[-1]
    assert holds(entries, macs, head)
    at = data.draw(st.integers(0, len(entries) - 2))
    seq, day, blob = entries[at]

    def replaced(entry: Entry) -> list[Entry]:
        return [*entries[:at], entry, *entries[at + 1 :]]

    deleted = entries[:at] + entries[at + 1 :]
    renumbered = [(n, day, blob) for n, (_, day, blob) in enumerate(deleted, 1)]
    assert not holds(replaced((seq, day, blob + b"\0")), macs, head)
    assert not holds(replaced((seq, day + 1, blob)), macs, head)
    assert not holds(deleted, macs[:at] + macs[at + 1 :], head)
    assert not holds(renumbered, macs[:at] + macs[at + 1 :], head)
    assert not holds(renumbered, chained(renumbered), head)
    assert not holds(entries[:-1], macs[:-1], head)
    swapped = [*entries[:at], entries[at + 1], entries[at], *entries[at + 2 :]]
    assert not holds(swapped, macs, head)
    forged = chained(replaced((seq, day, blob + b"\0")), os.urandom(64))
    assert not holds(replaced((seq, day, blob + b"\0")), forged, head)


@pytest.mark.parametrize("length", [0, 31, 33])
def test_a_mac_before_of_another_length_is_a_misuse(length: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        entry_mac(KEY, 1, 0, b"", bytes(length))


def test_what_an_entry_is_about_is_found_by_eight_bytes_that_need_the_key() -> None:
    assert len(about_token(KEY, b"o" * 16)) == 8
    assert about_token(KEY, b"o" * 16) == about_token(KEY, b"o" * 16)
    assert about_token(KEY, b"o" * 16) != about_token(KEY, b"p" * 16)
    assert about_token(KEY, b"o" * 16) != about_token(bytes(64), b"o" * 16)


def test_another_envelope_of_the_same_record_has_another_digest() -> None:
    assert len(write_digest(b"yesterday")) == 16
    assert write_digest(b"yesterday") != write_digest(b"today")
