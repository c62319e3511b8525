"""Has its say before somebody serves, clears the desk of who leaves, and fills in calendars."""

import datetime as dt
import uuid
from collections.abc import Iterator

from peerlink.events import listen
from peerlink.features.accounts.queries import team_members
from peerlink.features.accounts.sources import Appointment, hear
from peerlink.features.supervision.agreeing import drop_all
from peerlink.features.supervision.models import Supervision
from peerlink.features.supervision.queries import sessions_in_calendar
from peerlink.features.supervision.rules import USUAL_MINUTES
from peerlink.features.supervision.service import call_off_all, check_first_booked
from peerlink.features.volunteers.covers import standing_in
from peerlink.features.volunteers.events import VolunteerStepped
from peerlink.features.volunteers.queries import volunteers_among
from peerlink.features.volunteers.service import check_before
from peerlink.framework.people_words import SupervisionStatus, VolunteerStatus
from peerlink.roles import Viewer
from peerlink.store import gate

GONE = frozenset({VolunteerStatus.LEFT, VolunteerStatus.WITHDRAWN, VolunteerStatus.DECLINED})


def connect() -> None:
    """Let nobody begin without a first session, and leave none planned with who has gone."""
    check_before(VolunteerStatus.ACTIVE, check_first_booked)
    listen(VolunteerStepped, clear)
    hear(appointments)


def clear(event: VolunteerStepped) -> None:
    """Call off what is planned, and let go of what is agreed, with somebody who has gone."""
    if event.after in GONE:
        with gate.opened("sessions with somebody who has gone are called off"):
            call_off_all(event.volunteer_id, by=event.by)
            drop_all(event.volunteer_id, by=event.by)


def appointments(viewer: Viewer, since: dt.date) -> Iterator[Appointment]:
    """Return the sessions a viewer has or holds, where an hour was agreed; a group is one of them.

    Whoever covers only from another day on is not told with whom.
    """
    if "supervision" not in viewer.opens():
        return
    sessions = sessions_in_calendar(viewer, since)
    mine = [one for one in sessions if one.volunteer_id == viewer.person_id]
    holds = {one.id: standing_in(one.supervisor_id, one.held_on) for one in mine}
    names = team_members([one for one in holds.values() if one is not None])
    for one in mine:
        holder = holds[one.id]
        yield from _at(one, one.id, names.get(holder, "") if holder is not None else "")
    others = [one for one in sessions if one.volunteer_id != viewer.person_id]
    people = volunteers_among([one.volunteer_id for one in others], viewer)
    groups: dict[uuid.UUID, list[Supervision]] = {}
    for one in others:
        if one.group_id is not None:
            groups.setdefault(one.group_id, []).append(one)
        else:
            who = people.get(one.volunteer_id)
            yield from _at(one, one.id, (who.alias or who.given_name) if who is not None else "")
    for group_id, rows in groups.items():
        on = [row for row in rows if row.status is not SupervisionStatus.CANCELLED]
        yield from _at((on or rows)[0], group_id, "")


def _at(one: Supervision, known_as: uuid.UUID, initial: str) -> Iterator[Appointment]:
    if one.starts_at is not None:
        off = one.status is SupervisionStatus.CANCELLED
        minutes = one.minutes or USUAL_MINUTES[one.kind]
        yield Appointment(known_as, one.starts_at, minutes, off, initial[:1])
