"""AES-GCM alone can be made to open under two keys; the envelope cannot."""

import os
import struct

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from peerlink.vault.envelope import CannotOpen, Place, unseal
from tests.vault import reader

DEPLOYMENT = bytes(16)
PLACE = Place("check_in", "pii", b"r" * 16, b"s" * 16, 1)
AAD = reader.context(DEPLOYMENT, "check_in", "pii", b"r" * 16, b"s" * 16, 1)
FIELD = 1 << 128 | 1 << 7 | 1 << 2 | 1 << 1 | 1


def number(block: bytes) -> int:
    """Read a block as GHASH does: the first bit is the coefficient of x^0."""
    return int(f"{int.from_bytes(block, 'big'):0128b}"[::-1], 2)


def block(value: int) -> bytes:
    return int(f"{value:0128b}"[::-1], 2).to_bytes(16, "big")


def times(one: int, other: int) -> int:
    product = 0
    while other:
        if other & 1:
            product ^= one
        one <<= 1
        if one >> 128:
            one ^= FIELD
        other >>= 1
    return product


def inverse(value: int) -> int:
    left, right, of_left, of_right = value, FIELD, 1, 0
    while left != 1:
        shift = left.bit_length() - right.bit_length()
        if shift < 0:
            left, right, of_left, of_right, shift = right, left, of_right, of_left, -shift
        left ^= right << shift
        of_left ^= of_right << shift
    return of_left if of_left < 1 << 128 else of_left ^ FIELD


class GaloisHash:
    """What one message key does to blocks."""

    def __init__(self, key: bytes) -> None:
        encrypt = Cipher(algorithms.AES256(key), modes.ECB()).encryptor()  # noqa: S305 - a part of GCM
        blocks = encrypt.update(bytes(16) + b"".join(struct.pack(">12xI", n) for n in range(1, 6)))
        self.h, self.mask, self.stream = number(blocks[:16]), number(blocks[16:32]), blocks[32:]

    def power(self, n: int) -> int:
        result = self.h
        for _ in range(n - 1):
            result = times(result, self.h)
        return result

    def tag(self, blocks: list[bytes]) -> int:
        total = 0
        for one in blocks:
            total = times(total ^ number(one), self.h)
        return total ^ self.mask


def crafted_for_two_keys() -> tuple[bytes, bytes, bytes, bytes]:
    """Return two keys and the header and body of a message that plain AES-GCM opens under both."""
    one, other = os.urandom(64), os.urandom(64)
    while True:
        header = b"\x01\x01" + bytes(4) + os.urandom(24)
        first, second = (GaloisHash(reader.secrets(key, header, AAD)[0]) for key in (one, other))
        if first.stream[63] == second.stream[63]:
            break  # so that the last byte can be the padding mark under both
    body = [os.urandom(16), os.urandom(16), bytes(16), os.urandom(15) + bytes([first.stream[63] ^ 0x80])]
    around = (header[:16], header[16:].ljust(16, b"\0")), struct.pack(">QQ", 8 * 30, 8 * 64)
    blocks = [*around[0], *body, around[1]]
    gap = first.tag(blocks) ^ second.tag(blocks)
    # The third block of the body is multiplied by h three times; it closes the gap between the two tags.
    body[2] = block(times(gap, inverse(first.power(3) ^ second.power(3))))
    blocks = [*around[0], *body, around[1]]
    assert first.tag(blocks) == second.tag(blocks)
    return one, other, header, b"".join(body) + block(first.tag(blocks))


def test_a_message_crafted_for_two_keys_opens_under_one_at_most() -> None:
    for _ in range(1000):
        one, other, header, body = crafted_for_two_keys()
        for mine, theirs in ((one, other), (other, one)):
            message_key, commitment = reader.secrets(mine, header, AAD)
            AESGCM(message_key).decrypt(bytes(12), body, header)
            sealed = header + commitment + body
            assert unseal(mine, DEPLOYMENT, PLACE, sealed)
            with pytest.raises(CannotOpen):
                unseal(theirs, DEPLOYMENT, PLACE, sealed)


def test_without_the_commitment_it_would_open_under_both(monkeypatch: pytest.MonkeyPatch) -> None:
    one, other, header, body = crafted_for_two_keys()
    monkeypatch.setattr("peerlink.vault.envelope.hmac.compare_digest", lambda *_: True)
    texts = {unseal(key, DEPLOYMENT, PLACE, header + bytes(32) + body) for key in (one, other)}
    assert len(texts) == 2
