"""Links the entries of the audit trail so that none can be changed, moved or cut out unseen.

Every day has its own key, made from the day before's; who learns today's key cannot rewrite yesterday.
"""

import hashlib
import hmac

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MAC_BYTES = 32
BEFORE_FIRST = bytes(MAC_BYTES)


def day_key(key: bytes, days: int) -> bytes:
    """Return the key of this many days later (64 bytes); 0 days later it is the key itself."""
    if days < 0:
        raise ValueError("the key of an earlier day cannot be made")
    for _ in range(days):
        key = HKDF(hashes.SHA512(), 64, None, b"peerlink/v1/ratchet").derive(key)
    return key


def entry_mac(key: bytes, seq: int, day: int, blob: bytes, previous: bytes) -> bytes:
    """Return the 32 bytes that bind an entry to its number, its day and the entry before it.

    The key is that of the day; the first entry follows BEFORE_FIRST.
    """
    if len(previous) != MAC_BYTES:
        raise ValueError(f"the mac before has {MAC_BYTES} bytes")
    bound = (
        b"PLAUD1",
        seq.to_bytes(8, "big"),
        day.to_bytes(4, "big"),
        len(blob).to_bytes(4, "big"),
        blob,
        previous,
    )
    return hmac.digest(key, b"".join(bound), "sha256")


def about_token(key: bytes, object_id: bytes) -> bytes:
    """Return the 8 bytes by which the entries about a record are found without opening them all."""
    return hmac.digest(key, object_id, "sha256")[:8]


def write_digest(sealed: bytes) -> bytes:
    """Return the 16 bytes by which a sealed record put back from yesterday is noticed."""
    return hashlib.sha256(sealed).digest()[:16]
