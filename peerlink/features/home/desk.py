"""What a desk is made of."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

PRESSING = ("critical", "alert", "watch")
"""The tones of what needs somebody, the gravest first."""


@dataclass(frozen=True)
class Line:
    """One thing to do."""

    text: str
    endpoint: str
    """Where to do it; empty where there is only to know."""
    icon: str
    tone: str = ""
    """A level, or nothing."""
    word: str = ""
    """What the level means here."""
    more: str = ""
    """Whom or what it is about, in small."""
    on: dt.date | None = None
    """The day it is about."""
    asked: Mapping[str, Any] = field(default_factory=dict)
    """What the page is narrowed to."""
    of: int = 0
    """How many it gathers, where its text names no number."""
    is_new: bool = False
    """Whether it was not there when whoever looks last opened Today."""
    is_glad: bool = False
    """Whether it is good news, which stands above everything."""

    @property
    def presses(self) -> bool:
        """Tell whether it needs somebody now, rather than some time this week."""
        return self.tone in PRESSING


@dataclass(frozen=True)
class Coming:
    """One thing the days ahead hold."""

    on: dt.date
    text: str
    endpoint: str
    icon: str
    more: str = ""
    asked: Mapping[str, Any] = field(default_factory=dict)


def graver_first(lines: Iterable[Line]) -> list[Line]:
    """Put what presses in order of gravity; what is equally grave keeps its place."""
    return sorted((one for one in lines if one.presses), key=lambda one: PRESSING.index(one.tone))
