"""How people and their matches stood on a day, today or in the past."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar, cast

from sqlalchemy import Select, and_, case, func, not_, or_, select

from peerlink.features.contacts.models import NOT_SAFE, OUTSTANDING, Contact
from peerlink.features.indicators.raw import Key, key
from peerlink.features.matching.models import Match
from peerlink.features.participants.models import Participant
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.queries import KNOWN
from peerlink.framework.contact_words import ContactStatus
from peerlink.framework.reasons import EndReason
from peerlink.framework.vocabularies import MatchStatus, ParticipantStatus, VolunteerStatus
from peerlink.store.session import session

Only = Collection[uuid.UUID] | None
"""The people to look at; None for all."""
S = TypeVar("S")

SERVED = frozenset({VolunteerStatus.ACTIVE, VolunteerStatus.PAUSED, VolunteerStatus.LEFT})
NOT_ENTERED = frozenset({ContactStatus.PLANNED, ContactStatus.UNCONFIRMED})


def within(asked: S, who: Any, only: Only) -> S:
    """Narrow a question to some people."""
    return asked if only is None else cast(S, cast(Select[Any], asked).where(who.in_(only)))


class VolunteerThen(NamedTuple):
    """A volunteer's plain columns as they stood."""

    status: VolunteerStatus
    status_since: dt.date
    joined_on: dt.date | None
    capacity: int | None
    agreed_hours: int | None
    is_known: bool
    """Whether more than these columns is kept about them; whoever was forgotten is counted, not judged."""


def volunteers_on(day: dt.date, only: Only) -> dict[Key, VolunteerThen]:
    """Return who was active or paused on a day; a state that began later is read as active from joining."""
    asked = select(
        key(Volunteer.id),
        Volunteer.status,
        Volunteer.status_since,
        Volunteer.joined_on,
        Volunteer.capacity,
        Volunteer.agreed_hours,
        KNOWN,
    )
    found = {}
    for who, status, since, joined, *rest in session.execute(within(asked, Volunteer.id, only)):
        stood, stood_since = status, since
        if since > day:
            if joined is None or joined > day:
                continue
            stood, stood_since = VolunteerStatus.ACTIVE, joined
        if stood in {VolunteerStatus.ACTIVE, VolunteerStatus.PAUSED}:
            found[who] = VolunteerThen(stood, stood_since, joined, *rest)
    return found


@dataclass(slots=True)
class MatchesThen:
    """What one volunteer's matches came to."""

    n_active: int = 0
    n_open: int = 0
    oldest_active_on: dt.date | None = None
    n_not_a_fit_180: int = 0
    spans: list[tuple[dt.date, dt.date | None]] = field(default_factory=list)
    """First and last day of every active match that reaches into D28."""
    least_28: int = 0
    most_28: int = 0
    daily_28: tuple[int, ...] = ()
    """Active matches on each day of D28, where they were not the same on all."""


def matches_on(day: dt.date, only: Only) -> dict[Key, MatchesThen]:
    """Return what each volunteer's matches came to on a day."""
    found: dict[Key, MatchesThen] = defaultdict(MatchesThen)
    began = func.coalesce(Match.started_on, Match.accepted_on)
    steady = and_(
        Match.status == MatchStatus.ACTIVE, Match.ended_on.is_(None), began <= day - dt.timedelta(days=27)
    )
    _count_steady(steady, began, only, found)
    _count_others(steady, day, only, found)
    for one in found.values():
        if one.spans:
            steady_n = one.least_28
            one.daily_28 = tuple(steady_n + n for n in _daily(one.spans, day))
            one.least_28, one.most_28 = min(one.daily_28), max(one.daily_28)
    return found


def _count_steady(steady: Any, began: Any, only: Only, found: dict[Key, MatchesThen]) -> None:
    """Count the matches that were active on every day of D28: most of them, and all alike."""
    asked = select(key(Match.volunteer_id), func.count(), func.min(began)).where(steady)
    for who, n, oldest in session.execute(
        within(asked, Match.volunteer_id, only).group_by(Match.volunteer_id)
    ):
        one = found[who]
        one.n_active = one.n_open = one.least_28 = one.most_28 = n
        one.oldest_active_on = oldest


def _count_others(steady: Any, day: dt.date, only: Only, found: dict[Key, MatchesThen]) -> None:
    asked = select(
        key(Match.volunteer_id),
        Match.status,
        Match.accepted_on,
        Match.started_on,
        Match.ended_on,
        Match.end_reason,
    ).where(
        func.coalesce(not_(steady), True),
        or_(Match.ended_on.is_(None), Match.ended_on > day - dt.timedelta(days=180)),
    )
    for who, status, accepted, started, ended, reason in session.execute(
        within(asked, Match.volunteer_id, only)
    ):
        one = found[who]
        over = ended is not None and ended <= day
        if ended and over and reason is EndReason.NOT_A_FIT:
            one.n_not_a_fit_180 += 1
        one.n_open += _is_open(day, status, accepted or started, ended)
        began = started or accepted
        if began is None or began > day:
            continue
        if status is MatchStatus.ACTIVE or (status is MatchStatus.ENDED and started is not None):
            last = None if ended is None else ended - dt.timedelta(days=1)
            if last is None or (day - last).days < 28:
                one.spans.append((began, last))
            if not over:
                one.n_active += 1
                one.oldest_active_on = min(filter(None, (one.oldest_active_on, began)))


