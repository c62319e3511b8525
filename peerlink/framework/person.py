"""What may be said of any person the programme knows, and what is refused."""

import datetime as dt
import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from peerlink.errors import Refused
from peerlink.framework.contact_words import Channel
from peerlink.framework.people_words import LanguageLevel
from peerlink.words import N_, _

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
OLDEST = 120
"""Years."""
LONGEST_NAME = 80
_SLOT = re.compile(rf"({'|'.join(WEEKDAYS)})\w*\s+(\d{{1,2}}):?(\d{{2}})?\s*[-–]\s*(\d{{1,2}}):?(\d{{2}})?")
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+")

GENDERS = {"woman": N_("Woman"), "man": N_("Man"), "non_binary": N_("Non-binary")}
"""The words offered; a programme's own are kept as they are."""


@dataclass(frozen=True, kw_only=True)
class PersonDraft:
    """Somebody as typed in; everything but a name may be left out."""

    given_name: str
    family_name: str | None = None
    alias: str | None = None
    email: str | None = None
    phone: str | None = None
    birth_year: int | None = None
    gender: str | None = None
    languages: Mapping[str, str] = field(default_factory=dict)
    """Language code to level."""
    site_id: uuid.UUID | None = None
    area: str | None = None
    channels: tuple[str, ...] = ()
    availability: tuple[str, ...] = ()
    """Weekly slots such as `mon 18:00-20:00`."""
    places: tuple[str, ...] = ()
    """Ids (hex) of places."""
    keep_apart: tuple[str, ...] = ()
    ref: str | None = None
    """The programme's own number; made where it is left out."""


def check_person(draft: PersonDraft, today: dt.date) -> None:
    """Refuse what cannot be true of anybody."""
    if not draft.given_name.strip():
        raise Refused(_("Type a name; a name of their choice is enough."))
    for name in (draft.given_name, draft.family_name, draft.alias):
        if name and len(name) > LONGEST_NAME:
            raise Refused(_("A name has at most %(n)s letters.", n=LONGEST_NAME))
    if draft.email and not _ADDRESS.fullmatch(draft.email.strip()):
        raise Refused(_("This is not an e-mail address: somebody@example.org would be one."))
    if draft.phone and sum(sign.isdigit() for sign in draft.phone) < 5:
        raise Refused(_("A phone number has at least five digits."))
    if draft.birth_year is not None and not today.year - OLDEST <= draft.birth_year <= today.year:
        raise Refused(_("The year of birth must lie in the last %(n)s years.", n=OLDEST))
    _check_words(draft)
    read_slots(draft.availability)


def read_slots(typed: Iterable[str]) -> tuple[str, ...]:
    """Return weekly times in their one spelling, `mon 18:00-20:00`; raises Refused with one that is right."""
    return tuple(_slot(one) for one in typed if one.strip())


def _check_words(draft: PersonDraft) -> None:
    for level in draft.languages.values():
        if not level:
            raise Refused(_("Say how well each language is spoken."))
        if level not in set(LanguageLevel):
            raise Refused(_("'%(level)s' is no language level.", level=level))
    for channel in draft.channels:
        if channel not in set(Channel):
            raise Refused(_("'%(channel)s' is no channel.", channel=channel))


def _slot(typed: str) -> str:
    found = _SLOT.fullmatch(typed.strip().lower())
    if found is None:
        raise Refused(_("'%(typed)s' is no weekly time: mon 18:00-20:00 would be one.", typed=typed.strip()))
    day, hour, minute, end_hour, end_minute = found.groups(default="00")
    if int(hour) > 23 or int(end_hour) > 24 or int(minute) > 59 or int(end_minute) > 59:
        raise Refused(_("'%(typed)s' is no time of a day.", typed=typed.strip()))
    start, end = f"{int(hour):02}:{minute}", f"{int(end_hour):02}:{end_minute}"
    if start == end or end > "24:00":
        raise Refused(_("'%(typed)s' ends when it starts.", typed=typed.strip()))
    return f"{day} {start}-{end}"
