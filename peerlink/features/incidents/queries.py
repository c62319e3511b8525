"""What can be asked about incidents, and by whom: never by anybody they are about."""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, false, or_, select

from peerlink.features.accounts.models import ROLE_BITS, Account, AccountState
from peerlink.features.incidents.models import Incident, IncidentStep
from peerlink.features.incidents.rules import leads
from peerlink.features.matching.queries import my_matches
from peerlink.features.participants.models import Participant
from peerlink.features.participants.queries import OPEN as LOOKED_AFTER
from peerlink.features.participants.queries import participants_for
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.queries import PRESENT, volunteers_for
from peerlink.framework.incident_words import (
    CONCERNS,
    HARM,
    PRIVATE,
    SAFEGUARDING,
    IncidentStatus,
    IncidentType,
)
from peerlink.roles import GRANTS, Permission, Role, Viewer
from peerlink.store import gate
from peerlink.store.lookup import get, many
from peerlink.store.session import session

OPEN = tuple(status for status in IncidentStatus if status is not IncidentStatus.CLOSED)
HANDLES = frozenset(role for role in Role if Permission.HANDLE_INCIDENTS in GRANTS[role])
Only = Collection[uuid.UUID] | None


def incidents_for(viewer: Viewer) -> Select[Incident]:
    """Return the incidents this viewer may read: by their duty or as their handler, never one about them."""
    return select(Incident).where(_reach(viewer), not_about(viewer))


def not_about(viewer: Viewer) -> ColumnElement[bool]:
    """Say that an incident is not about whoever is looking (framework.md section 8, rule 17)."""
    return and_(
        Incident.about_account_id.is_distinct_from(viewer.account_id),
        or_(Incident.volunteer_id.is_(None), Incident.volunteer_id.is_distinct_from(viewer.person_id)),
    )


def get_incident(incident_id: uuid.UUID, viewer: Viewer) -> Incident:
    """Return one incident; raises NotFound where there is none, or none for this viewer."""
    return get(incidents_for(viewer).where(Incident.id == incident_id))


def listed(viewer: Viewer, *, closed: bool = False, mine: bool = False) -> Sequence[Incident]:
    """Return the viewer's incidents that are open, or those that are closed; the gravest first."""
    asked = incidents_for(viewer).where(
        Incident.status == IncidentStatus.CLOSED if closed else Incident.status.in_(OPEN)
    )
    if mine:
        asked = asked.where(Incident.handler_id == viewer.account_id)
    return many(asked.order_by(Incident.severity.desc(), Incident.reported_on, Incident.id))


def steps_of(incident: Incident) -> Sequence[IncidentStep]:
    """Return what was done about an incident within reach, the latest first."""
    found = many(select(IncidentStep).where(IncidentStep.incident_id == incident.id))
    return sorted(found, key=lambda step: step.at, reverse=True)


@dataclass(frozen=True)
class OwnReport:
    """What whoever reported an incident sees of it afterwards: that it is looked after."""

    type: IncidentType
    status: IncidentStatus
    reported_on: dt.date
    closed_on: dt.date | None


def own_reports(viewer: Viewer) -> list[OwnReport]:
    """Return what the viewer reported under their name, the latest first; nothing is opened."""
    asked = select(Incident.type, Incident.status, Incident.reported_on, Incident.closed_on).where(
        Incident.reporter_id == viewer.account_id
    )
    return [OwnReport(*row) for row in session.execute(asked.order_by(Incident.reported_on.desc()))]


@dataclass(frozen=True)
class Handler:
    """Somebody who may handle an incident."""

    account_id: uuid.UUID
    name: str
    roles: frozenset[Role]


def handlers_of(incident: Incident) -> list[Handler]:
    """Return who may handle an incident, whose duty it is first; nobody it is about, nobody of elsewhere."""
    order, site = leads(incident.type), _site_of(incident.participant_id)
    with gate.opened("colleagues are named to choose who handles an incident"):
        found = [
            Handler(one.id, one.name, one.roles)
            for one in _active()
            if one.roles & HANDLES
            and one.id != incident.about_account_id
            and (incident.volunteer_id is None or one.person_id != incident.volunteer_id)
            and (one.site_id is None or site is None or one.site_id == site)
        ]
    return sorted(found, key=lambda one: (_rank(one.roles, order), one.account_id))


def _active() -> Sequence[Account]:
    only_volunteers = Account.role_bits == ROLE_BITS[Role.VOLUNTEER]
    active = select(Account).where(Account.state == AccountState.ACTIVE, ~only_volunteers)
    return many(active.order_by(Account.id))


def _rank(roles: frozenset[Role], order: tuple[Role, ...]) -> int:
    return min((n for n, role in enumerate(order) if role in roles), default=len(order))


def _site_of(participant_id: uuid.UUID | None) -> uuid.UUID | None:
    if participant_id is None:
        return None
    return session.scalar(select(Participant.site_id).where(Participant.id == participant_id))


@dataclass(frozen=True)
class Nameable:
    """Whom a report may name, by id, as far as its reporter knows them anyway."""

    participants: dict[uuid.UUID, str]
    volunteers: dict[uuid.UUID, str]
    staff: dict[uuid.UUID, str]


def nameable_by(viewer: Viewer) -> Nameable:
    """Return whom the viewer may name in a report; that the form was opened leaves no trace (ADR 0026)."""
    with gate.unnamed("the form that may be sent unnamed leaves no trace of who opened it"):
        staff = {one.id: one.name for one in _active()}
        staff.pop(viewer.account_id, None)
        return Nameable(_participants_known_to(viewer), _volunteers_known_to(viewer), _by_name(staff))


