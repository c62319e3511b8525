"""Reads single answers of the check-in as framework.md section 11 does."""

import datetime as dt
from collections.abc import Callable
from typing import NamedTuple

from peerlink.features.indicators.facts import Answered, VolunteerFacts
from peerlink.features.risks.rulebook import step
from peerlink.framework.evidence import Evidence
from peerlink.framework.levels import Level
from peerlink.framework.parameters import Limits
from peerlink.words import _

RESTS_ON_ANSWERS = frozenset(
    {"R02", "R10", "R11", "R12", "R20", "R21", "R22", "R23", "R24", "R26", "R27", "R70"}
)
"""Rules some part of which only the supervisor and the volunteer may know."""

ON_CONSENT = frozenset({"R21"})
"""Rules that know only what the volunteer chooses to show; nobody asks why one of them is unknown."""


class Item(NamedTuple):
    """Hold the answers one volunteer gave to one item of the check-in."""

    number: int
    latest: int | None
    """The most recent answer; None where there is none or its check-in is too old to count."""
    answers: tuple[int, ...]
    """Every answer, the newest first, however old."""

    def twice(self, holds: Callable[[int], bool]) -> bool:
        """Tell whether it holds for the latest and the previous answer, the latest being still valid."""
        return self.latest is not None and len(self.answers) > 1 and all(map(holds, self.answers[:2]))

    def evidence(self, threshold: float) -> Evidence:
        """Name the answer beside the line it is held against."""
        return Evidence(f"v{self.number}", self.latest, "answer", threshold, len(self.answers))


def read(volunteer: VolunteerFacts, number: int, limits: Limits) -> Item:
    """Read a volunteer's answers to V<number>."""
    return read_on(volunteer.on, volunteer.answered, number, limits)


def read_on(on: dt.date, answered: Answered, number: int, limits: Limits) -> Item:
    """Read answers to V<number>: the latest counts while its check-in is at most 45 days old."""
    given = [
        (answered_on, answer)
        for answered_on, _due_on, answers in answered
        if (answer := answers[number]) is not None
    ]
    valid = bool(given) and speaks_on(on, given[0][0], limits)
    return Item(number, given[0][1] if valid else None, tuple([answer for _on, answer in given]))


def speaks_on(on: dt.date, answered_on: dt.date, limits: Limits) -> bool:
    """Tell whether a check-in is young enough to speak for a day."""
    return (on - answered_on).days <= limits.whole("window.validity_checkin_days")


def n_low(item: Item, limits: Limits) -> int:
    """Count the low ones among the last three answers."""
    low = limits.number("checkin.single_resource_low")
    return sum(answer <= low for answer in item.answers[:3])


def resource(item: Item, limits: Limits) -> Level:
    """Judge a good thing that may be missing: watch when low once, alert in two of the last three."""
    if item.latest is None:
        return Level.UNKNOWN
    low = limits.number("checkin.single_resource_low")
    return step(watch=item.latest <= low, alert=n_low(item, limits) > 1)


def strain(item: Item, limits: Limits) -> Level:
    """Judge a weight: watch at 3, alert at 4 or when 3 or more twice running."""
    if item.latest is None:
        return Level.UNKNOWN
    high = limits.number("checkin.single_strain_watch")
    return step(
        watch=item.latest >= high,
        alert=item.latest >= limits.number("checkin.single_strain_alert") or item.twice(lambda a: a >= high),
    )


def not_said(limits: Limits) -> str:
    """Say that no check-in tells."""
    return _(
        "No check-in of the last %(days)s days tells.", days=limits.whole("window.validity_checkin_days")
    )
