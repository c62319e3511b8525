"""How often volunteers are looked after, and what may be written about it."""

import datetime as dt
from dataclasses import dataclass

from peerlink.errors import Refused
from peerlink.framework.parameters import Limits
from peerlink.framework.people_words import SupervisionTheme
from peerlink.words import _

LONGEST_AHEAD = 366
LONGEST = 8 * 60
"""Minutes of one session."""
NOTE_LENGTH = 1000


@dataclass(frozen=True)
class Agreed:
    """One thing agreed in a session."""

    what: str
    due_on: dt.date | None = None


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
