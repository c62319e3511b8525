"""How often volunteers are looked after, and what may be written about it."""

import datetime as dt
from dataclasses import dataclass

from peerlink.errors import Refused
from peerlink.framework.parameters import Limits
from peerlink.framework.people_words import SupervisionKind, SupervisionTheme
from peerlink.words import _

LONGEST_AHEAD = 366
_A_YEAR = dt.timedelta(days=LONGEST_AHEAD)
LONGEST = 8 * 60
"""Minutes of one session."""
NOTE_LENGTH = 1000
ACTION_LENGTH = POINT_LENGTH = WHERE_LENGTH = 200
LATEST_GROUP = 60
"""Days after which nobody writes down any more who came to a group."""
LONGEST_AWAY = dt.timedelta(days=183)
SATURDAY = 5
USUAL_MINUTES = {
    SupervisionKind.ONE_TO_ONE: 45,
    SupervisionKind.GROUP: 90,
    SupervisionKind.DEBRIEF: 30,
    SupervisionKind.JOINT: 60,
    SupervisionKind.BUDDY: 60,
}
"""What a session takes in a calendar."""


@dataclass(frozen=True)
class Agreed:
    """One thing agreed in a session."""

    what: str
    due_on: dt.date | None = None
    is_theirs: bool = True
    """Whether the volunteer does it; else whoever held the session."""


@dataclass(frozen=True, kw_only=True)
class HeldDraft:
    """What is written about a session that took place."""

    held_on: dt.date
    minutes: int | None = None
    themes: tuple[str, ...] = ()
    note: str | None = None
    agreed: tuple[Agreed, ...] = ()


def check_day_ahead(on: dt.date, today: dt.date) -> None:
    """Refuse to plan a session into the past or beyond a year."""
    if not today <= on <= today + dt.timedelta(days=LONGEST_AHEAD):
        raise Refused(_("Choose a day from today on, within a year."))


def check_held(draft: HeldDraft, today: dt.date) -> None:
    """Refuse what cannot be true of a session that took place."""
    if draft.held_on > today:
        raise Refused(_("A session cannot have been held on a day to come."))
    if draft.minutes is not None and not 1 <= draft.minutes <= LONGEST:
        raise Refused(_("A session lasts 1 to %(n)s minutes.", n=LONGEST))
    if len(draft.note or "") > NOTE_LENGTH:
        raise Refused(_("Keep the note below %(n)s letters.", n=NOTE_LENGTH))
    for one in draft.agreed:
        if not one.what.strip() or len(one.what) > ACTION_LENGTH:
            raise Refused(_("Say what was agreed, in at most %(n)s letters.", n=ACTION_LENGTH))
        if one.due_on is not None and not draft.held_on <= one.due_on <= today + _A_YEAR:
            raise Refused(_("What is agreed is done by a day after the session, within a year."))
    for theme in draft.themes:
        if theme not in set(SupervisionTheme):
            raise Refused(_("'%(theme)s' is no theme.", theme=theme))


def due_on(joined_on: dt.date | None, last_on: dt.date | None, limits: Limits) -> dt.date | None:
    """Return the day the next talk is due: fortnightly while everything is new, then six-weekly.

    None where somebody has not begun and had no talk yet.
    """
    since = last_on or joined_on
    if since is None:
        return None
    new_until = None
    if joined_on is not None:
        new_until = joined_on + dt.timedelta(days=limits.whole("supervision.new_period_days"))
    is_new = new_until is not None and since < new_until
    key = "supervision.interval_new_days" if is_new else "supervision.interval_days"
    return since + dt.timedelta(days=limits.whole(key))


def suggested_on(due: dt.date | None, today: dt.date) -> dt.date:
    """Return the working day a talk is best planned for: when it is due, from tomorrow on."""
    earliest = today + dt.timedelta(days=1)
    day = max(due or earliest, earliest)
    too_late = day.weekday() - SATURDAY + 1
    if too_late <= 0:
        return day
    friday = day - dt.timedelta(days=too_late)
    return friday if friday >= earliest else day + dt.timedelta(days=3 - too_late)


def is_working_day(day: dt.date) -> bool:
    """Tell whether a day is none of the weekend."""
    return day.weekday() < SATURDAY


def check_group_day(on: dt.date, today: dt.date) -> None:
    """Refuse a group on a day too far away, before or behind."""
    if on < today - dt.timedelta(days=LATEST_GROUP):
        raise Refused(_("Choose a day within the last %(n)s days, or one to come.", n=LATEST_GROUP))
    check_day_ahead(max(on, today), today)


def check_where(where: str | None) -> None:
    """Refuse more than a place or a link."""
    if len(where or "") > WHERE_LENGTH:
        raise Refused(_("Keep the place or link below %(n)s letters.", n=WHERE_LENGTH))


def check_point(text: str) -> None:
    """Refuse a point of one's own that is no point any more."""
    if len(text) > POINT_LENGTH:
        raise Refused(_("Keep it below %(n)s letters; the rest is for the talk.", n=POINT_LENGTH))
