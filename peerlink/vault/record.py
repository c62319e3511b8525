"""Writes the sealed fields of a record as bytes and reads them back, always in the same order."""

from typing import Any

import orjson


def pack(fields: dict[str, Any]) -> bytes:
    """Return the fields as UTF-8 JSON with sorted keys; TypeError for what JSON cannot hold."""
    return orjson.dumps(fields, option=orjson.OPT_SORT_KEYS)


def unpack(packed: bytes) -> dict[str, Any]:
    """Return the fields of a packed record."""
    fields = orjson.loads(packed)
    if not isinstance(fields, dict):
        raise TypeError("a record is an object")
    return fields
