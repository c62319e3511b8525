"""Carries a file that is fine through a form, so that only the one with a fault is chosen again."""

import base64
import binascii
import zlib

from peerlink.instruments.reading import MOST_BYTES

MOST_CARRIED = 200_000
"""Letters a packed file may have to be carried; a form holds two of them."""


def packed(raw: bytes) -> str:
    """Pack a file as text that a form can hold; empty where it does not shrink enough."""
    text = base64.b64encode(zlib.compress(raw, 9)).decode()
    return text if len(text) <= MOST_CARRIED else ""


def unpacked(text: str) -> bytes | None:
    """Return the file, or None where the text holds none, or one longer than any questionnaire."""
    try:
        opening = zlib.decompressobj()
        raw = opening.decompress(base64.b64decode(text, validate=True), MOST_BYTES + 1)
    except (binascii.Error, ValueError, zlib.error):
        return None
    return raw if raw and len(raw) <= MOST_BYTES and opening.eof else None
