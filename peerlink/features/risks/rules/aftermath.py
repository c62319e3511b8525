"""Tells whether strain changed after something was done; it describes, and proves nothing."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from peerlink.framework.parameters import Limits
from peerlink.instruments.checkin import change_bound

LOOKS_AT = 2
"""Later check-ins that are looked at."""
Score = tuple[dt.date, float]
"""The day a check-in was answered, and its strain."""


class Outcome(StrEnum):
    """What became of strain after something was done."""

    UNKNOWN = "unknown"
    """Nothing was known at the time, or no later check-in tells."""
    DOWN = "down"
    """It came down by a real change."""
    SAME = "same"
    """It stayed within the usual ups and downs."""
    UP = "up"
    """It rose by a real change."""


@dataclass(frozen=True, slots=True)
class Aftermath:
    """Hold strain when something was done, and at the check-ins after."""

    acted_on: dt.date
    before: Score | None
    """The latest score known then; None where it was too old to count, or there was none."""
    after: tuple[Score, ...]
    bound: float | None
    """The smallest real change between them; None where there is nothing to compare."""

    @property
    def difference(self) -> float | None:
        """Give the mean of the later scores less the one before."""
        if self.before is None or not self.after:
            return None
        return sum(score for _on, score in self.after) / len(self.after) - self.before[1]

    @property
    def outcome(self) -> Outcome:
        """Say what became of strain."""
        moved = self.difference
        if moved is None or self.bound is None:
            return Outcome.UNKNOWN
        if abs(moved) < self.bound:
            return Outcome.SAME
        return Outcome.DOWN if moved < 0 else Outcome.UP


def compare(scores: Sequence[Score], acted_on: dt.date, limits: Limits) -> Aftermath:
    """Lay the latest score known on a day beside the next two after it.

    A check-in answered on the day itself was known. The bound is the reliable change of section 3: one score
    against the mean of the later ones.
    """
    known = [one for one in scores if one[0] <= acted_on]
    latest = max(known, default=None)
    validity = limits.whole("window.validity_checkin_days")
    before = latest if latest is not None and (acted_on - latest[0]).days <= validity else None
    after = tuple(sorted(one for one in scores if one[0] > acted_on)[:LOOKS_AT])
    bound = change_bound(len(after), limits) if before is not None and after else None
    return Aftermath(acted_on, before, after, bound)


@dataclass(frozen=True, slots=True)
class Tally:
    """Count what became of strain after one action, over everybody it was taken for."""

    n: int
    n_known: int
    """Those of them with a later check-in to compare."""
    n_down: int
    n_same: int
    n_up: int

    def can_tell(self, fewest: int) -> bool:
        """Tell whether enough are known to say anything at all."""
        return self.n_known >= fewest


def tally(outcomes: Sequence[Outcome]) -> Tally:
    """Count outcomes."""
    n = {one: outcomes.count(one) for one in Outcome}
    return Tally(
        n=len(outcomes),
        n_known=len(outcomes) - n[Outcome.UNKNOWN],
        n_down=n[Outcome.DOWN],
        n_same=n[Outcome.SAME],
        n_up=n[Outcome.UP],
    )
