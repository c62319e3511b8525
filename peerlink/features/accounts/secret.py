"""How secrets of sign-ins and links are kept: never as they are."""

import hashlib

from peerlink.store import house


def digest(secret: str) -> bytes:
    """Return what is kept of a random secret: its SHA-256."""
    return hashlib.sha256(secret.encode()).digest()


def pepper() -> bytes:
    """Return the key every password is mixed with before it is hashed."""
    return house.keyring().purpose_key("pepper")[1]
