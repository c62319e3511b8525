"""Passes flags on: to a deputy when nobody takes them up, or when they are about the supervisor themself."""

import datetime as dt
import uuid
from collections import Counter

from sqlalchemy import select

from peerlink import clock
from peerlink.events import announce
from peerlink.features.accounts.models import ROLE_BITS, Account, AccountState
from peerlink.features.programmes.queries import programme_zone
from peerlink.features.risks.events import FlagPassedOn, FlagWaitsAnew
from peerlink.features.risks.models import Flag, FlagState, StepKind
from peerlink.features.risks.queries import lock_open_flags, waiting_to_be_taken_up
from peerlink.features.risks.rulebook import Subject
from peerlink.features.risks.rules.flags import passes_on_at
from peerlink.features.risks.steps import write_step
from peerlink.features.risks.telling import messages_about
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.reading import able_reader_id
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
    _announce(FlagPassedOn, flag)


def ask_anew(volunteer_id: uuid.UUID, on: dt.date) -> None:
    """Let what rests on answers wait anew for a new reader: nobody who had it can see it any longer."""
    for flag in lock_open_flags(Subject.VOLUNTEER, [volunteer_id]):
        if flag.passed_to is None and flag.told_level.is_positive:
            continue
        flag.passed_to = flag.passed_on = None
        flag.acknowledged_at = flag.acknowledged_by = flag.snoozed_until = None
        flag.state, flag.raised_at = FlagState.OPEN, clock.now()
        if has_nobody(flag):
            hand_over(flag, on)
        _announce(FlagWaitsAnew, flag)


def has_nobody(flag: Flag) -> bool:
    """Tell whether a flag is about a volunteer for whom nobody but themself reads (section 8, rule 17)."""
    if flag.subject_kind is not Subject.VOLUNTEER:
        return False
    return able_reader_id(session.get_one(Volunteer, flag.about_id)) is None


def find_deputy(flag: Flag) -> uuid.UUID | None:
    """Name who is told in the reader's place: the colleague who looks after the fewest volunteers.

    Never the supervisor whom the volunteer has chosen not to be read by.
    """
    about = session.get_one(Volunteer, flag.about_id)
    asked = select(Account.id, Account.role_bits).where(
        Account.state == AccountState.ACTIVE,
        Account.id.is_distinct_from(about.supervisor_id),
        Account.id.is_distinct_from(about.reader_id),
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


def _announce(kind: type[FlagPassedOn | FlagWaitsAnew], flag: Flag) -> None:
    announce(kind(by=None, flag_id=flag.id, about_id=flag.about_id, told=messages_about(flag)))
