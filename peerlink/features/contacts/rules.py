"""What makes a contact a contact: pure, no clock, no database."""

import datetime as dt
import hashlib
import json
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from zoneinfo import ZoneInfo

from peerlink.errors import Refused
from peerlink.framework import support as kinds
from peerlink.framework.parameters import Limits
from peerlink.framework.vocabularies import (
    HEAVY,
    NEGATIVE,
    Channel,
    ContactStatus,
    DifficultyTag,
    MatchStatus,
    MissedBy,
    PlaceRating,
)
from peerlink.words import _

SHORTEST, LONGEST = 5, 240
"""Minutes of a held contact (framework.md section 6)."""
LATEST_ENTRY = dt.timedelta(days=31)
"""Until when a volunteer writes a contact down; afterwards the coordinator does, with a reason."""
FURTHEST_PLAN = dt.timedelta(days=180)
OPEN_FOR_CHANGES = dt.timedelta(days=7)
TAKEN_BACK_WITHIN = dt.timedelta(days=1)
NOTICE = dt.timedelta(hours=24)
"""A contact called off later than this before its time counts as missed."""
CLOCK_SLACK = dt.timedelta(minutes=10)
"""How far a phone's clock may run ahead before its moment counts as the future."""
USUAL_WITHOUT_HISTORY = 30
OFFERED_MINUTES = (5, 15, 30, 45, 60)
HEAVY_EFFORT = 4


@dataclass(frozen=True, kw_only=True)
class ContactDraft:
    """A contact as somebody tells it; the form names it, so that it can be told twice."""

    id: uuid.UUID
    status: ContactStatus
    at: dt.datetime
    """When it was held; where it was not held, when it was or is planned for."""
    opened_at: dt.datetime | None = None
    """When the form was opened; a form left on "now" is the same however late it arrives."""
    channel: Channel | None = None
    minutes: int = 0
    missed_by: MissedBy | None = None
    support: frozenset[str] = frozenset()
    place_id: uuid.UUID | None = None
    rating: PlaceRating | None = None
    effort: int | None = None
    helped: bool | None = None
    difficulty: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    techniques: frozenset[str] = frozenset()
    bridging: frozenset[str] = frozenset()
    note: str | None = None
    promise: str | None = None
    promise_due: dt.date | None = None
    note_anyway: bool = False
    """Keep the note although it was warned about."""
    late_reason: str | None = None


def check_draft(draft: ContactDraft, now: dt.datetime, zone: str, limits: Limits, *, staff: bool) -> None:
    """Refuse a contact that cannot have happened, comes too late, or does not hold together."""
    if draft.status is ContactStatus.PLANNED:
        _check_plan(draft, now)
    elif draft.at > now + CLOCK_SLACK:
        raise Refused(_("This moment lies in the future. Plan the contact instead."))
    elif now - draft.at > LATEST_ENTRY and not staff:
        raise Refused(_("This is more than 31 days ago. Ask your coordinator to write it down."))
    elif now - draft.at > LATEST_ENTRY and not draft.late_reason:
        raise Refused(_("This is more than 31 days ago. Say why it comes so late."))
    if draft.status is ContactStatus.HELD:
        _check_held(draft)
    if draft.status in (ContactStatus.MISSED, ContactStatus.CANCELLED) and draft.missed_by is None:
        raise Refused(_("Say on whose side it fell through."))
    _check_words(draft, limits)
    if draft.promise_due is not None and draft.promise_due < day_of(draft.at, zone):
        raise Refused(_("The day you promised something for lies before the contact."))


def _check_plan(draft: ContactDraft, now: dt.datetime) -> None:
    if draft.at < now - CLOCK_SLACK:
        raise Refused(_("This moment has passed. Choose a later one, or log the contact."))
    if draft.at - now > FURTHEST_PLAN:
        raise Refused(_("Plan no further than half a year ahead."))
    if draft.channel is None:
        raise Refused(_("Say how you will be in touch."))


def _check_held(draft: ContactDraft) -> None:
    if draft.channel is None:
        raise Refused(_("Say how you were in touch."))
    if not SHORTEST <= draft.minutes <= LONGEST:
        raise Refused(_("A contact lasts %(least)s to %(most)s minutes.", least=SHORTEST, most=LONGEST))


