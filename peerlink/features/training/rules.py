"""Which modules there are, how long they count, and what is missing before somebody serves."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from peerlink.errors import Refused
from peerlink.framework.people_words import TrainingResult
from peerlink.framework.support import mask
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
LONGEST = 24 * 60
"""Minutes of one module."""


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


def check_draft(draft: CompletionDraft, today: dt.date) -> int:
    """Refuse a completion that cannot be right; return its support areas as bits."""
    if not draft.module or len(draft.module) > 60:
        raise Refused(_("Name the module, in at most 60 letters."))
    if draft.completed_on > today:
        raise Refused(_("A module cannot be completed on a day to come."))
    if draft.valid_until is not None and draft.valid_until < draft.completed_on:
        raise Refused(_("It cannot run out before it was completed."))
    if not 0 <= draft.minutes <= LONGEST:
        raise Refused(_("A module lasts up to %(n)s hours.", n=LONGEST // 60))
    try:
        return mask(draft.areas)
    except ValueError as unknown:
        raise Refused(str(unknown)) from None


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
