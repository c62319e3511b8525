"""What there is to do today, for whoever is looking: each line one thing and where to do it."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from peerlink.features.contacts.queries import NextContact, next_contacts_for
from peerlink.features.home.desk import Line
from peerlink.features.home.lines import (
    flags,
    forms,
    house,
    incidents,
    matching,
    mine,
    money,
    notices,
    programmes,
    recruitment,
    safety,
    supervision,
    tasks,
    team,
    training,
)
from peerlink.roles import Role, Viewer

CARDS = 3
LINES: tuple[Callable[[Viewer, dt.date], Iterator[Line]], ...] = (
    safety.lines,
    mine.lines,
    forms.lines,
    incidents.lines,
    tasks.lines,
    flags.lines,
    supervision.lines,
    team.lines,
    training.lines,
    recruitment.lines,
    matching.lines,
    money.lines,
    programmes.lines,
    notices.lines,
    house.lines,
    safety.going,
)
"""Who adds lines to a desk, the most pressing first."""


@dataclass(frozen=True)
class Desk:
    """What stands on somebody's desk today."""

    people: tuple[NextContact, ...]
    """Whom a volunteer should hear from next."""
    lines: tuple[Line, ...]


def desk_for(viewer: Viewer, today: dt.date) -> Desk:
    """Gather what there is to do for this viewer, the most pressing first."""
    people = tuple(next_contacts_for(viewer)[:CARDS]) if viewer.is_a(Role.VOLUNTEER) else ()
    return Desk(people, tuple(line for room in LINES for line in room(viewer, today)))
