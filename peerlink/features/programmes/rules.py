"""What a programme may call itself, and what its settings may say."""

import datetime as dt
import re
import uuid
import zoneinfo
from dataclasses import dataclass

from peerlink.errors import Refused
from peerlink.framework.parameters import parameter
from peerlink.framework.people_words import SiteKind
from peerlink.framework.telling import tells
from peerlink.words import _

LONGEST_NAME = 80


@dataclass(frozen=True, kw_only=True)
class ProgrammeDraft:
    """The programme's settings."""

    name: str
    timezone: str
    language: str = "en"
    under18: bool = False
    unpaid_by_design: bool = False
    community_only: bool = False


@dataclass(frozen=True, kw_only=True)
class SiteDraft:
    """A site as typed in."""

    name: str
    kind: SiteKind = SiteKind.CLINIC
    area: str | None = None
    ref: str | None = None


@dataclass(frozen=True, kw_only=True)
class PlaceDraft:
    """A meeting place as typed in."""

    name: str
    site_id: uuid.UUID | None = None
    ref: str | None = None


def check_programme(draft: ProgrammeDraft) -> None:
    """Refuse a name that tells what the programme is about, and a time zone there is not."""
    check_name(draft.name)
    if tells(draft.name):
        raise Refused(
            _("This name tells outsiders what the programme is about. Choose one that a stranger may read.")
        )
    if draft.timezone not in zoneinfo.available_timezones():
        raise Refused(_("'%(zone)s' is no time zone: Europe/London would be one.", zone=draft.timezone))


def check_name(name: str) -> None:
    """Refuse an empty name and one too long."""
    if not name.strip():
        raise Refused(_("Type a name."))
    if len(name) > LONGEST_NAME:
        raise Refused(_("A name has at most %(n)s letters.", n=LONGEST_NAME))


def read_threshold(key: str, typed: str) -> object:
    """Return the value somebody typed for a threshold, lists separated by spaces; raises Refused."""
    known = parameter(key)
    words = re.split(r"[\s;,]+", typed.strip())
    try:
        numbers = [float(word) if "." in word else int(word) for word in words]
    except ValueError:
        raise Refused(_("Type numbers only, lists with a space between.")) from None
    value: object = numbers if isinstance(known.default, tuple) else numbers[0]
    if not isinstance(known.default, tuple) and len(numbers) != 1:
        raise Refused(_("Type one number."))
    try:
        return known.checked(value)
    except ValueError as wrong:
        raise Refused(str(wrong)) from None


def review_due(reviewed_on: dt.date | None, today: dt.date, days: int) -> bool:
    """Tell whether a place must be looked at again."""
    return reviewed_on is None or today - reviewed_on >= dt.timedelta(days=days)
