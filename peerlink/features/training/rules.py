"""Which modules there are, how long they count, and what is missing before somebody serves."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from peerlink.errors import Refused
from peerlink.framework.contact_words import Technique, Topic
from peerlink.framework.people_words import TrainingResult
from peerlink.framework.support import mask
from peerlink.framework.telling import tells
from peerlink.words import N_, _

MODULES = {
    "knowledge": N_("Knowledge"),
    "listening": N_("Listening"),
    "confidentiality": N_("Confidentiality"),
    "boundaries": N_("Boundaries"),
    "safeguarding": N_("Safeguarding"),
    "record_keeping": N_("Record keeping"),
    "starting_and_ending": N_("Starting and ending"),
}
"""The modules everybody needs before serving; a programme may record others by name."""
USUAL_TOPICS: Mapping[str, tuple[Topic, ...]] = {
    "knowledge": (
        Topic.TREATMENT_START, Topic.SIDE_EFFECTS, Topic.MISSED_DOSES, Topic.RESISTANCE_AND_RESULTS,
        Topic.U_EQUALS_U, Topic.VACCINATION, Topic.OTHER_ILLNESS, Topic.SERVICE_NAVIGATION,
    ),
    "listening": (Topic.MENTAL_WELLBEING, Topic.GRIEF, Topic.STIGMA),
    "confidentiality": (Topic.DISCLOSURE,),
    "safeguarding": (Topic.VIOLENCE,),
}  # fmt: skip
"""The topics the usual modules prepare for, as they are first written down; a programme changes them."""
MOTIVATIONAL = Technique.MOTIVATIONAL.value
MOTIVATIONAL_MODULES = frozenset({MOTIVATIONAL, "motivational_interviewing", "motivational_conversation"})
"""Modules that teach the motivational conversation by what they are called."""
LONGEST = 24 * 60
"""Minutes of one module."""
LONGEST_NAME = 60
LONGEST_AHEAD = 366
LONGEST_MONTHS = 120
REASON_LENGTH = 300
WISH_LENGTH = 80
HOUR = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


@dataclass(frozen=True, kw_only=True)
class CompletionDraft:
    """One module taken."""

    module: str
    completed_on: dt.date
    valid_until: dt.date | None = None
    """Worked out from the programme's months where it is left out."""
    minutes: int = 0
    result: TrainingResult = TrainingResult.PASSED
    mandatory: bool = False
    areas: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ModuleDraft:
    """What one edition of a module says."""

    name: str
    mandatory: bool = False
    months: int | None = None
    minutes: int = 0
    areas: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    techniques: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SessionDraft:
    """A session to come, or one just held."""

    modules: tuple[str, ...]
    on: dt.date
    minutes: int
    begins: str | None = None
    where: str | None = None


@dataclass(frozen=True, kw_only=True)
class Taken:
    """Who was at a session: everybody enrolled who is not named was not there."""

    present: frozenset[str] = field(default_factory=frozenset)
    """Ids of volunteers."""
    failed: frozenset[str] = field(default_factory=frozenset)
    """Those of them who have not passed yet."""


