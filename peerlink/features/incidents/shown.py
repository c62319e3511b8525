"""What pages show of an incident: whom it is about, who has it, which clocks run, what was done."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from peerlink import clock
from peerlink.features.accounts.queries import team_members
from peerlink.features.incidents.models import Incident, IncidentStep
from peerlink.features.incidents.queries import About, about_of, steps_of
from peerlink.features.programmes.queries import limits, places
from peerlink.framework.incident_words import BREACHES, DECIDED, IncidentStatus
from peerlink.roles import Viewer
from peerlink.store import gate
from peerlink.store.sealing import intact
from peerlink.words import _

Names = dict[uuid.UUID | None, str]


@dataclass(frozen=True)
class Clock:
    """One clock: what must be done, until when, and whether it ran out."""

    label: str
    until: dt.datetime
    done: bool
    late: bool


@dataclass(frozen=True)
class Row:
    """One incident in a list."""

    incident: Incident
    about: About
    handler: str
    late: bool
    """A clock ran out."""


@dataclass(frozen=True)
class Seen(Row):
    """One incident on its own page."""

    reporter: str | None
    """None where they stay unnamed."""
    place: str | None
    clocks: Sequence[Clock]
    steps: Sequence[tuple[IncidentStep, str, str]]
    """Each with who did it, and what it was."""


def see_all(incidents: Iterable[Incident], viewer: Viewer) -> list[Row]:
    """Return incidents within reach as a list shows them; those that do not open are left out."""
    rows, _n_damaged = intact(incidents)
    names = _names(one.handler_id for one in rows)
    return [Row(one, about_of(one, viewer), names.get(one.handler_id, ""), is_late(one)) for one in rows]


def see(incident: Incident, viewer: Viewer) -> Seen:
    """Return an incident within reach as its page shows it."""
    steps = steps_of(incident)
    who = {uuid.UUID(one) for step in steps for one in (step.by, step.handler) if one}
    names = _names({*who, incident.handler_id, incident.reporter_id})
    place = places().get(incident.place_id) if incident.place_id else None
    return Seen(
        incident,
        about_of(incident, viewer),
        names.get(incident.handler_id, ""),
        is_late(incident),
        names.get(incident.reporter_id) if incident.reporter_id else None,
        place.name if place else None,
        clocks_of(incident),
        [(step, _name(step.by, names), _title(step, names)) for step in steps],
    )


def is_late(incident: Incident) -> bool:
    """Tell whether a clock of an incident ran out."""
    return any(one.late for one in clocks_of(incident))


def clocks_of(incident: Incident) -> list[Clock]:
    """Return the clocks of an incident; none where it is closed."""
    if incident.status is IncidentStatus.CLOSED or incident.triage_due_at is None:
        return []
    now, looked = clock.now(), incident.status is not IncidentStatus.REPORTED
    clocks = [_clock(_("Somebody looks at it"), incident.triage_due_at, looked, now)]
    if incident.type in BREACHES and incident.reported_at is not None:
        lead, authority = (dt.timedelta(hours=n) for n in limits().lines("incident.breach_hours"))
        decided = incident.regulator in DECIDED
        clocks += [
            _clock(_("The privacy lead looks"), incident.reported_at + lead, looked, now),
            _clock(_("Decide whether the authority is told"), incident.reported_at + authority, decided, now),
        ]
    return clocks


def _clock(label: str, until: dt.datetime, done: bool, now: dt.datetime) -> Clock:
    return Clock(label, until, done, not done and now >= until)


def _title(step: IncidentStep, names: Names) -> str:
    if step.became:
        return _(IncidentStatus(step.became).label)
    if step.handler:
        return _("Handed to %(name)s", name=names.get(uuid.UUID(step.handler), ""))
    return _("Written down")


def _name(account: str | None, names: Names) -> str:
    return names.get(uuid.UUID(account), "") if account else ""


def _names(accounts: Iterable[uuid.UUID | None]) -> Names:
    ids = [one for one in set(accounts) if one is not None]
    with gate.opened("an incident that was opened says who did what about it"):
        found: Names = {}
        found.update(team_members(ids).items())
        return found
