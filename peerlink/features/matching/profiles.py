"""What matching needs to know of two people, and nothing else of them.

A trait is here only where its owner allowed its use for matching; one that is not here is not known.
"""

import datetime as dt
import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from peerlink.framework.vocabularies import LanguageLevel, ParticipantStatus, VolunteerStatus
from peerlink.words import _

DAY = 24 * 60
WEEK = 7 * DAY
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SLOT = re.compile(rf"({'|'.join(_WEEKDAYS)})\s+(\d{{1,2}}):([0-5]\d)\s*-\s*(\d{{1,2}}):([0-5]\d)")


@dataclass(frozen=True, slots=True)
class Want:
    """Something a participant looks for in a volunteer, such as gender woman; `must` makes it a condition."""

    trait: str
    value: str | None = None
    must: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class VolunteerProfile:
    """A volunteer as matching sees them."""

    id: uuid.UUID
    status: VolunteerStatus
    paused_until: dt.date | None = None
    """No new matches up to and including this day."""
    capacity: int | None = None
    taken: int = 0
    """Matches proposed, accepted, active and paused."""
    active: int = 0
    """Matches active."""
    mandatory: Mapping[str, dt.date] = field(default_factory=dict)
    """Mandatory module to its last valid day; `date.min` was never passed."""
    vetting_until: dt.date | None = None
    """Last valid day; None where vetting is not required."""
    agreement_on: dt.date | None = None
    """None too where it does not count for the agreements in force."""
    concern_open: bool = False
    """A safeguarding concern or suspected breach is open (H15)."""
    held_back: bool = False
    """R20, R24 or R25 is critical and the supervisor has not released it (H17)."""
    languages: Mapping[str, LanguageLevel] = field(default_factory=dict)
    gender: str | None = None
    birth_year: int | None = None
    site: str | None = None
    area: str | None = None
    channels: tuple[str, ...] = ()
    places: frozenset[str] = frozenset()
    """Approved places only."""
    week: int = 0
    """Free minutes of the week, one bit each (`week_of`)."""
    skills: frozenset[str] = frozenset()
    """Support areas and sub-types they chose or are trained in, and topics; full codes."""
    life_stages: frozenset[str] = frozenset()
    communities: frozenset[str] = frozenset()
    diagnosed_year: int | None = None
    acquired: str | None = None
    limits: frozenset[str] = frozenset()
    """Needs, areas, life stages or topics they cannot be there for."""
    safeguards: frozenset[str] = frozenset()
    """Safeguarding conditions they can keep."""
    names: frozenset[str] = frozenset()
    """What a participant may name to keep them away: their reference, site and area."""
    keep_apart: frozenset[str] = frozenset()
    wants_distance: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantProfile:
    """A participant as matching sees them."""

    id: uuid.UUID
    status: ParticipantStatus
    waiting_since: dt.date
    consent_support_on: dt.date | None = None
    consent_matching_on: dt.date | None = None
    consent_until: dt.date | None = None
    languages: Mapping[str, LanguageLevel] = field(default_factory=dict)
    gender: str | None = None
    birth_year: int | None = None
    site: str | None = None
    area: str | None = None
    channels: tuple[str, ...] = ()
    """The preferred one first."""
    places: frozenset[str] = frozenset()
    week: int = 0
    needs: tuple[str, ...] = ()
    """Support sub-types or areas; full codes."""
    topics: frozenset[str] = frozenset()
    """What else would come up, such as bereavement or violence."""
    wants: tuple[Want, ...] = ()
    importance: Mapping[str, int] = field(default_factory=dict)
    """Criterion to how much it matters in per cent: 0 not at all, 150 a lot; 100 where nothing is said."""
    life_stages: frozenset[str] = frozenset()
    communities: frozenset[str] = frozenset()
    diagnosed_year: int | None = None
    acquired: str | None = None
    asks_acquired: bool = False
    """They asked for somebody who acquired it the same way."""
    safeguards: frozenset[str] = frozenset()
    """Conditions of their safeguarding plan."""
    names: frozenset[str] = frozenset()
    """What a volunteer may name to be kept away: their reference, site and area."""
    keep_apart: frozenset[str] = frozenset()
    ties: frozenset[uuid.UUID] = frozenset()
    """Volunteers they know, are related to, or have dealings with."""
    not_again: frozenset[uuid.UUID] = frozenset()
    """Volunteers a match with whom ended as not a fit or with a concern."""
    wants_distance: bool = False

    def days_waited(self, day: dt.date) -> int:
        return max((day - self.waiting_since).days, 0)


def week_of(slots: Iterable[str]) -> int:
    """Read weekly slots such as `mon 18:00-20:00` as one bit a minute; ValueError says which is not one.

    A slot that ends before it starts goes on into the next day; Sunday night joins Monday morning.
    """
    week = 0
    for slot in slots:
        start, minutes = _read(slot)
        bits = ((1 << minutes) - 1) << start
        week |= (bits | bits >> WEEK) & _WHOLE_WEEK
    return week


_WHOLE_WEEK = (1 << WEEK) - 1


def _read(slot: str) -> tuple[int, int]:
    """Return the minute of the week a slot starts at, and its minutes."""
    parts = _SLOT.fullmatch(slot.strip().lower())
    if parts is None:
        raise ValueError(_("'%(slot)s' is not a time of the week such as mon 18:00-20:00.", slot=slot))
    weekday, *numbers = parts.groups()
    from_hour, from_minute, to_hour, to_minute = map(int, numbers)
    start, end = from_hour * 60 + from_minute, to_hour * 60 + to_minute
    if start >= DAY or end > DAY or start == end:
        raise ValueError(_("'%(slot)s' is not a time of the week such as mon 18:00-20:00.", slot=slot))
    return _WEEKDAYS.index(weekday) * DAY + start, (end - start) % DAY or DAY


def minutes_shared(one: int, other: int) -> int:
    """Count the minutes of the week both have."""
    return (one & other).bit_count()


def share_stretch(one: int, other: int, minutes: int) -> bool:
    """Say whether both have so many minutes on end."""
    both = one & other
    if not both:
        return False
    run, left = 1, minutes
    while run < left:
        step = min(run, left - run)
        both &= (both >> step) | (both << (WEEK - step) & _WHOLE_WEEK)
        run += step
    return bool(both)
