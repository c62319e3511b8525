"""The envelope opens in its own place with its own key, and nowhere else, whatever is done to it."""

import dataclasses
import itertools
import os
import random
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerlink.vault.envelope import OVERHEAD_BYTES, PADDED_SIZES, CannotOpen, Place, kid_of, seal, unseal
from tests.vault import reader

KEY = bytes(range(64))
DEPLOYMENT = bytes(range(16))
PLACE = Place("participant", "pii", b"r" * 16, b"s" * 16, 7)
SIZES = (0, 100, 200, 400, 900)


def refused(key: bytes, deployment: bytes, place: Place, sealed: bytes) -> bool:
    try:
        unseal(key, deployment, place, sealed)
    except CannotOpen as closed:
        return str(closed) == "cannot open record" and closed.__cause__ is None
    return False


def context_of(place: Place, deployment: bytes = DEPLOYMENT) -> bytes:
    return reader.context(deployment, *dataclasses.astuple(place))


@given(
    st.binary(max_size=3000),
    st.builds(
        Place,
        st.text(st.characters(codec="utf-8"), max_size=40),
        st.text(st.characters(codec="utf-8"), max_size=40),
        st.binary(max_size=40),
        st.binary(max_size=40),
        st.integers(0, 2**64 - 1),
    ),
    st.integers(0, 2**32 - 1),
)
def test_what_is_sealed_opens_again_for_us_and_for_an_independent_reader(
    plaintext: bytes, place: Place, kid: int
) -> None:
    sealed = seal(KEY, kid, DEPLOYMENT, place, plaintext)
    assert unseal(KEY, DEPLOYMENT, place, sealed) == plaintext
    assert kid_of(sealed) == kid
    assert reader.read(KEY, context_of(place), sealed) == (kid, plaintext)


def test_what_an_independent_writer_seals_opens_for_us() -> None:
    padded = b"hello\x80" + bytes(58)
    sealed = reader.write(KEY, 3, context_of(PLACE), os.urandom(24), padded)
    assert unseal(KEY, DEPLOYMENT, PLACE, sealed) == b"hello"


def test_every_flipped_bit_is_refused() -> None:
    flips = 0
    for size in SIZES * 20:
        sealed = seal(KEY, 5, DEPLOYMENT, PLACE, os.urandom(size))
        whole = int.from_bytes(sealed, "big")
        for bit in range(8 * len(sealed)):
            flipped = (whole ^ 1 << bit).to_bytes(len(sealed), "big")
            assert refused(KEY, DEPLOYMENT, PLACE, flipped), (size, bit)
            flips += 1
    assert flips == 20 * 8 * sum(OVERHEAD_BYTES + padded for padded in (64, 128, 256, 512, 1024))


def test_every_truncation_and_up_to_forty_bytes_more_are_refused() -> None:
    for size in SIZES:
        sealed = seal(KEY, 5, DEPLOYMENT, PLACE, os.urandom(size))
        assert all(refused(KEY, DEPLOYMENT, PLACE, sealed[:end]) for end in range(len(sealed)))
        assert all(refused(KEY, DEPLOYMENT, PLACE, sealed[cut:]) for cut in range(1, len(sealed)))
        assert all(refused(KEY, DEPLOYMENT, PLACE, sealed + os.urandom(n)) for n in range(1, 41))
        assert all(refused(KEY, DEPLOYMENT, PLACE, sealed + bytes(n)) for n in range(1, 41))


Swap = Callable[[Place, bytes], tuple[bytes, bytes, Place, bytes]]
SWAPS: dict[str, Swap] = {
    "table": lambda place, sealed: (KEY, DEPLOYMENT, dataclasses.replace(place, table="volunteer"), sealed),
    "record": lambda place, sealed: (KEY, DEPLOYMENT, dataclasses.replace(place, record="health"), sealed),
    "row": lambda place, sealed: (KEY, DEPLOYMENT, dataclasses.replace(place, row=os.urandom(16)), sealed),
    "subject": lambda place, sealed: (
        KEY,
        DEPLOYMENT,
        dataclasses.replace(place, subject=os.urandom(16)),
        sealed,
    ),
    "version": lambda place, sealed: (
        KEY,
        DEPLOYMENT,
        dataclasses.replace(place, version=place.version - 1),
        sealed,
    ),
    "deployment": lambda place, sealed: (KEY, os.urandom(16), place, sealed),
    "key": lambda place, sealed: (os.urandom(64), DEPLOYMENT, place, sealed),
    "key number": lambda place, sealed: (KEY, DEPLOYMENT, place, sealed[:2] + os.urandom(4) + sealed[6:]),
}