RUNNING = frozenset({MatchStatus.ACCEPTED, MatchStatus.ACTIVE, MatchStatus.PAUSED})


def _is_open(day: dt.date, status: MatchStatus, since: dt.date | None, ended: dt.date | None) -> bool:
    """Tell whether both had accepted a match by a day, and it had not ended."""
    if since is None or since > day:
        return False
    return status in RUNNING or (status is MatchStatus.ENDED and ended is not None and ended > day)


def open_on(day: dt.date, people: Collection[uuid.UUID]) -> dict[uuid.UUID, set[uuid.UUID]]:
    """Return which matches of some volunteers were open on a day."""
    found: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    asked = select(
        Match.volunteer_id, Match.id, Match.status, Match.accepted_on, Match.started_on, Match.ended_on
    ).where(Match.volunteer_id.in_(people))
    for who, match_id, status, accepted, started, ended in session.execute(asked):
        if _is_open(day, status, accepted or started, ended):
            found[who].add(match_id)
    return found


def _daily(spans: list[tuple[dt.date, dt.date | None]], day: dt.date) -> list[int]:
    first = day - dt.timedelta(days=27)
    days = [first + dt.timedelta(days=n) for n in range(28)]
    return [sum(began <= on and (last is None or on <= last) for began, last in spans) for on in days]


EXPOSED_DAYS = 180
"""How long an incident in which a volunteer was exposed counts (indicator I-SV-PRI)."""


def is_exposed(day: dt.date, exposure: tuple[dt.date, bool] | None, plan_on: dt.date | None) -> bool:
    """Tell whether somebody's exposure is not settled: open, or lately reported and without a plan since."""
    if exposure is None:
        return False
    reported_on, is_open = exposure
    planned = plan_on is not None and plan_on >= reported_on
    return is_open or ((day - reported_on).days < EXPOSED_DAYS and not planned)


def rated_not_safe_60(day: dt.date, only: Only) -> dict[Key, int]:
    """Count each volunteer's contacts of the last 60 days whose place they rated not safe."""
    asked = (
        select(key(Contact.volunteer_id), func.count())
        .where(NOT_SAFE, Contact.day > day - dt.timedelta(days=60), Contact.day <= day)
        .group_by(Contact.volunteer_id)
    )
    return dict(iter(session.execute(within(asked, Contact.volunteer_id, only))))


class ParticipantThen(NamedTuple):
    """A participant with an active match, as they stood."""

    status: ParticipantStatus
    match_started_on: dt.date
    planned_interval_days: int | None


def participants_on(day: dt.date, only: Only) -> dict[Key, ParticipantThen]:
    """Return the participants with an active match on a day; of two, the one that started first."""
    active = or_(
        Match.status == MatchStatus.ACTIVE, and_(Match.status == MatchStatus.ENDED, Match.ended_on > day)
    )
    asked = select(
        key(Match.participant_id),
        Participant.status,
        Participant.status_since,
        Match.started_on,
        func.coalesce(Match.planned_interval_days, Participant.planned_interval_days),
    ).join(Match, Match.participant_id == Participant.id)
    found: dict[Key, ParticipantThen] = {}
    for who, status, since, started, interval in session.execute(
        within(asked, Participant.id, only).where(active, Match.started_on <= day)
    ):
        other = found.get(who)
        if other is None or started < other.match_started_on:
            stood = status if since <= day else ParticipantStatus.WAITING
            found[who] = ParticipantThen(stood, started, interval)
    return found


def entered_8_to_89(day: dt.date, only: Only) -> dict[Key, tuple[int, int]]:
    """Count contacts planned 8 to 89 days ago and those entered, where any is not entered.

    Where every one is entered the share is whole, however many there are, so nothing is counted.
    """
    planned = Contact.planned_on.between(day - dt.timedelta(days=89), day - dt.timedelta(days=8))
    behind = within(select(Contact.participant_id).where(planned, OUTSTANDING), Contact.participant_id, only)
    entered = func.sum(case((Contact.status.in_(NOT_ENTERED), 0), else_=1))
    asked = (
        select(key(Contact.participant_id), func.count(), entered)
        .where(planned, Contact.participant_id.in_(behind))
        .group_by(Contact.participant_id)
    )
    return {who: (n, int(done)) for who, n, done in session.execute(asked)}


@dataclass(frozen=True, slots=True)
class Service:
    """From when to when somebody volunteered."""

    joined_on: dt.date
    left_on: dt.date | None

    def serves(self, on: dt.date) -> bool:
        return self.joined_on <= on and (self.left_on is None or on < self.left_on)


def service_years(day: dt.date) -> list[Service]:
    """Return everybody who ever volunteered up to a day."""
    asked = select(Volunteer.joined_on, Volunteer.status, Volunteer.status_since).where(
        Volunteer.status.in_(SERVED), Volunteer.joined_on <= day
    )
    return [
        Service(joined, since if status is VolunteerStatus.LEFT else None)
        for joined, status, since in session.execute(asked)
        if joined is not None
    ]


def waiting_days(day: dt.date) -> tuple[int, ...]:
    """Return how long everybody who waits on a day has waited."""
    asked = select(Participant.status, Participant.status_since, Participant.referred_on)
    waited = []
    for status, since, referred in session.execute(asked):
        if since <= day:
            if status is ParticipantStatus.WAITING:
                waited.append((day - since).days)
        elif referred <= day:
            waited.append((day - referred).days)
    return tuple(waited)
