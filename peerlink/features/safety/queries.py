"""What can be asked about the safety plan, the roster, calls and visits, and by whom."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, Select, and_, exists, false, or_, select

from peerlink import clock
from peerlink.features.accounts.models import ROLE_BITS, Account, AccountState
from peerlink.features.contacts.models import Contact
from peerlink.features.participants.models import Participant
from peerlink.features.programmes.queries import programme_zone
from peerlink.features.safety.models import DutyTurn, LoneVisit, SafetyCall, SafetyPlan
from peerlink.features.safety.rules import WEEKDAYS, Hours
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.queries import looked_after_by
from peerlink.framework.safety_words import DutyKind
from peerlink.framework.vocabularies import Channel, ContactStatus
from peerlink.roles import GRANTS, Permission, Role, Viewer
from peerlink.store.lookup import find, get, many
from peerlink.store.session import session
from peerlink.words import _

CALLS = tuple(role for role in Role if Permission.BE_ON_DUTY in GRANTS[role])


def find_plan() -> SafetyPlan | None:
    """Return what the programme has agreed for the day somebody is in danger."""
    return find(select(SafetyPlan).limit(1))


def hours_in_force() -> Hours | None:
    """Return when the programme can be reached; None where nobody has filled that in."""
    plan = find_plan()
    if plan is None or not plan.days or not plan.hours_from or not plan.hours_to:
        return None
    days = frozenset(WEEKDAYS.index(day) for day in plan.days)
    return Hours(days, dt.time.fromisoformat(plan.hours_from), dt.time.fromisoformat(plan.hours_to))


def missing() -> list[str]:
    """Say what must be there before a form that asks about harm to oneself may be sent (rule 2)."""
    plan, said = find_plan(), []
    if not on_duty(None, clock.today(programme_zone())):
        said.append(_("nobody is on duty today"))
    if plan is None or not plan.numbers:
        said.append(_("there are no local crisis numbers"))
    if plan is None or not (plan.path or "").strip():
        said.append(_("the path is not written down"))
    return said


def turns() -> Sequence[DutyTurn]:
    """Return the turns on duty that are not over, the earliest first."""
    today = clock.today(programme_zone())
    asked = select(DutyTurn).where(DutyTurn.until_on >= today)
    return session.scalars(asked.order_by(DutyTurn.from_on, DutyTurn.id)).all()


def get_turn(turn_id: uuid.UUID) -> DutyTurn:
    """Return one turn on duty; raises NotFound."""
    return get(select(DutyTurn).where(DutyTurn.id == turn_id))


def on_duty(kind: DutyKind | None, day: dt.date) -> list[uuid.UUID]:
    """Return the accounts on duty on a day, of one kind or of both, whoever began first."""
    asked = (
        select(DutyTurn.account_id)
        .join(Account, Account.id == DutyTurn.account_id)
        .where(
            Account.state == AccountState.ACTIVE,
            DutyTurn.from_on <= day,
            DutyTurn.until_on >= day,
            or_(DutyTurn.weekday.is_(None), DutyTurn.weekday == day.weekday()),
        )
        .order_by(DutyTurn.from_on, DutyTurn.id)
    )
    if kind is not None:
        asked = asked.where(DutyTurn.kind == kind)
    return list(dict.fromkeys(session.scalars(asked)))


def who_can(*roles: Role, site_id: uuid.UUID | None = None) -> list[uuid.UUID]:
    """Return the active accounts with any of these roles, of everywhere or of a site."""
    bits = 0
    for role in roles:
        bits |= ROLE_BITS[role]
    asked = select(Account.id).where(
        Account.state == AccountState.ACTIVE, Account.role_bits.op("&")(bits) != 0
    )
    if site_id is not None:
        asked = asked.where(or_(Account.site_id.is_(None), Account.site_id == site_id))
    return list(session.scalars(asked.order_by(Account.id)))


def but_not(accounts: Iterable[uuid.UUID], volunteer_id: uuid.UUID | None) -> list[uuid.UUID]:
    """Return these accounts without that of the volunteer it is about, each once."""
    ids = list(dict.fromkeys(accounts))
    if volunteer_id is None or not ids:
        return ids
    theirs = set(session.scalars(select(Account.id).where(Account.person_id == volunteer_id)))
    return [one for one in ids if one not in theirs]


def site_of(participant_id: uuid.UUID | None) -> uuid.UUID | None:
    """Return the site of a participant."""
    if participant_id is None:
        return None
    return session.scalar(select(Participant.site_id).where(Participant.id == participant_id))


def calls_for(viewer: Viewer) -> Select[SafetyCall]:
    """Return the calls this viewer may take, never one about themself.

    Supervisors those of the volunteers they look after or read, all while on duty and once nobody took one;
    coordinators those of their site; managers what even a deputy did not take.
    """
    return select(SafetyCall).where(
        _call_in_reach(viewer),
        or_(SafetyCall.volunteer_id.is_(None), SafetyCall.volunteer_id.is_distinct_from(viewer.person_id)),
    )


def get_call(call_id: uuid.UUID, viewer: Viewer) -> SafetyCall:
    """Return one call; raises NotFound where there is none, or none for this viewer."""
    return get(calls_for(viewer).where(SafetyCall.id == call_id))


def open_calls(viewer: Viewer) -> Sequence[SafetyCall]:
    """Return the calls that are not closed, those nobody took first, the longest waiting first."""
    found = many(calls_for(viewer).where(SafetyCall.closed_on.is_(None)))
    return sorted(found, key=lambda one: (one.acknowledged_at is not None, one.due_at, one.id))


def closed_calls(viewer: Viewer, newest: int = 50) -> Sequence[SafetyCall]:
    """Return the calls that are closed, the latest first."""
    asked = calls_for(viewer).where(SafetyCall.closed_on.is_not(None))
    return many(asked.order_by(SafetyCall.closed_on.desc(), SafetyCall.opened_at.desc()).limit(newest))


def own_call(viewer: Viewer) -> SafetyCall | None:
    """Return the call a volunteer waits for themself; only that it waits is read."""
    if viewer.person_id is None:
        return None
    asked = select(SafetyCall).where(
        SafetyCall.volunteer_id == viewer.person_id,
        SafetyCall.participant_id.is_(None),
        SafetyCall.closed_on.is_(None),
    )
    return find(asked.order_by(SafetyCall.opened_at.desc()).limit(1))


def calls_not_taken() -> Sequence[SafetyCall]:
    """Return every call nobody has taken; for the house's own work."""
    waiting = and_(SafetyCall.closed_on.is_(None), SafetyCall.acknowledged_at.is_(None))
    return many(select(SafetyCall).where(waiting))


