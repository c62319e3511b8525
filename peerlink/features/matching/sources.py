"""What rooms above know of volunteers and matching must hear; each of them fills in its own part."""

import datetime as dt
import uuid
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import TypeVar


@dataclass(frozen=True, slots=True)
class Trained:
    """What a volunteer has learned, as it stood on a day."""

    mandatory: Mapping[str, dt.date] = field(default_factory=dict)
    """Module to its last valid day; `date.min` was never passed."""
    areas: frozenset[str] = frozenset()
    """Support areas and sub-types they were trained in; full codes."""


TrainingSource = Callable[[Collection[uuid.UUID], dt.date], Mapping[uuid.UUID, Trained]]
VolunteersOn = Callable[[dt.date], Collection[uuid.UUID]]
Unsigned = Callable[[Mapping[uuid.UUID, dt.date | None], dt.date], Collection[uuid.UUID]]
S = TypeVar("S")

training_sources: list[TrainingSource] = []
held_back_sources: list[VolunteersOn] = []
"""Each names the volunteers who get no new match for their own sake (H17)."""
concern_sources: list[VolunteersOn] = []
"""Each names the volunteers about whom a safeguarding concern is open (H15)."""

unsigned_sources: list[Unsigned] = []
"""Each is given the day of signing on record of every volunteer, and names those for whom it does not count
for every agreement in force on a day (H4)."""


def hear(sources: list[S], source: S) -> None:
    """Listen to a source, once however often it is named."""
    if source not in sources:
        sources.append(source)


def named_by(sources: list[VolunteersOn], day: dt.date) -> frozenset[uuid.UUID]:
    """Return every volunteer any of the sources names for a day."""
    return frozenset(volunteer for source in sources for volunteer in source(day))
