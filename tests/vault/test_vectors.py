"""Frozen envelopes and published test values: what was sealed once must open for ever."""

import hmac
import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from peerlink.vault import keyring
from peerlink.vault.envelope import Place, kid_of, seal, unseal
from tests.vault import reader

VECTORS = json.loads((Path(__file__).parent / "vectors.json").read_text())


def parts(vector: dict[str, object]) -> tuple[bytes, bytes, Place, bytes, bytes]:
    key, deployment, row, subject, plaintext, sealed = (
        bytes.fromhex(str(vector[name]))
        for name in ("key", "deployment", "row", "subject", "plaintext", "sealed")
    )
    place = Place(str(vector["table"]), str(vector["record"]), row, subject, int(str(vector["version"])))
    return key, deployment, place, plaintext, sealed


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["what"])
def test_a_frozen_envelope_is_written_and_read_byte_for_byte(
    vector: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    key, deployment, place, plaintext, sealed = parts(vector)
    assert unseal(key, deployment, place, sealed) == plaintext
    assert kid_of(sealed) == vector["kid"]
    monkeypatch.setattr("peerlink.vault.envelope.os.urandom", lambda n: sealed[6:30])
    assert seal(key, kid_of(sealed), deployment, place, plaintext) == sealed


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["what"])
def test_a_frozen_envelope_is_read_by_an_independent_reader(vector: dict[str, object]) -> None:
    key, deployment, place, plaintext, sealed = parts(vector)
    aad = reader.context(deployment, place.table, place.record, place.row, place.subject, place.version)
    assert reader.read(key, aad, sealed) == (vector["kid"], plaintext)


RFC_4231 = [
    (
        b"\x0b" * 20,
        b"Hi There",
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
        (
            "87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cde"
            "daa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854"
        ),
    ),
    (
        b"Jefe",
        b"what do ya want for nothing?",
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        (
            "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"
            "9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737"
        ),
    ),
    (
        b"\xaa" * 20,
        b"\xdd" * 50,
        "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe",
        (
            "fa73b0089d56a284efb0f0756c890be9b1b5dbdd8ee81a3655f83e33b2279d39"
            "bf3e848279a722c806b485a47e67c807b946a337bee8942674278859e13292fb"
        ),
    ),
    (
        bytes(range(1, 26)),
        b"\xcd" * 50,
        "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b",
        (
            "b0ba465637458c6990e5a8c5f61d4af7e576d97ff94b872de76f8050361ee3db"
            "a91ca5c11aa25eb4d679275cc5788063a5f19741120c4f2de2adebeb10a298dd"
        ),
    ),
    (
        b"\xaa" * 131,
        b"Test Using Larger Than Block-Size Key - Hash Key First",
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
        (
            "80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f352"
            "6b56d037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec8b915a985d786598"
        ),
    ),
]


@pytest.mark.parametrize(("key", "message", "sha256", "sha512"), RFC_4231)
def test_hmac_gives_what_rfc_4231_prints(key: bytes, message: bytes, sha256: str, sha512: str) -> None:
    assert hmac.digest(key, message, "sha256").hex() == sha256
    assert hmac.digest(key, message, "sha512").hex() == sha512


def hkdf(name: str, secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    """HKDF as RFC 5869 words it."""
    size = hmac.new(b"", b"", name).digest_size
    extracted = hmac.new(salt or bytes(size), secret, name).digest()
    output, last = b"", b""
    for counter in range(1, 256):
        if len(output) >= length:
            break
        last = hmac.new(extracted, last + info + bytes([counter]), name).digest()
        output += last
    return output[:length]


RFC_5869 = [
    (
        b"\x0b" * 22,
        bytes(range(13)),
        bytes(range(0xF0, 0xFA)),
        42,
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
    ),
    (
        bytes(range(0x50)),
        bytes(range(0x60, 0xB0)),
        bytes(range(0xB0, 0x100)),
        82,
        (
            "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09"
            "da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87"
        ),
    ),
    (
        b"\x0b" * 22,
        b"",
        b"",
        42,
        "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8",
    ),
]


@pytest.mark.parametrize(("secret", "salt", "info", "length", "expected"), RFC_5869)
def test_our_reading_of_hkdf_gives_what_rfc_5869_prints(
    secret: bytes, salt: bytes, info: bytes, length: int, expected: str
) -> None:
    assert hkdf("sha256", secret, salt, info, length).hex() == expected


def test_the_keyring_derives_keys_by_hkdf_sha_512() -> None:
    root, epoch, deployment = b"R" * 32, b"E" * 32, b"D" * 16
    assert keyring._derive(root, deployment, b"peerlink/v1/page/data", 32) == hkdf(
        "sha512", root, deployment, b"peerlink/v1/page/data", 32
    )
    assert keyring._wrapping_key(root, epoch, 1) == hkdf(
        "sha512", root, epoch, b"peerlink/v1/kek\x00\x00\x00\x01", 64
    )


def test_aes_256_gcm_gives_the_published_value_for_zeros() -> None:
    sealed = AESGCM(bytes(32)).encrypt(bytes(12), bytes(16), None)
    assert sealed.hex() == "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919"
