"""Tells which lines of a desk are new since it was last opened, from digests that say nothing to others."""

import dataclasses
import datetime as dt
import hashlib
import re
import struct
import uuid
from collections.abc import Iterable
from typing import NamedTuple

from peerlink.features.home.desk import Line

STAYS_NEW = 15
"""Minutes a line stays marked: whoever follows one and comes back finds the others marked still."""
MOST = 0xFFFF
_ENTRY = struct.Struct(">8sHI")


class Shown(NamedTuple):
    """How a line stood: the number it named, and the minute from which it was there, 0 for always."""

    n: int
    since: int


def marked(
    lines: Iterable[Line], kept: bytes | None, *, account_id: uuid.UUID, key: bytes, now: dt.datetime
) -> tuple[tuple[Line, ...], bytes]:
    """Return the lines with a mark on those that are new, and what is to be kept of how they stand.

    A line is new that was not there, or whose number has risen. Who opens Today for the first time has
    everything before them anyway: nothing is marked.
    """
    before, minute = _read(kept or b""), int(now.timestamp()) // 60
    standing: dict[bytes, Shown] = {}
    found = []
    for line in lines:
        token, n = _token(line, account_id, key), _number(line)
        was = before.get(token)
        is_there = kept is None or (was is not None and n <= was.n)
        since = (was.since if was else 0) if is_there else minute
        there = standing.get(token, Shown(0, 0))
        standing[token] = Shown(max(n, there.n), max(since, there.since))
        found.append(dataclasses.replace(line, is_new=bool(since) and minute - since < STAYS_NEW))
    return tuple(found), _write(standing)


def _token(line: Line, account_id: uuid.UUID, key: bytes) -> bytes:
    """Return what a line is recognised by: where it leads and what it says, but for its number."""
    text = re.sub(r"\d+", "#", line.text)
    asked = sorted((name, str(value)) for name, value in line.asked.items())
    more = "" if text != line.text else line.more
    said = repr((line.endpoint, asked, text, more)).encode()
    return hashlib.blake2b(said, digest_size=8, key=key[:64], salt=account_id.bytes, person=b"today").digest()


def _number(line: Line) -> int:
    return min(line.of or sum(map(int, re.findall(r"\d+", line.text))), MOST)


def _read(kept: bytes) -> dict[bytes, Shown]:
    return {token: Shown(n, since) for token, n, since in _ENTRY.iter_unpack(kept)}


def _write(standing: dict[bytes, Shown]) -> bytes:
    return b"".join(_ENTRY.pack(token, *standing[token]) for token in sorted(standing))
