"""The numbers behind a level."""

from typing import NamedTuple


class Evidence(NamedTuple):
    """One number a level rests on, with the line it was held against."""

    name: str
    value: float | str | None
    unit: str = ""
    threshold: float | str | None = None
    n: int | None = None
    """How many observations it was taken from."""
