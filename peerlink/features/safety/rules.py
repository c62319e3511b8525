"""Until when somebody must be called, how late a visit is, and what a visit needs before it begins."""

import datetime as dt
import re
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from peerlink.errors import Refused
from peerlink.framework.parameters import Limits
from peerlink.framework.safety_words import VisitPlace
from peerlink.roles import Role
from peerlink.words import _

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LONGEST = 2_000
SHORTEST_VISIT, LONGEST_VISIT = 5, 720
"""Minutes a visit may be planned for."""
LONGER = 30
"""Minutes one tap adds to a visit."""
BACK_WITHIN = dt.timedelta(hours=1)
"""How long a check-out can be taken back."""
DAY = dt.timedelta(days=1)
_NUMBER = re.compile(r"[+()\d][\d ()/+.-]{1,28}\d|\d{3}")


@dataclass(frozen=True)
class Hours:
    """When the programme can be reached: on these weekdays (0 is Monday), from and to."""

    days: frozenset[int]
    opens: dt.time
    closes: dt.time


@dataclass(frozen=True, kw_only=True)
class CrisisNumber:
    """A number somebody in danger can call."""

    name: str
    number: str
    hours: str = ""


@dataclass(frozen=True, kw_only=True)
class PlanDraft:
    """What the programme agrees on for the day somebody is in danger."""

    numbers: tuple[CrisisNumber, ...] = ()
    words: str | None = None
    path: str | None = None
    card: str | None = None
    duty_phone: str | None = None
    days: tuple[str, ...] = ()
    opens: dt.time | None = None
    closes: dt.time | None = None


@dataclass(frozen=True, kw_only=True)
class VisitDraft:
    """A visit somebody sets out on."""

    minutes: int
    where: VisitPlace
    match_id: uuid.UUID | None = None
    contact_id: uuid.UUID | None = None
    place_id: uuid.UUID | None = None
    where_words: str | None = None
    risk_note: str | None = None


def check_plan(draft: PlanDraft) -> None:
    """Refuse numbers nobody can call, and hours that end before they begin."""
    for one in draft.numbers:
        if not one.name.strip() or not _NUMBER.fullmatch(one.number.strip()):
            raise Refused(_("Each number needs a name and a phone number that can be called."))
    if draft.duty_phone and not _NUMBER.fullmatch(draft.duty_phone.strip()):
        raise Refused(_("The phone of whoever is on duty cannot be called like this."))
    if set(draft.days) - set(WEEKDAYS):
        raise Refused(_("Choose the days from the list."))
    if draft.days and (draft.opens is None or draft.closes is None):
        raise Refused(_("Say from when to when somebody can be reached on these days."))
    if draft.opens and draft.closes and draft.closes <= draft.opens:
        raise Refused(_("The hours end before they begin."))
    if any(len(one or "") > LONGEST for one in (draft.words, draft.path, draft.card)):
        raise Refused(_("Keep it below %(n)s letters.", n=LONGEST))


def call_due(at: dt.datetime, hours: Hours | None, zone: str, limits: Limits) -> dt.datetime:
    """Return until when a call must be taken: within the hour, out of hours by the next opening.

    Where no hours are filled in somebody is always to be reached.
    """
    opens = next_opening(at, hours, zone)
    return opens or at + dt.timedelta(minutes=limits.whole("safety.acknowledge_minutes"))


def next_opening(at: dt.datetime, hours: Hours | None, zone: str) -> dt.datetime | None:
    """Return when somebody is at the desk again, in the programme's own time; None while somebody is."""
    here = ZoneInfo(zone)
    local = at.astimezone(here)
    if hours is None or not hours.days:
        return None
    if local.weekday() in hours.days and hours.opens <= local.time() < hours.closes:
        return None
    day = local.date() if local.time() < hours.opens else local.date() + DAY
    while day.weekday() not in hours.days:
        day += DAY
    return dt.datetime.combine(day, hours.opens, here)


def passed_stage(
    due_at: dt.datetime, acknowledged_at: dt.datetime | None, now: dt.datetime, limits: Limits
) -> int:
    """Return how far a call nobody took goes by itself: 1 a deputy, an hour later 2 the manager."""
    if acknowledged_at is not None or now < due_at:
        return 0
    return 2 if now >= due_at + dt.timedelta(minutes=limits.whole("safety.acknowledge_minutes")) else 1


def may_know_participant(roles: Collection[Role], passed: int) -> bool:
    """Tell whether whoever took a call on learns which participant it is about (rules 1 and 4).

    Coordinators and the safeguarding lead know them anyway; everybody else only once nobody took it in time.
    """
    return passed > 0 or bool({Role.COORDINATOR, Role.SAFEGUARDING_LEAD} & set(roles))


def late_stage(due_back_at: dt.datetime, now: dt.datetime, limits: Limits) -> int:
    """Return who must know by now that somebody is not back: 1 themself, 2 the buddy, 3 the one on duty."""
    late = now - due_back_at
    return sum(late >= dt.timedelta(minutes=line) for line in limits.lines("lone.minutes"))


def check_visit(draft: VisitDraft, *, first: bool) -> None:
    """Refuse a visit without an end or a place, a first meeting elsewhere, a home without a note on risks."""
    if not SHORTEST_VISIT <= draft.minutes <= LONGEST_VISIT:
        raise Refused(_("Say when you will be back: in 5 minutes to 12 hours."))
    if first and draft.where is not VisitPlace.PLACE:
        raise Refused(_("Meet for the first time in an approved place, not at home and nowhere else."))
    if draft.where is VisitPlace.PLACE and draft.place_id is None:
        raise Refused(_("Choose the place."))
    if draft.where is VisitPlace.ELSEWHERE and not (draft.where_words or "").strip():
        raise Refused(_("Say where, so that somebody could look for you."))
    if draft.where is VisitPlace.HOME and not (draft.risk_note or "").strip():
        raise Refused(_("Before a visit at home, write what could go wrong there and what you do then."))
    if any(len(one or "") > LONGEST for one in (draft.where_words, draft.risk_note)):
        raise Refused(_("Keep it below %(n)s letters.", n=LONGEST))


def check_turn(from_on: dt.date, until_on: dt.date, weekday: int | None) -> None:
    """Refuse a turn on duty that ends before it begins, or is on no day."""
    if until_on < from_on:
        raise Refused(_("The turn ends before it begins."))
    if weekday is not None and weekday not in range(7):
        raise Refused(_("Choose the day from the list."))
