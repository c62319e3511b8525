"""How the check-ins of one person are told: every result, the curve, what grew, what was left out."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from peerlink.features.programmes.queries import limits
from peerlink.features.wellbeing.models import Checkin
from peerlink.features.wellbeing.queries import as_instrument
from peerlink.features.wellbeing.rules import Result, results
from peerlink.framework.checkin_words import SkipReason
from peerlink.framework.vocabularies import CheckinStatus, Growth
from peerlink.words import _

SHOWN = 12
"""Points of a curve: a year of months."""


@dataclass(frozen=True)
class Left:
    """One check-in that was left out or that nobody answered."""

    on: dt.date
    is_skipped: bool
    why: str
    words: str | None


@dataclass(frozen=True)
class Line:
    """One line of the diary."""

    on: dt.date
    text: str
    is_private: bool


@dataclass(frozen=True)
class Story:
    """The check-ins of one person, the latest first."""

    results: list[Result]
    grown: list[tuple[str, int]]
    """What grew and how often it was ticked, the most often first."""
    n_grown: int
    """Check-ins in which anything was ticked."""
    left: list[Left]
    diary: list[Line]

    @property
    def latest(self) -> Result | None:
        return self.results[0] if self.results else None

    @property
    def run(self) -> list[Result]:
        """Return the last results, the oldest first, for a curve."""
        return self.results[:SHOWN][::-1]


def story_of(rows: Sequence[Checkin]) -> Story:
    """Tell what opened check-ins say."""
    said = [one for one in rows if one.grew]
    ticks = {one: sum(one.value in (row.grew or ()) for row in said) for one in Growth}
    grown = sorted(((one, n) for one, n in ticks.items() if n), key=lambda one: -one[1])
    return Story(
        results=results(as_instrument([one for one in rows if one.answered_on is not None]), limits())[::-1],
        grown=[(_(one.label), n) for one, n in grown],
        n_grown=len(said),
        left=[_left(one) for one in reversed(rows) if one.status in LEFT_OUT],
        diary=[
            Line(one.answered_on, one.diary, one.reader != "supervisor")
            for one in reversed(rows)
            if one.answered_on is not None and one.diary
        ],
    )


LEFT_OUT = frozenset({CheckinStatus.SKIPPED, CheckinStatus.EXPIRED})


def _left(one: Checkin) -> Left:
    said = one.skipped_reason or ""
    why = _(SkipReason(said).label) if said in set(SkipReason) else said
    return Left(one.due_on, one.status is CheckinStatus.SKIPPED, why, one.skipped_words)
