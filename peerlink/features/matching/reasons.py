"""Says in plain phrases why a pair was thought of: all for coordinators, no trait for volunteers."""

from dataclasses import dataclass
from enum import StrEnum

from peerlink.features.matching.certificate import ONE
from peerlink.features.matching.scoring import Fit
from peerlink.words import N_, _

_TICK_FROM = ONE * 3 // 4
_WARNING_BELOW = ONE * 4 // 10


class Sign(StrEnum):
    """How a reason is shown."""

    TICK = "tick"
    WARNING = "warning"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks for a pair, against it, or is missing."""

    code: str
    sign: Sign
    text: str


LABELS = {
    "M1": N_("Needs"),
    "M2": N_("What matters most"),
    "M3": N_("Life stage"),
    "M4": N_("Times and channel"),
    "M5": N_("Gender"),
    "M6": N_("Age"),
    "M7": N_("Community"),
    "M8": N_("Language"),
    "M9": N_("Place"),
    "M10": N_("Time since diagnosis"),
    "M11": N_("Similar story"),
    "M12": N_("Load"),
}
_SAID_TO_COORDINATOR: dict[str, tuple[str, str, str]] = {
    "M1": (
        N_("Skills cover the needs"),
        N_("Skills cover few of the needs"),
        N_("Needs or skills not known"),
    ),
    "M2": (N_("Meets what matters most"), N_("Misses what matters most"), N_("No wishes that can be judged")),
    "M3": (N_("Same stage of life"), N_("Another stage of life"), N_("Stage of life not known")),
    "M4": (N_("Much time in common"), N_("Little time in common"), N_("Times or channels not known")),
    "M5": (N_("Gender as wished"), N_("Not the gender wished for"), N_("Gender not known")),
    "M6": (N_("Close in age"), N_("Far apart in age"), N_("Age not known")),
    "M7": (N_("Same community"), N_("Another community"), N_("Community not known")),
    "M8": (N_("Same first language"), N_("An interpreter is needed"), N_("Languages not known")),
    "M9": (N_("Lives near"), N_("Too near: distance was asked for"), N_("Travel time not known")),
    "M10": (N_("Further on since diagnosis"), N_("Not further on"), N_("Time since diagnosis not known")),
    "M11": (N_("Similar story"), N_("Another story"), N_("Story not asked for or not known")),
    "M12": (N_("Has room"), N_("Nearly at full load"), N_("Capacity not known")),
}
_SHARES = N_("You share something the person said matters.")
_SAID_TO_VOLUNTEER = {
    "M1": N_("Your skills fit what is needed."),
    "M2": _SHARES,
    "M3": _SHARES,
    "M4": N_("Your times fit."),
    "M7": _SHARES,
    "M8": N_("You can talk with ease."),
    "M10": _SHARES,
    "M11": _SHARES,
}
"""What a tick becomes for the volunteer: nothing that would give a trait of the participant away."""


def reasons(found: Fit) -> tuple[Reason, ...]:
    """Say to the coordinator what speaks for a pair, against it, and what is not known; heaviest first."""
    said = []
    for part in sorted(found.parts, key=lambda part: -part.weight):
        tick, warning, unknown = _SAID_TO_COORDINATOR[part.code]
        if not part.weight:
            continue
        if not part.known:
            said.append(Reason(part.code, Sign.UNKNOWN, _(unknown)))
        elif part.score >= _TICK_FROM:
            said.append(Reason(part.code, Sign.TICK, _(tick)))
        elif part.score < _WARNING_BELOW:
            said.append(Reason(part.code, Sign.WARNING, _(warning)))
    return tuple(said)


def reasons_for_volunteer(found: Fit) -> tuple[str, ...]:
    """Say to the volunteer why they were thought of, without giving away what the person shared."""
    good = [part.code for part in found.parts if part.known and part.weight and part.score >= _TICK_FROM]
    return tuple(dict.fromkeys(_(_SAID_TO_VOLUNTEER[code]) for code in good if code in _SAID_TO_VOLUNTEER))