@pytest.mark.parametrize("moved", SWAPS)
def test_two_thousand_records_moved_elsewhere_are_all_refused(moved: str) -> None:
    for _ in range(2000):
        place = Place("participant", "pii", os.urandom(16), os.urandom(16), random.randrange(1, 99))
        sealed = seal(KEY, 2**32 - 1, DEPLOYMENT, place, b"amina")
        assert unseal(KEY, DEPLOYMENT, place, sealed) == b"amina"
        assert refused(*SWAPS[moved](place, sealed))


def test_names_that_read_the_same_when_joined_are_different_places() -> None:
    sealed = seal(KEY, 1, DEPLOYMENT, Place("ab", "c", b"de", b"f", 1), b"x")
    for table, record, row, subject in (
        ("a", "bc", b"de", b"f"),
        ("ab", "cd", b"e", b"f"),
        ("ab", "c", b"d", b"ef"),
    ):
        assert refused(KEY, DEPLOYMENT, Place(table, record, row, subject, 1), sealed)


def test_padding_shows_at_most_eight_sizes_below_two_thousand_bytes() -> None:
    sizes = {len(seal(KEY, 1, DEPLOYMENT, PLACE, bytes(n))) - OVERHEAD_BYTES for n in range(2000)}
    assert sorted(sizes) == [64, 128, 256, 512, 1024, 1280, 1600, 2048]


@pytest.mark.parametrize(
    ("length", "padded"), [(63, 64), (64, 128), (1023, 1024), (1024, 1280), (2048, 2560)]
)
def test_the_mark_of_the_padding_counts_as_a_byte(length: int, padded: int) -> None:
    assert len(seal(KEY, 1, DEPLOYMENT, PLACE, bytes(length))) == OVERHEAD_BYTES + padded


def test_padded_sizes_grow_by_a_quarter_in_steps_of_64() -> None:
    for smaller, larger in itertools.pairwise(PADDED_SIZES[4:]):
        assert larger % 64 == 0
        assert smaller * 1.25 <= larger < smaller * 1.25 + 64
    assert PADDED_SIZES[-1] < 2**31, "AES-GCM takes no more"


def test_plaintext_full_of_padding_signs_comes_back_whole() -> None:
    for plaintext in (b"\x80", b"\x80" + bytes(20), bytes(64), b"\x80" * 64, b"a\x80\x00\x80\x00"):
        assert unseal(KEY, DEPLOYMENT, PLACE, seal(KEY, 1, DEPLOYMENT, PLACE, plaintext)) == plaintext


@pytest.mark.parametrize("padded", [bytes(64), b"a" * 64, b"a\x80" + b"\x01" * 62])
def test_wrong_padding_under_the_right_key_is_refused_all_the_same(padded: bytes) -> None:
    assert refused(KEY, DEPLOYMENT, PLACE, reader.write(KEY, 1, context_of(PLACE), os.urandom(24), padded))


