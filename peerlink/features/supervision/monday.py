"""A supervisor's week: the sessions in it, who is due, what was agreed and is still open."""

import datetime as dt
import uuid
from dataclasses import dataclass, field

from peerlink.features.supervision import service
from peerlink.features.supervision.agenda import Agenda, agenda_for
from peerlink.features.supervision.covering import Away, covered_for
from peerlink.features.supervision.models import AgreedAction, Supervision
from peerlink.features.supervision.queries import held_by, last_group_on, open_actions, scheduled
from peerlink.features.supervision.service import Due
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.queries import looked_after
from peerlink.roles import Viewer
from peerlink.store.lookup import many

WEEK = dt.timedelta(days=7)
SOON = dt.timedelta(days=14)
"""How long before a talk is due it is time to plan it."""
WRITTEN_AHEAD = 8
"""Sessions whose agenda is looked at for the list."""


@dataclass(frozen=True)
class Meeting:
    """One session before the supervisor, of one volunteer or of a group."""

    first: Supervision
    people: list[Volunteer]
    is_late: bool
    """Whether its day has passed and nobody said what became of it."""
    agenda: Agenda | None = None


@dataclass(frozen=True)
class Week:
    """What is before a supervisor."""

    meetings: list[Meeting]
    due: list[Due]
    """Whose talk is due within two weeks or overdue, and not planned."""
    later: list[Due]
    """Everybody else."""
    actions: list[AgreedAction]
    last_group_on: dt.date | None
    covers: dict[uuid.UUID | None, Away] = field(default_factory=dict)
    people: dict[uuid.UUID, Volunteer] = field(default_factory=dict)

    @property
    def n_late(self) -> int:
        return sum(one.is_late for one in self.meetings)


def week_of(viewer: Viewer, today: dt.date) -> Week:
    """Gather what is before this supervisor, what is late first."""
    people = {one.id: one for one in many(looked_after(viewer))}
    rows = service.due_list(viewer)
    due = [one for one in rows if _is_due(one, today)]
    return Week(
        meetings=_meetings(viewer, people, today),
        due=due,
        later=[one for one in rows if one not in due],
        actions=list(open_actions(viewer)),
        last_group_on=last_group_on(viewer),
        covers=dict(covered_for(viewer)),
        people=people,
    )


def _is_due(row: Due, today: dt.date) -> bool:
    return row.planned is None and (row.due_on is None or row.due_on <= today + SOON)


def _meetings(viewer: Viewer, people: dict[uuid.UUID, Volunteer], today: dt.date) -> list[Meeting]:
    together: dict[uuid.UUID, list[Supervision]] = {}
    for one in scheduled(held_by(viewer).where(Supervision.held_on <= today + WEEK)):
        together.setdefault(one.group_id or one.id, []).append(one)
    found: list[Meeting] = []
    for rows in together.values():
        first = rows[0]
        who = [people[row.volunteer_id] for row in rows]
        alone = first.group_id is None and len(found) < WRITTEN_AHEAD
        agenda = agenda_for(who[0], viewer, today) if alone else None
        found.append(Meeting(first, who, first.held_on < today, agenda))
    return sorted(found, key=_first_first)


def _first_first(one: Meeting) -> tuple[dt.date, bool, dt.datetime, uuid.UUID]:
    at = one.first.starts_at
    return one.first.held_on, at is None, at or dt.datetime.max.replace(tzinfo=dt.UTC), one.first.id
