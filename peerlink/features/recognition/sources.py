"""What rooms above know of what participants said, once they ask them."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterable, Mapping

Said = Mapping[uuid.UUID, Iterable[str]]
"""What each participant said had changed, as themes in words."""
ChangesSource = Callable[[uuid.UUID, dt.date, dt.date], Said]
"""Given a volunteer, the first day and the day after the last: what the people they support said."""

changes_sources: list[ChangesSource] = []


def hear(source: ChangesSource) -> None:
    """Listen to a source, once however often it is named."""
    if source not in changes_sources:
        changes_sources.append(source)
