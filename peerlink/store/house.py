"""What is open while the house is open: the database, the keyring, and nothing else."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from peerlink import clock
from peerlink.vault.fingerprint import is_phone, normalise, token
from peerlink.vault.keyring import Keyring

__all__ = ["House", "current", "engine", "enter", "fingerprint", "is_phone", "keyring", "rest", "use"]

IDLE_AFTER = dt.timedelta(minutes=5)
"""How long after the last request the keys of people leave the memory."""


@dataclass(frozen=True)
class House:
    """An open instance."""

    engine: Engine
    keyring: Keyring
    home: Path | None


_open: House | None = None
_used_at: dt.datetime | None = None


def enter(house: House | None) -> None:
    """Open the house, or close it with None."""
    global _open
    _open = house


def current() -> House:
    """Return the open house."""
    if _open is None:
        raise RuntimeError("the house is not open")
    return _open


def keyring() -> Keyring:
    """Return the keys of the open house."""
    return current().keyring


def engine() -> Engine:
    """Return the database of the open house."""
    return current().engine


def use() -> None:
    """Note that somebody is at work."""
    global _used_at
    _used_at = clock.now()


def rest() -> bool:
    """Forget the keys of people where nobody has been at work for a while; tell whether that was so."""
    if _used_at is not None and clock.now() - _used_at < IDLE_AFTER:
        return False
    keyring().forget_opened()
    return True


def fingerprint(kind: str, text: str | None) -> bytes | None:
    """Turn a phone, e-mail or programme number into the token it is found by; None for nothing."""
    normalised = normalise(kind, text) if text else None
    if normalised is None:
        return None
    _, key = keyring().purpose_key(f"bidx.{kind}")
    return token(key, 1, kind, normalised)
