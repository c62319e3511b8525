"""What there is to do today, for whoever is looking: each line one thing and where to do it."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from peerlink.features.contacts.queries import NextContact, next_contacts_for
from peerlink.features.home.ahead import days_ahead
from peerlink.features.home.desk import Coming, Line, graver_first
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
from peerlink.features.risks.board import Branch, board
from peerlink.features.risks.queries import intact, latest_counts, open_flags_for
from peerlink.features.risks.shown import see_all
from peerlink.roles import Permission, Role, Viewer
from peerlink.store.lookup import many

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
    ahead: tuple[Coming, ...] = ()
    """What the coming week holds for whoever runs the programme."""
    branches: tuple[Branch, ...] = ()
    """How the programme stands, for whoever sees its flags."""

    @property
    def pressing(self) -> list[Line]:
        """What needs somebody now, the gravest first."""
        return graver_first(self.lines)

    @property
    def quiet(self) -> list[Line]:
        """What can wait, or is only to know."""
        return [one for one in self.lines if not one.presses and not one.is_glad]


def desk_for(viewer: Viewer, today: dt.date) -> Desk:
    """Gather what there is to do for this viewer, the most pressing first."""
    people = tuple(next_contacts_for(viewer)[:CARDS]) if viewer.is_a(Role.VOLUNTEER) else ()
    lines = tuple(line for room in LINES for line in room(viewer, today))
    return Desk(people, lines, tuple(days_ahead(viewer, today)), _how_it_stands(viewer))


def _how_it_stands(viewer: Viewer) -> tuple[Branch, ...]:
    if not viewer.may(Permission.SEE_FLAGS):
        return ()
    flags, _damaged = intact(many(open_flags_for(viewer)))
    return tuple(board(latest_counts(), see_all(flags, viewer))[0])