def visits_for(viewer: Viewer) -> Select[LoneVisit]:
    """Return the visits this viewer may know of: their own, their team's, their buddy's once late."""
    reach: list[ColumnElement[bool]] = [false()]
    if viewer.is_a(Role.VOLUNTEER) and viewer.person_id is not None:
        reach.append(LoneVisit.volunteer_id == viewer.person_id)
        theirs = select(Volunteer.id).where(Volunteer.buddy_id == viewer.person_id)
        late = and_(LoneVisit.buddy_told_at.is_not(None), LoneVisit.checked_out_at.is_(None))
        reach.append(and_(LoneVisit.volunteer_id.in_(theirs), late))
    if viewer.is_a(Role.COORDINATOR):
        reach.append(LoneVisit.id.is_not(None))
    if viewer.is_a(Role.SUPERVISOR):
        reach.append(LoneVisit.volunteer_id.in_(select(Volunteer.id).where(looked_after_by(viewer))))
        if viewer.account_id in on_duty(None, clock.today(programme_zone())):
            reach.append(LoneVisit.id.is_not(None))
    return select(LoneVisit).where(or_(*reach))


def get_visit(visit_id: uuid.UUID, viewer: Viewer) -> LoneVisit:
    """Return one visit; raises NotFound where there is none, or none for this viewer."""
    return get(visits_for(viewer).where(LoneVisit.id == visit_id))


def get_own_visit(visit_id: uuid.UUID, viewer: Viewer) -> LoneVisit:
    """Return one visit of the viewer's own; raises NotFound."""
    return get(visits_for(viewer).where(LoneVisit.id == visit_id, LoneVisit.volunteer_id == viewer.person_id))


def visits_out(viewer: Viewer) -> Sequence[LoneVisit]:
    """Return who is out now within the viewer's reach, who should be back first."""
    return many(
        visits_for(viewer)
        .where(LoneVisit.checked_out_at.is_(None))
        .order_by(LoneVisit.due_back_at, LoneVisit.id)
    )


def own_visit(viewer: Viewer) -> LoneVisit | None:
    """Return the visit the viewer is on."""
    if viewer.person_id is None:
        return None
    mine = LoneVisit.volunteer_id == viewer.person_id
    asked = visits_for(viewer).where(mine, LoneVisit.checked_out_at.is_(None))
    return find(asked.order_by(LoneVisit.started_at.desc()).limit(1))


def visits_running() -> Sequence[LoneVisit]:
    """Return every visit nobody came back from yet; for the house's own work."""
    return many(select(LoneVisit).where(LoneVisit.checked_out_at.is_(None)))


def has_met(match_id: uuid.UUID) -> bool:
    """Tell whether the two of a match have met in person before."""
    met = exists().where(
        Contact.match_id == match_id,
        Contact.status == ContactStatus.HELD,
        Contact.channel == Channel.IN_PERSON,
    )
    return bool(session.scalar(select(met)))


def planned_meeting(viewer: Viewer, day: dt.date) -> Contact | None:
    """Return the meeting in person the viewer has planned for a day."""
    if viewer.person_id is None:
        return None
    return find(
        select(Contact)
        .where(
            Contact.volunteer_id == viewer.person_id,
            Contact.day == day,
            Contact.status == ContactStatus.PLANNED,
            Contact.channel == Channel.IN_PERSON,
        )
        .order_by(Contact.id)
        .limit(1)
    )


def _call_in_reach(viewer: Viewer) -> ColumnElement[bool]:
    reach: list[ColumnElement[bool]] = [false()]
    if viewer.may(Permission.BE_ON_DUTY):
        reach.append(SafetyCall.holder_id == viewer.account_id)
    if viewer.is_a(Role.SUPERVISOR):
        cares = or_(looked_after_by(viewer), Volunteer.reader_id == viewer.account_id)
        reach.append(SafetyCall.volunteer_id.in_(select(Volunteer.id).where(cares)))
        reach.append(SafetyCall.passed_stage >= 1)
        if viewer.account_id in on_duty(None, clock.today(programme_zone())):
            reach.append(SafetyCall.id.is_not(None))
    if viewer.is_a(Role.SAFEGUARDING_LEAD) or (viewer.is_a(Role.COORDINATOR) and viewer.site_id is None):
        reach.append(SafetyCall.id.is_not(None))
    elif viewer.is_a(Role.COORDINATOR):
        there = select(Participant.id).where(Participant.site_id == viewer.site_id)
        reach.append(or_(SafetyCall.participant_id.is_(None), SafetyCall.participant_id.in_(there)))
    if viewer.is_a(Role.MANAGER):
        reach.append(SafetyCall.passed_stage >= 2)
    return or_(*reach)
