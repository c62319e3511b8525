"""How people, fits and refusals are said on the pages of matching."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from peerlink.features.matching.certificate import ONE
from peerlink.features.matching.pools import Candidate
from peerlink.features.matching.profiles import ParticipantProfile, VolunteerProfile, minutes_shared
from peerlink.features.matching.reasons import Reason, Sign, reasons
from peerlink.features.matching.rules import ConstraintResult
from peerlink.features.participants.models import Participant
from peerlink.framework.support import SupportArea
from peerlink.framework.vocabularies import TALKING_LEVELS, LanguageLevel
from peerlink.web.person_form import language_name
from peerlink.web.person_page import wants_shown
from peerlink.words import N_, _

PER_HUNDRED = ONE // 100
MOST_TICKS = 4
_EVENING, _NOON = "17:00", "12:00"
_WEEKEND = ("sat", "sun")
_BANDS = ((18, N_("under 18")), (25, "18–24"), (35, "25–34"), (45, "35–44"), (60, "45–59"))


BLOCKERS = {
    "H1": N_("Paused or not active"),
    "H2": N_("Training"),
    "H3": N_("Clearance"),
    "H4": N_("Agreements"),
    "H5": N_("No free place"),
    "H6": N_("Consent"),
    "H7": N_("Kept apart"),
    "H8": N_("A tie"),
    "H9": N_("No shared language"),
    "H10": N_("A must"),
    "H11": N_("Safeguarding plan"),
    "H12": N_("A limit"),
    "H13": N_("No way to meet"),
    "H14": N_("No shared time"),
    "H15": N_("Not now"),
    "H16": N_("Not a fit before"),
    "H17": N_("Not now"),
}
"""What stands beside the bar of each constraint; a strain and a concern are one and stay unsaid."""


@dataclass(frozen=True)
class Said:
    """What a candidate's row says."""

    score: int
    good: tuple[str, ...]
    doubtful: tuple[str, ...]
    never: tuple[str, ...]


def hundred(millionths: int) -> int:
    """Say a score of one as points of a hundred."""
    return round(millionths / PER_HUNDRED)


def line_of(participant: Participant, day: dt.date) -> str:
    """Say in one line what matters first: language, age, times."""
    said = [
        ", ".join(first_languages(participant.languages or {})),
        age_band(participant.birth_year, day),
        times_of(participant.availability or ()),
    ]
    return " · ".join(one for one in said if one)


def first_languages(languages: Mapping[str, str]) -> list[str]:
    """Name the first languages somebody speaks, or whatever they speak where none is said to be first."""
    first = [code for code, level in languages.items() if level == LanguageLevel.FIRST]
    return [language_name(code) for code in (first or languages)][:2]


def age_band(birth_year: int | None, day: dt.date) -> str:
    """Say an age in broad bands; nothing where it is not known."""
    if birth_year is None:
        return ""
    age = day.year - birth_year
    return next((_(band) for below, band in _BANDS if age < below), _("60 and older"))


def times_of(slots: Iterable[str]) -> str:
    """Say when somebody has time: mornings, afternoons, evenings, weekends."""
    parts = {_part_of(slot) for slot in slots}
    by_day = [part for part in ("mornings", "afternoons") if part in parts]
    said = [_("daytime")] if len(by_day) > 1 else [_(part) for part in by_day]
    said += [_(part) for part in ("evenings", "weekends") if part in parts]
    return _("any time") if len(said) > 2 else ", ".join(said)


def _part_of(slot: str) -> str:
    weekday, _space, hours = slot.partition(" ")
    if weekday in _WEEKEND:
        return N_("weekends")
    if hours >= _EVENING:
        return N_("evenings")
    return N_("mornings") if hours < _NOON else N_("afternoons")


def musts_of(participant: Participant) -> list[str]:
    """Say what nobody may fall short of, as chips."""
    musts = [want for want in participant.wants or [] if want.get("must")]
    said = [_("Must: %(what)s", what=one) for one in wants_shown([{**want, "must": False} for want in musts])]
    if participant.keep_apart:
        said.append(_("Kept apart from %(n)s", n=len(participant.keep_apart)))
    return [*said, _("free place"), _("trained")]


def said_of(found: Candidate, looking: ParticipantProfile, *, said_no: bool = False) -> Said:
    """Say of a candidate what speaks for them and against; of the sure things only the first few."""
    all_said = reasons(found.fit)
    good = [
        _in_detail(reason, found.profile, looking)
        for reason in all_said
        if reason.sign is Sign.TICK and reason.code not in ("M12", "M5")
    ]
    doubtful = [reason.text for reason in all_said if reason.sign is Sign.WARNING]
    if said_no:
        doubtful.insert(0, _("A no was said before"))
    return Said(
        hundred(found.fit.score), tuple(good[:MOST_TICKS]), tuple(doubtful), against_of(found.against)
    )


def against_of(results: Sequence[ConstraintResult]) -> tuple[str, ...]:
    """Say each thing that stands against a pair once, in a word or two."""
    return tuple(dict.fromkeys(_(BLOCKERS[result.code]) for result in results))


def _in_detail(reason: Reason, volunteer: VolunteerProfile, participant: ParticipantProfile) -> str:
    if reason.code == "M8":
        shared = [
            code
            for code, level in participant.languages.items()
            if level in TALKING_LEVELS and volunteer.languages.get(code) in TALKING_LEVELS
        ]
        return ", ".join(language_name(code) for code in shared[:2]) or reason.text
    if reason.code == "M4":
        return _("%(n)s hours in common", n=minutes_shared(volunteer.week, participant.week) // 60)
    return reason.text


def areas_said(needs: Iterable[str]) -> list[SupportArea]:
    """Return the areas of support somebody's needs lie in."""
    codes = {".".join(need.split(".")[:2]) for need in needs}
    return [area for area in SupportArea if area.value in codes]


def bars_of(blocked_by: Mapping[str, int]) -> list[dict[str, object]]:
    """Return what blocks a person as bars, the widest first; what stays unsaid is one bar."""
    counts: Counter[str] = Counter()
    for code, failing in blocked_by.items():
        said = _(BLOCKERS[code])
        counts[said] = max(counts[said], failing)
    return [{"label": said, "value": failing} for said, failing in counts.most_common()]
