"""How grave an incident is, until when somebody must look, and what must be known before it is closed."""

import datetime as dt
import uuid
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from peerlink.errors import Refused
from peerlink.framework.incident_words import (
    BREACHES,
    CRITICAL,
    HARM,
    PRIVATE,
    SEVERITIES,
    SUGGESTED,
    DataKind,
    IncidentStatus,
    IncidentType,
    RegulatorDecision,
)
from peerlink.framework.parameters import Limits
from peerlink.roles import Role
from peerlink.words import _

LONGEST = 2_000
SHORT = 500
DAY = dt.timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class ReportDraft:
    """An incident as somebody tells it."""

    type: IncidentType
    what: str
    happened_on: dt.date | None = None
    severity: int | None = None
    """None takes what the type suggests."""
    volunteer_id: uuid.UUID | None = None
    participant_id: uuid.UUID | None = None
    about_account_id: uuid.UUID | None = None
    place_id: uuid.UUID | None = None
    whom: str | None = None
    harm: str | None = None
    wants_contact: bool = False


@dataclass(frozen=True, kw_only=True)
class TriageDraft:
    """What whoever looked at an incident first makes of it."""

    type: IncidentType
    severity: int
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class BreachDraft:
    """What must be known where something private got out."""

    data_kinds: tuple[str, ...] = ()
    n_people: int | None = None
    informed_on: dt.date | None = None
    why_not_informed: str | None = None
    regulator: RegulatorDecision = RegulatorDecision.OPEN
    regulator_why: str | None = None
    cause: str | None = None
    fix: str | None = None


def check_report(draft: ReportDraft, today: dt.date) -> None:
    """Refuse a report that says nothing, or what cannot be."""
    if not draft.what.strip():
        raise Refused(_("Say what happened; one sentence is enough."))
    if max(len(draft.what), len(draft.harm or "")) > LONGEST or len(draft.whom or "") > SHORT:
        raise Refused(_("Keep it below %(n)s letters.", n=LONGEST))
    if draft.happened_on is not None and draft.happened_on > today:
        raise Refused(_("The day it happened cannot be one to come."))
    if draft.severity is not None:
        check_severity(draft.severity)


def check_severity(severity: int) -> None:
    """Refuse a gravity there is not."""
    if severity not in SEVERITIES:
        raise Refused(_("Choose how grave it is, from 1 to 4."))


def severity_of(draft: ReportDraft) -> int:
    """Return how grave an incident is: as said, else as its type suggests."""
    return draft.severity if draft.severity is not None else SUGGESTED[draft.type]


def presses(kind: IncidentType, severity: int) -> bool:
    """Tell whether somebody is needed the same day: somebody is or may be harmed, or it is critical."""
    return kind in HARM or severity == CRITICAL


def triage_due(at: dt.datetime, kind: IncidentType, severity: int, zone: str) -> dt.datetime:
    """Return until when somebody must have looked: the same day where it presses, else one working day.

    Working days are Monday to Friday in the programme's time zone; what comes at a weekend waits from Monday.
    """
    here = ZoneInfo(zone)
    local = at.astimezone(here)
    if presses(kind, severity):
        return dt.datetime.combine(local.date() + DAY, dt.time(), here)
    day, time = local.date(), local.timetz().replace(tzinfo=None)
    if not _works_on(day):
        time = dt.time()
    while not _works_on(day):
        day += DAY
    day += DAY
    while not _works_on(day):
        day += DAY
    return dt.datetime.combine(day, time, here)


def clocks_from(
    day: dt.date, kind: IncidentType, severity: int, zone: str
) -> tuple[dt.datetime, dt.datetime]:
    """Return from when the clocks run of what is known by its day alone, and until when somebody must look.

    Hours count from the beginning of the day, so that no clock shows more time than there is. What presses is
    looked at before the day ends, all else before the next working day does.
    """
    last = day if presses(kind, severity) else day + DAY
    while last > day and not _works_on(last):
        last += DAY
    begins, due = (dt.datetime.combine(one, dt.time(), ZoneInfo(zone)) for one in (day, last + DAY))
    return begins, due


def _works_on(day: dt.date) -> bool:
    return day.weekday() < 5


def told_stage(status: IncidentStatus, due_at: dt.datetime | None, now: dt.datetime, limits: Limits) -> int:
    """Return who must have heard by now that nobody looked: 0 nobody, 1 the handler, 2 a deputy."""
    if status is not IncidentStatus.REPORTED or due_at is None or now < due_at:
        return 0
    return 2 if now >= due_at + dt.timedelta(hours=limits.number("incident.deputy_hours")) else 1


def breach_stage(
    *,
    kind: IncidentType,
    status: IncidentStatus,
    reported_at: dt.datetime | None,
    decided: bool,
    now: dt.datetime,
    limits: Limits,
) -> int:
    """Return which clock of a breach has run out: 1 the privacy lead's, 2 the authority's."""
    if kind not in BREACHES or reported_at is None or status is IncidentStatus.CLOSED or decided:
        return 0
    lead, authority = (dt.timedelta(hours=one) for one in limits.lines("incident.breach_hours"))
    if now >= reported_at + authority:
        return 2
    return 1 if now >= reported_at + lead and status is IncidentStatus.REPORTED else 0


def leads(kind: IncidentType) -> tuple[Role, ...]:
    """Return whose duty an incident of this type is, and who stands in for them."""
    if kind in HARM:
        return (Role.SAFEGUARDING_LEAD, Role.COORDINATOR, Role.MANAGER)
    if kind in PRIVATE:
        return (Role.PRIVACY_LEAD, Role.COORDINATOR, Role.MANAGER)
    return (Role.COORDINATOR, Role.MANAGER, Role.SUPERVISOR)


def check_breach(draft: BreachDraft, reported_on: dt.date, today: dt.date) -> None:
    """Refuse what cannot be true of a breach."""
    if set(draft.data_kinds) - set(DataKind):
        raise Refused(_("Choose what got out from the list."))
    if draft.n_people is not None and not 0 <= draft.n_people <= 100_000:
        raise Refused(_("Say how many people, in figures."))
    if draft.informed_on is not None and draft.informed_on > today:
        raise Refused(_("The day people were told cannot be one to come."))
    if draft.informed_on is not None and draft.why_not_informed:
        raise Refused(_("Either they were told, or there is a reason why not."))
    if draft.regulator is RegulatorDecision.NOT_NEEDED and not (draft.regulator_why or "").strip():
        raise Refused(_("Say why the authority need not be told; it may ask."))
    texts = (draft.why_not_informed, draft.regulator_why, draft.cause, draft.fix)
    if any(len(one or "") > LONGEST for one in texts):
        raise Refused(_("Keep it below %(n)s letters.", n=LONGEST))


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is known of an incident that somebody wants to close."""

    type: IncidentType
    learning: str | None
    informed_on: dt.date | None = None
    why_not_informed: str | None = None
    cause: str | None = None
    fix: str | None = None
    decided: bool = False


def check_may_close(known: Known) -> None:
    """Refuse to close what nothing was learned from, or a breach nobody was told of (R40)."""
    if not (known.learning or "").strip():
        raise Refused(_("Write down what was learned; that is what closing it is for."))
    if known.type not in BREACHES:
        return
    if known.informed_on is None and not (known.why_not_informed or "").strip():
        raise Refused(_("Say when the person was told what got out, or why not."))
    if not (known.cause or "").strip() or not (known.fix or "").strip():
        raise Refused(_("Say what led to it, and what was done so that it does not happen again."))
    if not known.decided:
        raise Refused(_("Decide first whether the authority is told."))