def _check_words(draft: ContactDraft, limits: Limits) -> None:
    longest = limits.whole("contact.note_max_chars")
    for text in (draft.note, draft.promise, draft.late_reason):
        if text and len(text) > longest:
            raise Refused(_("At most %(n)s characters; this has %(has)s.", n=longest, has=len(text)))


def check_open(status: MatchStatus, ended_on: dt.date | None, day: dt.date) -> None:
    """Refuse a contact of two people who do not walk together, or no longer did on that day."""
    if status in (MatchStatus.ACCEPTED, MatchStatus.ACTIVE, MatchStatus.PAUSED):
        return
    if status is MatchStatus.ENDED and ended_on is not None and day <= ended_on:
        return
    raise Refused(_("This match is not open, so there is nothing to write down for it."))


def check_notice(planned_at: dt.datetime, now: dt.datetime) -> None:
    """Refuse to call a contact off less than 24 hours before."""
    if planned_at - now < NOTICE:
        raise Refused(
            _("It is less than 24 hours until then, or past: this counts as missed, not as cancelled.")
        )


def may_change(logged_at: dt.datetime | None, now: dt.datetime) -> bool:
    """Tell whether its author may still change a contact; afterwards there is only adding to it."""
    return logged_at is not None and now - logged_at <= OPEN_FOR_CHANGES


def may_take_back(logged_at: dt.datetime | None, now: dt.datetime) -> bool:
    """Tell whether its author may still take a contact back."""
    return logged_at is not None and now - logged_at <= TAKEN_BACK_WITHIN


def day_of(moment: dt.datetime, zone: str) -> dt.date:
    """Return the day a moment falls on in the programme's time zone."""
    return moment.astimezone(ZoneInfo(zone)).date()


def is_late(moment: dt.datetime, zone: str, limits: Limits) -> bool:
    """Tell whether a contact began out of service hours; weekends are not out of hours (R25)."""
    hour = moment.astimezone(ZoneInfo(zone)).hour
    return not limits.whole("contact.hours_from") <= hour < limits.whole("contact.hours_to")


def bits_of_tags(tags: Iterable[str]) -> tuple[bool, bool]:
    """Return whether these difficulty tags weigh (R25, R26) and whether they hurt (R22)."""
    given = {DifficultyTag(tag) for tag in tags}
    return bool(given & HEAVY), bool(given & NEGATIVE)


def support_bits(codes: Iterable[str]) -> tuple[int, int]:
    """Return the number that keeps these kinds of support, and the areas they touch."""
    mask = kinds.mask(codes)
    return mask, kinds.areas(mask)


def is_heavy(tags: Iterable[str], effort: int | None) -> bool:
    """Tell whether somebody may want to talk after this contact: by its tags, or because they said so."""
    return bits_of_tags(tags)[0] or effort == HEAVY_EFFORT


def digest_of(draft: ContactDraft) -> str:
    """Return what tells one draft from another: all it says, with a moment left on "now" as it opened."""
    said = asdict(draft)
    opened_at = said.pop("opened_at")
    said.pop("note_anyway")
    said["at"] = min(draft.at, opened_at) if opened_at is not None else draft.at
    text = json.dumps(said, sort_keys=True, default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _plain(value: object) -> object:
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="minutes")
    return str(value)


def usual_minutes(lately: Sequence[int]) -> int:
    """Return how long contacts usually last, to five minutes; half an hour where nothing is known."""
    known = [minutes for minutes in lately if minutes]
    if not known:
        return USUAL_WITHOUT_HISTORY
    return min(LONGEST, max(SHORTEST, 5 * round(median(known) / 5)))


def offered_minutes(usual: int) -> tuple[int, ...]:
    """Return five lengths to choose from; the usual one takes the place of the nearest."""
    if usual in OFFERED_MINUTES:
        return OFFERED_MINUTES
    nearest = min(OFFERED_MINUTES, key=lambda offered: abs(offered - usual))
    return tuple(sorted({*OFFERED_MINUTES, usual} - {nearest}))
