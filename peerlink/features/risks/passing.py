"""Passes flags on: to a deputy when nobody takes them up, or when they are about the supervisor themself."""

import datetime as dt
import uuid
from collections import Counter

from sqlalchemy import select

from peerlink import clock
from peerlink.events import announce
from peerlink.features.accounts.models import ROLE_BITS, Account, AccountState
from peerlink.features.programmes.queries import programme_zone
from peerlink.features.risks.events import FlagPassedOn
from peerlink.features.risks.models import Flag, StepKind
from peerlink.features.risks.queries import waiting_to_be_taken_up
from peerlink.features.risks.rulebook import Subject
from peerlink.features.risks.rules.flags import passes_on_at
from peerlink.features.risks.steps import write_step
from peerlink.features.volunteers.models import Volunteer
from peerlink.roles import Role
from peerlink.store.session import session

DEPUTIES = (Role.SUPERVISOR, Role.COORDINATOR)
"""Who may stand in for a supervisor; a coordinator is told without what check-ins said."""


def pass_on(_today: dt.date) -> int:
    """Tell a deputy of every flag nobody took up in time; return how many."""
    now, passed = clock.now(), 0
    today = clock.today(programme_zone())
    for flag in waiting_to_be_taken_up():
        due_at = passes_on_at(flag.level, flag.raised_at, flag.acknowledged_at)
        if due_at is not None and due_at <= now:
            hand_over(flag, today)
            passed += 1
    return passed


def hand_over(flag: Flag, on: dt.date) -> None:
    """Tell a deputy of a flag; one about the programme or a participant is only marked as late."""
    flag.passed_on = on
    if flag.subject_kind is Subject.VOLUNTEER:
        flag.passed_to = find_deputy(flag)
    write_step(flag, StepKind.PASSED_ON)
    announce(FlagPassedOn(by=None, flag_id=flag.id, about_id=flag.about_id))


def has_nobody(flag: Flag) -> bool:
    """Tell whether a flag is about a volunteer whom nobody but themself looks after (section 8, rule 17)."""
    if flag.subject_kind is not Subject.VOLUNTEER:
        return False
    asked = (
        select(Account.id)
        .join(Volunteer, Volunteer.supervisor_id == Account.id)
        .where(
            Volunteer.id == flag.about_id,
            Account.state == AccountState.ACTIVE,
            Account.person_id.is_distinct_from(flag.about_id),
        )
    )
    return session.scalar(asked) is None


def find_deputy(flag: Flag) -> uuid.UUID | None:
    """Name who is told in the supervisor's place: the colleague who looks after the fewest volunteers."""
    looked_after_by = session.scalar(select(Volunteer.supervisor_id).where(Volunteer.id == flag.about_id))
    asked = select(Account.id, Account.role_bits).where(
        Account.state == AccountState.ACTIVE,
        Account.id.is_distinct_from(looked_after_by),
        Account.id.is_distinct_from(flag.passed_to),
        Account.person_id.is_distinct_from(flag.about_id),
    )
    free = [(account_id, bits) for account_id, bits in session.execute(asked)]
    loads = Counter(session.scalars(select(Volunteer.supervisor_id)))
    for role in DEPUTIES:
        able = [account_id for account_id, bits in free if bits & ROLE_BITS[role]]
        if able:
            return min(able, key=lambda one: (loads[one], one))
    return None
