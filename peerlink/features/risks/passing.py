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
from peerlink.features.supervision.queries import was_talked_with
from peerlink.features.volunteers.covers import covers_on, looking_after
from peerlink.features.volunteers.models import Volunteer
from peerlink.roles import Role
from peerlink.store.session import session

DEPUTIES = (Role.SUPERVISOR, Role.COORDINATOR)
"""Who may stand in for a supervisor; a coordinator is told without what check-ins said."""
DEPUTIES_OF = {"R26": (Role.SUPERVISOR, Role.MANAGER, Role.COORDINATOR)}
"""Where the framework names others: a second supervisor, or the manager without what check-ins said."""


def pass_on(_today: dt.date) -> int:
    """Tell a deputy of every flag nobody took up in time, or nobody is there to take up; return how many."""
    now, today, passed = clock.now(), _day(), 0
    for flag in waiting_to_be_taken_up():
        due_at = passes_on_at(flag.level, flag.raised_at, flag.acknowledged_at)
        is_late = due_at is not None and due_at <= now and not _was_answered(flag)
        if is_late or has_nobody(flag):
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
    """Tell whether a flag is about a volunteer for whom nobody but themself reads today.

    Whoever should may be gone, be themself (section 8, rule 17), or be away without anybody who covers.
    """
    if flag.subject_kind is not Subject.VOLUNTEER:
        return False
    reader = _who_reads(session.get_one(Volunteer, flag.about_id), _day())
    return reader is None or reader not in _able(flag, Role.SUPERVISOR)


def find_deputy(flag: Flag) -> uuid.UUID | None:
    """Name who is told in the reader's place.

    Whoever has come to cover since the flag was raised, else the colleague who looks after the fewest
    volunteers. Nobody who is away is asked, and never the supervisor whom the volunteer has chosen not to
    be read by.
    """
    about, covers = session.get_one(Volunteer, flag.about_id), covers_on(_day())
    cover = covers.get(about.supervisor_id) if about.supervisor_id and about.reader_id is None else None
    told = {about.supervisor_id, about.reader_id, flag.passed_to, *covers}
    if cover is not None and cover.from_on <= flag.raised_at.date():
        told.add(cover.by_id)
    elif cover is not None and cover.by_id in _able(flag, Role.SUPERVISOR) - told:
        return cover.by_id
    loads = Counter(session.scalars(select(Volunteer.supervisor_id)))
    for role in DEPUTIES_OF.get(flag.rule, DEPUTIES):
        able = _able(flag, role) - told
        if able:
            return min(able, key=lambda one: (loads[one], one))
    return None


def _was_answered(flag: Flag) -> bool:
    """Tell whether what R26 asks for was done since it was raised: a debrief or a one-to-one was held."""
    return flag.rule == "R26" and was_talked_with(flag.about_id, flag.raised_at.date())


def _who_reads(volunteer: Volunteer, day: dt.date) -> uuid.UUID | None:
    """Name who takes up what check-ins said on a day; nobody covers for a chosen reader."""
    if volunteer.reader_id is None:
        return looking_after(volunteer, day)
    return None if volunteer.reader_id in covers_on(day) else volunteer.reader_id


def _able(flag: Flag, role: Role) -> set[uuid.UUID | None]:
    """Name the active accounts in a role that are not of the one the flag is about."""
    asked = select(Account.id).where(
        Account.state == AccountState.ACTIVE,
        Account.role_bits.op("&")(ROLE_BITS[role]) != 0,
        Account.person_id.is_distinct_from(flag.about_id),
    )
    return set(session.scalars(asked))


def _announce(kind: type[FlagPassedOn | FlagWaitsAnew], flag: Flag) -> None:
    announce(kind(by=None, flag_id=flag.id, about_id=flag.about_id, told=messages_about(flag)))


def _day() -> dt.date:
    return clock.today(programme_zone())
