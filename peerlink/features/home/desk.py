"""What a desk is made of."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


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