def check_module(draft: ModuleDraft) -> int:
    """Refuse a module that cannot be right, or whose name tells a stranger; return its areas as bits."""
    if not module_code(draft.name) or len(draft.name) > LONGEST_NAME:
        raise Refused(_("Name the module, in at most %(n)s letters.", n=LONGEST_NAME))
    if tells(draft.name):
        raise Refused(
            _("The name stands on certificates and in the calendar. Choose one that a stranger may read.")
        )
    if draft.months is not None and not 1 <= draft.months <= LONGEST_MONTHS:
        raise Refused(_("A module counts for 1 to %(n)s months.", n=LONGEST_MONTHS))
    if not 0 <= draft.minutes <= LONGEST:
        raise Refused(_("A module lasts up to %(n)s hours.", n=LONGEST // 60))
    _check_known(draft.topics, Topic)
    _check_known(draft.techniques, Technique)
    return _areas(draft.areas)


def check_session(draft: SessionDraft, today: dt.date) -> None:
    """Refuse a session that teaches nothing, lasts no time or lies too far away."""
    if not draft.modules:
        raise Refused(_("Choose what is taught."))
    if not today - dt.timedelta(days=LONGEST_AHEAD) <= draft.on <= today + dt.timedelta(days=LONGEST_AHEAD):
        raise Refused(_("Choose a day within a year."))
    if not 1 <= draft.minutes <= LONGEST:
        raise Refused(_("A session lasts up to %(n)s hours.", n=LONGEST // 60))
    if draft.begins is not None and not HOUR.fullmatch(draft.begins):
        raise Refused(_("Write the hour as 18:00."))
    if tells(draft.where or ""):
        raise Refused(_("Volunteers see the place on their phones. Write it as a stranger may read it."))


def check_reason(reason: str) -> str:
    """Refuse to waive a module without saying why; return the reason as it is kept."""
    kept = reason.strip()
    if not kept or len(kept) > REASON_LENGTH:
        raise Refused(_("Say why it is waived, in at most %(n)s letters.", n=REASON_LENGTH))
    return kept


def check_wish(what: str, open_ones: Iterable[str]) -> str:
    """Refuse an empty wish, and the same one twice; return it as it is kept."""
    kept = what.strip()
    if not kept or len(kept) > WISH_LENGTH:
        raise Refused(_("Say what you would like to learn, in at most %(n)s letters.", n=WISH_LENGTH))
    if kept.casefold() in {one.casefold() for one in open_ones}:
        raise Refused(_("You have asked for this already; it is not forgotten."))
    return kept


def split_minutes(minutes: int, n: int) -> list[int]:
    """Share the minutes of a session among its modules, so that none is counted twice."""
    each, rest = divmod(minutes, n)
    return [each + (i < rest) for i in range(n)]


def due_mark(until: dt.date, today: dt.date, marks: Iterable[float]) -> int | None:
    """Return which reminder is due: the nearest of the days before the last one that has come.

    None while it is too early for any, and once the last day has passed.
    """
    days_left = (until - today).days
    return None if days_left < 0 else min((int(one) for one in marks if days_left <= one), default=None)


def _check_known(codes: Iterable[str], vocabulary: type[Topic] | type[Technique]) -> None:
    known = set(vocabulary)
    for code in codes:
        if code not in known:
            raise Refused(_("'%(code)s' is not one of the choices.", code=code))


def _areas(codes: Iterable[str]) -> int:
    try:
        return mask(codes)
    except ValueError as unknown:
        raise Refused(str(unknown)) from None


def check_draft(draft: CompletionDraft, today: dt.date) -> int:
    """Refuse a completion that cannot be right; return its support areas as bits."""
    if not draft.module or len(draft.module) > LONGEST_NAME:
        raise Refused(_("Name the module, in at most %(n)s letters.", n=LONGEST_NAME))
    if draft.completed_on > today:
        raise Refused(_("A module cannot be completed on a day to come."))
    if draft.valid_until is not None and draft.valid_until < draft.completed_on:
        raise Refused(_("It cannot run out before it was completed."))
    if not 0 <= draft.minutes <= LONGEST:
        raise Refused(_("A module lasts up to %(n)s hours.", n=LONGEST // 60))
    return _areas(draft.areas)


def module_code(typed: str) -> str:
    """Return the code of a module as typed: lower case, words joined by `_`."""
    return "_".join(typed.lower().replace("/", " ").replace("-", " ").split())


def module_label(code: str) -> str:
    """Say a module's name."""
    return _(MODULES[code]) if code in MODULES else code.replace("_", " ").capitalize()


def expired(mandatory: Mapping[str, dt.date], today: dt.date) -> list[str]:
    """Name the mandatory modules that no longer count; the last valid day still does."""
    return sorted(module for module, until in mandatory.items() if until < today)


def check_ready(mandatory: Mapping[str, dt.date], today: dt.date) -> None:
    """Refuse to let somebody serve without valid mandatory training; the sentence names what is missing."""
    if not mandatory:
        raise Refused(_("No mandatory training is on file yet. Record it before this volunteer is active."))
    if gone := expired(mandatory, today):
        modules = ", ".join(module_label(module) for module in gone)
        raise Refused(_("Mandatory training has run out: %(modules)s.", modules=modules))