def _participants_known_to(viewer: Viewer) -> dict[uuid.UUID, str]:
    if viewer.is_a(Role.COORDINATOR):
        known = many(participants_for(viewer).where(Participant.status.in_(LOOKED_AFTER)))
    else:
        theirs = [match.participant_id for match in my_matches(viewer)] if viewer.person_id else []
        known = many(select(Participant).where(Participant.id.in_(theirs)))
    return _by_name({one.id: one.called for one in known})


def _volunteers_known_to(viewer: Viewer) -> dict[uuid.UUID, str]:
    if not viewer.is_a(Role.COORDINATOR, Role.SUPERVISOR):
        return {}
    known = many(volunteers_for(viewer).where(Volunteer.status.in_(PRESENT)))
    return _by_name({one.id: one.called for one in known if one.id != viewer.person_id})


def _by_name(names: dict[uuid.UUID, str]) -> dict[uuid.UUID, str]:
    return dict(sorted(names.items(), key=lambda one: one[1].casefold()))


@dataclass(frozen=True)
class About:
    """Whom an incident is about, as far as the viewer may know."""

    volunteer: str | None
    participant: str | None
    account: str | None


def about_of(incident: Incident, viewer: Viewer) -> About:
    """Name whom an incident within reach is about; who only handles it does not learn who is supported."""
    knows = viewer.is_a(Role.COORDINATOR, Role.SAFEGUARDING_LEAD, Role.PRIVACY_LEAD)
    with gate.opened("an incident that was opened says whom it is about"):
        volunteer = session.get(Volunteer, incident.volunteer_id) if incident.volunteer_id else None
        participant = session.get(Participant, incident.participant_id) if incident.participant_id else None
        account = session.get(Account, incident.about_account_id) if incident.about_account_id else None
        return About(
            volunteer.called if volunteer else None,
            (participant.called if knows else "–") if participant else None,
            account.name if account else None,
        )


def running() -> Sequence[Incident]:
    """Return every incident whose clocks may still run; for the house's own work."""
    return many(select(Incident).where(Incident.status.in_(OPEN), Incident.triage_due_at.is_not(None)))


def concerns_open(day: dt.date) -> set[uuid.UUID]:
    """Name the volunteers about whom a safeguarding concern or suspected breach stood open on a day (H15)."""
    return _open_about(Incident.volunteer_id, CONCERNS, day).keys() - {None}


def exposures(day: dt.date, only: Only = None) -> dict[uuid.UUID, tuple[dt.date, bool]]:
    """Return when each volunteer was last recognised through the role, and whether that stood open (R27)."""
    still_open = or_(Incident.closed_on.is_(None), Incident.closed_on > day)
    asked = select(Incident.volunteer_id, Incident.reported_on, still_open).where(
        Incident.volunteer_id.is_not(None),
        Incident.type == IncidentType.VOLUNTEER_EXPOSED,
        Incident.reported_on <= day,
    )
    if only is not None:
        asked = asked.where(Incident.volunteer_id.in_(only))
    found: dict[uuid.UUID, tuple[dt.date, bool]] = {}
    for who, on, is_open in session.execute(asked):
        if who is None:
            continue
        last, any_open = found.get(who, (on, False))
        found[who] = max(last, on), any_open or bool(is_open)
    return found


def violence_open(day: dt.date, only: Only = None) -> set[uuid.UUID]:
    """Name the volunteers with an open incident of violence or threat on a day (R22)."""
    return set(_open_about(Incident.volunteer_id, {IncidentType.VIOLENCE_OR_THREAT}, day, only))


def safeguarding_open(day: dt.date, only: Only = None) -> dict[uuid.UUID, int]:
    """Count the safeguarding incidents about each participant that stood open on a day (R51)."""
    return dict(_open_about(Incident.participant_id, SAFEGUARDING, day, only))


def _open_about(
    column: ColumnElement[uuid.UUID | None] | object,
    types: Iterable[IncidentType],
    day: dt.date,
    only: Only = None,
) -> Counter[uuid.UUID]:
    whose: ColumnElement[uuid.UUID | None] = column  # type: ignore[assignment]
    asked = select(whose).where(
        whose.is_not(None),
        Incident.type.in_(list(types)),
        Incident.reported_on <= day,
        or_(Incident.closed_on.is_(None), Incident.closed_on > day),
    )
    if only is not None:
        asked = asked.where(whose.in_(only))
    return Counter(session.scalars(asked))


def _reach(viewer: Viewer) -> ColumnElement[bool]:
    reach: list[ColumnElement[bool]] = [false()]
    if viewer.may(Permission.HANDLE_INCIDENTS):
        reach.append(Incident.handler_id == viewer.account_id)
    if viewer.is_a(Role.COORDINATOR):
        if viewer.site_id is None:
            reach.append(Incident.id.is_not(None))
        else:
            there = select(Participant.id).where(Participant.site_id == viewer.site_id)
            reach.append(or_(Incident.participant_id.is_(None), Incident.participant_id.in_(there)))
    if viewer.is_a(Role.SAFEGUARDING_LEAD):
        reach.append(Incident.type.in_(HARM))
    if viewer.is_a(Role.PRIVACY_LEAD):
        reach.append(Incident.type.in_(PRIVATE))
    return or_(*reach)