def test_the_same_random_bytes_still_give_another_message_key_in_another_place(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("peerlink.vault.envelope.os.urandom", bytes)
    bodies = {
        seal(KEY, kid, DEPLOYMENT, dataclasses.replace(PLACE, version=version), b"same")[30:]
        for version in range(50)
        for kid in range(10)
    }
    assert len(bodies) == 500


def test_sealing_twice_never_gives_the_same_bytes() -> None:
    sealed = [seal(KEY, 1, DEPLOYMENT, PLACE, b"same") for _ in range(20_000)]
    assert len({one[6:30] for one in sealed}) == len({one[62:] for one in sealed}) == 20_000


@given(st.binary(max_size=400))
def test_bytes_of_any_kind_are_refused_in_the_same_words(noise: bytes) -> None:
    assert refused(KEY, DEPLOYMENT, PLACE, noise)
    assert refused(KEY, DEPLOYMENT, PLACE, b"\x01\x01" + noise)
    assert refused(KEY, DEPLOYMENT, PLACE, b"\x01\x01" + noise.ljust(200, b"\0"))


@given(
    st.binary(max_size=80),
    st.binary(max_size=20),
    st.builds(Place, st.text(max_size=9), st.text(max_size=9), st.binary(), st.binary(), st.integers()),
)
def test_a_wrong_key_deployment_or_place_of_any_kind_is_refused(
    key: bytes, deployment: bytes, place: Place
) -> None:
    sealed = seal(KEY, 1, DEPLOYMENT, PLACE, b"amina")
    assert refused(key, DEPLOYMENT, PLACE, sealed)
    assert refused(KEY, deployment, PLACE, sealed)
    assert refused(KEY, DEPLOYMENT, place, sealed)


@pytest.mark.parametrize(
    "place",
    [
        Place("t" * 65_536, "pii", b"", b"", 1),
        Place("t", "pii", bytes(65_536), b"", 1),
        Place("t", "pii", b"", bytes(65_536), 1),
        Place("t", "pii", b"", b"", -1),
        Place("t", "pii", b"", b"", 2**64),
        Place("\ud800", "pii", b"", b"", 1),
    ],
)
def test_a_place_that_cannot_be_is_refused_both_ways(place: Place) -> None:
    assert refused(KEY, DEPLOYMENT, place, seal(KEY, 1, DEPLOYMENT, PLACE, b"amina"))
    with pytest.raises((ValueError, OverflowError)):
        seal(KEY, 1, DEPLOYMENT, place, b"amina")


@pytest.mark.parametrize("nothing", [None, "text", 7, bytearray(200), memoryview(bytes(200))])
def test_what_is_not_bytes_is_never_taken_for_readable_text(nothing: object) -> None:
    with pytest.raises(CannotOpen):
        kid_of(nothing)
    assert refused(KEY, DEPLOYMENT, PLACE, nothing)


@pytest.mark.parametrize("start", [b"\x00\x01", b"\x02\x01", b"\x01\x00", b"\x01\x02", b"{}"])
def test_another_version_or_suite_is_no_envelope(start: bytes) -> None:
    sealed = seal(KEY, 9, DEPLOYMENT, PLACE, b"amina")
    assert kid_of(sealed) == 9
    with pytest.raises(CannotOpen):
        kid_of(start + sealed[2:])


def test_the_shortest_envelope_has_142_bytes() -> None:
    sealed = seal(KEY, 9, DEPLOYMENT, PLACE, b"")
    assert len(sealed) == 142
    assert kid_of(sealed) == 9
    with pytest.raises(CannotOpen):
        kid_of(sealed[:141])


@pytest.mark.parametrize("kid", [-1, 2**32])
def test_a_key_number_beyond_32_bits_is_a_misuse(kid: int) -> None:
    with pytest.raises(OverflowError):
        seal(KEY, kid, DEPLOYMENT, PLACE, b"")


@pytest.mark.parametrize("length", [0, 32, 63, 65, 128])
def test_a_key_of_another_length_neither_seals_nor_opens(length: int) -> None:
    with pytest.raises(ValueError, match="64 bytes"):
        seal(bytes(length), 1, DEPLOYMENT, PLACE, b"")
    assert refused(bytes(length), DEPLOYMENT, PLACE, seal(KEY, 1, DEPLOYMENT, PLACE, b""))


def test_more_than_the_cipher_takes_is_a_misuse() -> None:
    class Huge(bytes):
        def __len__(self) -> int:
            return PADDED_SIZES[-1]

    with pytest.raises(ValueError, match="too much"):
        seal(KEY, 1, DEPLOYMENT, PLACE, Huge())


def test_a_refusal_shows_neither_key_nor_text() -> None:
    with pytest.raises(CannotOpen) as closed:
        unseal(bytes(64), DEPLOYMENT, PLACE, seal(KEY, 1, DEPLOYMENT, PLACE, b"amina"))
    assert repr(closed.value) == "CannotOpen('cannot open record')"
    assert closed.value.__suppress_context__ or closed.value.__context__ is None
