"""Opens an envelope by the written format alone, with none of the vault's own code."""

import struct

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand


def context(deployment: bytes, table: str, record: str, row: bytes, subject: bytes, version: int) -> bytes:
    """Return the AAD: lengths before every name, so that no two places spell the same."""
    text = b"PLA1" + deployment
    for part in (table.encode(), record.encode(), row, subject):
        text += struct.pack(">H", len(part)) + part
    return text + struct.pack(">Q", version)


def secrets(key: bytes, header: bytes, aad: bytes) -> tuple[bytes, bytes]:
    """Return the message key and the commitment."""
    both = HKDFExpand(hashes.SHA512(), 64, b"peerlink/v1/msg\0" + header + aad).derive(key)
    return both[:32], both[32:]


def read(key: bytes, aad: bytes, sealed: bytes) -> tuple[int, bytes]:
    """Return the key number and the plaintext, or fail by assertion or InvalidTag."""
    version, suite, kid, nonce, commitment = struct.unpack(">BBI24s32s", sealed[:62])
    assert (version, suite, len(nonce)) == (1, 1, 24)
    message_key, expected = secrets(key, sealed[:30], aad)
    assert commitment == expected
    opener = Cipher(algorithms.AES256(message_key), modes.GCM(bytes(12), sealed[-16:])).decryptor()
    opener.authenticate_additional_data(sealed[:30])
    padded = opener.update(sealed[62:-16]) + opener.finalize()
    end = padded.rindex(b"\x80")
    assert set(padded[end + 1 :]) <= {0}
    return kid, padded[:end]


def write(key: bytes, kid: int, aad: bytes, nonce: bytes, padded: bytes) -> bytes:
    """Return an envelope around bytes padded by the caller, rightly or not."""
    header = struct.pack(">BBI24s", 1, 1, kid, nonce)
    message_key, commitment = secrets(key, header, aad)
    sealer = Cipher(algorithms.AES256(message_key), modes.GCM(bytes(12))).encryptor()
    sealer.authenticate_additional_data(header)
    ciphertext = sealer.update(padded) + sealer.finalize()
    return header + commitment + ciphertext + sealer.tag
