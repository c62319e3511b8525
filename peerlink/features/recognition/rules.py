"""What may be said in thanks and planned for a team, and how a month is counted."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from peerlink.errors import Refused
from peerlink.framework.care_words import TeamEventKind
from peerlink.words import _

LONGEST_WORDS = 500
LONGEST_TITLE = 80
USUAL_MINUTES = 120
"""What a day of the team's takes in a calendar."""
LONGEST_AHEAD = dt.timedelta(days=366)
LONGEST_BACK = dt.timedelta(days=90)
"""An event nobody planned can still be written down for so long."""
_HOUR = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


@dataclass(frozen=True, kw_only=True)
class EventDraft:
    """A day for the team, as typed in."""

    day: dt.date
    kind: TeamEventKind
    title: str
    hour: str | None = None
    where: str | None = None


def check_words(words: str) -> str:
    """Return what is said in thanks, refusing nothing at all and more than fits a card."""
    said = words.strip()
    if not said:
        raise Refused(_("Write a word of thanks, or choose one of the sentences."))
    if len(said) > LONGEST_WORDS:
        raise Refused(_("Keep it below %(n)s letters.", n=LONGEST_WORDS))
    return said


def check_event(draft: EventDraft, today: dt.date) -> None:
    """Refuse an event on a day that cannot be meant, or without a name."""
    if not today - LONGEST_BACK <= draft.day <= today + LONGEST_AHEAD:
        raise Refused(_("Choose a day within a year from now, or of the last three months."))
    if not draft.title.strip() or len(draft.title.strip()) > LONGEST_TITLE:
        raise Refused(_("Give it a name of 1 to %(n)s letters.", n=LONGEST_TITLE))
    if draft.hour and not _HOUR.fullmatch(draft.hour):
        raise Refused(_("Write the hour as 18:00."))


def check_taking(day: dt.date, called_off_on: dt.date | None, today: dt.date) -> None:
    """Refuse to write down who came to what is still to come or was called off."""
    if called_off_on is not None:
        raise Refused(_("This was called off."))
    if day > today:
        raise Refused(_("Write down who came once it has taken place."))


def first_of_month(day: dt.date) -> dt.date:
    """Return the first day of a day's month."""
    return day.replace(day=1)


def next_month(first: dt.date) -> dt.date:
    """Return the first day of the month after."""
    return (first + dt.timedelta(days=32)).replace(day=1)


def month_before(first: dt.date) -> dt.date:
    """Return the first day of the month before."""
    return (first - dt.timedelta(days=1)).replace(day=1)


def themes_said(said: Mapping[UUID, Iterable[str]], fewest: int) -> tuple[str, ...]:
    """Return what people said changed, in order of the words; nothing unless so many different ones answered.

    `said` holds what each person said; who said what, and how many, is not told.
    """
    if len(said) < fewest:
        return ()
    return tuple(sorted({theme for themes in said.values() for theme in themes}))
