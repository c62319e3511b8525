"""Names who is told of a call or a late visit: who looks after somebody, who is on duty, who comes next."""

import uuid

from sqlalchemy import select

from peerlink import clock
from peerlink.features.accounts.models import Account, AccountState
from peerlink.features.programmes.queries import programme_zone
from peerlink.features.safety.models import SafetyCall
from peerlink.features.safety.queries import CALLS, but_not, on_duty, site_of, who_can
from peerlink.features.volunteers.models import Cover, Volunteer
from peerlink.framework.safety_words import DutyKind
from peerlink.roles import Role
from peerlink.store.session import session


def first_told(volunteer_id: uuid.UUID | None, participant_id: uuid.UUID | None) -> list[uuid.UUID]:
    """Name who hears at once: who looks after the volunteer, else the supervisor on duty; the coordinator."""
    carers = carers_of(volunteer_id) or _on_duty_or_all(DutyKind.SUPERVISOR, Role.SUPERVISOR)
    return but_not([*carers, *coordinators(participant_id)], volunteer_id)


def coordinators(participant_id: uuid.UUID | None) -> list[uuid.UUID]:
    """Name the coordinators on duty today; where nobody is, all of that site."""
    today = clock.today(programme_zone())
    return on_duty(DutyKind.COORDINATOR, today) or who_can(Role.COORDINATOR, site_id=site_of(participant_id))


def carers_of(volunteer_id: uuid.UUID | None, *, reads: bool = True) -> list[uuid.UUID]:
    """Name who looks after a volunteer today: whom they chose to read, else their supervisor or the cover.

    Whoever only reads is left out where nothing is to be read.
    """
    if volunteer_id is None:
        return []
    chosen = select(Volunteer.reader_id, Volunteer.supervisor_id).where(Volunteer.id == volunteer_id)
    reader, supervisor = session.execute(chosen).one()
    today = clock.today(programme_zone())
    instead = session.scalars(
        select(Cover.by_id).where(
            Cover.supervisor_id == supervisor, Cover.from_on <= today, Cover.until_on >= today
        )
    ).all()
    named: list[uuid.UUID | None] = [reader] if reader and reads else [*instead] or [supervisor]
    able = set(who_can(Role.SUPERVISOR, Role.COORDINATOR))
    return but_not([one for one in named if one is not None and one in able], volunteer_id)


def deputies(call: SafetyCall) -> list[uuid.UUID]:
    """Name who hears when nobody took a call: others on duty, else colleagues who look after volunteers."""
    told = set(first_told(call.volunteer_id, call.participant_id)) | {call.holder_id}
    today = clock.today(programme_zone())
    others = [*on_duty(None, today), *who_can(Role.SUPERVISOR), *who_can(Role.SAFEGUARDING_LEAD)]
    free = [one for one in but_not(others, call.volunteer_id) if one not in told]
    return free[:1]


def managers(call: SafetyCall) -> list[uuid.UUID]:
    """Name who hears when even the deputy did not take a call."""
    return but_not(who_can(Role.MANAGER), call.volunteer_id)


def able_to_take(call: SafetyCall) -> list[uuid.UUID]:
    """Name who can be handed a call, those on duty first."""
    today = clock.today(programme_zone())
    roles = tuple(role for role in CALLS if role is not Role.MANAGER)
    everybody = who_can(*roles, site_id=site_of(call.participant_id))
    first = [one for one in [*on_duty(None, today), *carers_of(call.volunteer_id)] if one in everybody]
    return but_not([*first, *everybody], call.volunteer_id)


def buddy_of(volunteer_id: uuid.UUID) -> uuid.UUID | None:
    """Return the buddy of a volunteer, by their volunteer's id; None where no message would reach one."""
    reached = Account.person_id == Volunteer.buddy_id
    asked = select(Volunteer.buddy_id).join(Account, reached)
    return session.scalar(asked.where(Volunteer.id == volunteer_id, Account.state == AccountState.ACTIVE))


def told_beside(volunteer_id: uuid.UUID) -> list[uuid.UUID]:
    """Name who hears first that somebody is not back: their buddy, else their carers, else who is on duty."""
    buddy = buddy_of(volunteer_id)
    if buddy is not None:
        return [buddy]
    return carers_of(volunteer_id, reads=False) or told_on_duty(volunteer_id)


def told_on_duty(volunteer_id: uuid.UUID) -> list[uuid.UUID]:
    """Name who hears an hour after somebody should be back: who is on duty, else every coordinator."""
    everybody = who_can(Role.COORDINATOR)
    return but_not(coordinators(None), volunteer_id) or but_not(everybody, volunteer_id)


def _on_duty_or_all(kind: DutyKind, role: Role) -> list[uuid.UUID]:
    return on_duty(kind, clock.today(programme_zone())) or who_can(role)
