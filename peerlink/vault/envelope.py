"""Seals one record so that it opens only in its own place, and only with its own key (envelope v1).

Bytes, big-endian: version 0x01, suite 0x01, kid u32, N 24 random bytes, C 32 bytes, ciphertext, 16 bytes tag.
K || C = HMAC-SHA-512(key, "peerlink/v1/msg\\0" || first 30 bytes || place || 0x01), which is HKDF-Expand;
K is a key for this one message, C commits to the key and to the whole place.
"""

import hmac
import os
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 64
OVERHEAD_BYTES = 78

_FORMAT = b"\x01\x01"  # version 1, suite 1
_HEADER_BYTES = 30
_CIPHERTEXT_FROM = 62
_ONE_TIME_IV = bytes(12)  # K is used once, so the nonce need not vary


def _padded_sizes() -> tuple[int, ...]:
    sizes = [64, 128, 256, 512, 1024]
    while sizes[-1] < 2**30:
        sizes.append(-(-sizes[-1] * 5 // 256) * 64)  # a quarter more, up to the next 64
    return tuple(sizes)


PADDED_SIZES = _padded_sizes()
_SHORTEST = OVERHEAD_BYTES + PADDED_SIZES[0]


class CannotOpen(Exception):
    """The record does not open; why is told to nobody, an attacker included."""

    def __init__(self) -> None:
        super().__init__("cannot open record")


@dataclass(frozen=True, slots=True)
class Place:
    """Say where a record lies: a sealed record opens nowhere else."""

    table: str
    record: str
    row: bytes
    subject: bytes
    version: int


def seal(key: bytes, kid: int, deployment: bytes, place: Place, plaintext: bytes) -> bytes:
    """Return the plaintext sealed for this place; ValueError or OverflowError for a misuse."""
    if len(key) != KEY_BYTES:
        raise ValueError(f"a key has {KEY_BYTES} bytes")
    header = _FORMAT + kid.to_bytes(4, "big") + os.urandom(24)
    secret = _expand(key, header, deployment, place)
    return header + secret[32:] + AESGCM(secret[:32]).encrypt(_ONE_TIME_IV, _pad(plaintext), header)


def unseal(key: bytes, deployment: bytes, place: Place, sealed: bytes) -> bytes:
    """Return what was sealed for this place, or raise CannotOpen, whatever the reason."""
    kid_of(sealed)
    header = sealed[:_HEADER_BYTES]
    try:
        if len(key) != KEY_BYTES:
            raise CannotOpen
        secret = _expand(key, header, deployment, place)
        if not hmac.compare_digest(secret[32:], sealed[_HEADER_BYTES:_CIPHERTEXT_FROM]):
            raise CannotOpen
        padded = AESGCM(secret[:32]).decrypt(_ONE_TIME_IV, sealed[_CIPHERTEXT_FROM:], header)
    except (InvalidTag, ValueError, OverflowError):
        raise CannotOpen from None
    return _unpad(padded)


def kid_of(sealed: bytes) -> int:
    """Return the number of the key this was sealed with; CannotOpen if it is no envelope v1."""
    if not isinstance(sealed, bytes) or len(sealed) < _SHORTEST or sealed[:2] != _FORMAT:
        raise CannotOpen
    return int.from_bytes(sealed[2:6], "big")


def _expand(key: bytes, header: bytes, deployment: bytes, place: Place) -> bytes:
    row, subject = place.row, place.subject
    return hmac.digest(
        key,
        b"".join(
            (
                b"peerlink/v1/msg\0",
                header,
                _fixed_part(deployment, place.table, place.record),
                len(row).to_bytes(2, "big"),
                row,
                len(subject).to_bytes(2, "big"),
                subject,
                place.version.to_bytes(8, "big"),
                b"\x01",
            )
        ),
        "sha512",
    )


@lru_cache(maxsize=1024)
def _fixed_part(deployment: bytes, table: str, record: str) -> bytes:
    if len(deployment) != 16:
        raise ValueError("a deployment id has 16 bytes")
    names = (table.encode(), record.encode())
    return b"PLA1" + deployment + b"".join(len(name).to_bytes(2, "big") + name for name in names)


def _pad(plaintext: bytes) -> bytes:
    marked = len(plaintext) + 1
    if marked > PADDED_SIZES[-1]:
        raise ValueError("too much for one record")
    size = PADDED_SIZES[bisect_left(PADDED_SIZES, marked)]
    return plaintext + b"\x80" + bytes(size - marked)


def _unpad(padded: bytes) -> bytes:
    marked = padded.rstrip(b"\0")
    if not marked.endswith(b"\x80"):
        raise CannotOpen
    return marked[:-1]
