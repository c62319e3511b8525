"""How sure a strain score is, worked out from the programme's own check-ins (framework.md section 3)."""

import datetime as dt
import math
import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from peerlink.framework.parameters import Limits
from peerlink.instruments.checkin import change_bound

Scores = Sequence[tuple[dt.date, float]]
"""One person's strain scores with the day each was given."""


@dataclass(frozen=True)
class Precision:
    """The error of one score (SEM) as the programme's own pairs give it."""

    on: dt.date
    n: int
    """Pairs of check-ins of one person, about a month apart."""
    n_people: int
    needed: int
    people_needed: int
    found: float | None
    """As the pairs give it; None while there are too few."""
    value: float | None
    """The same within its bounds, to one decimal: what may be adopted."""

    @property
    def missing(self) -> int:
        """Return how many pairs are still missing."""
        return max(self.needed - self.n, 0)

    @property
    def people_missing(self) -> int:
        return max(self.people_needed - self.n_people, 0)

    @property
    def is_bounded(self) -> bool:
        """Whether the pairs gave more or less than is believed."""
        return self.found is not None and self.value != round(self.found, 1)


def precision_of(people: Iterable[Scores], on: dt.date, limits: Limits) -> Precision:
    """Work the error of one score out: the spread of the differences within pairs, by the root of two."""
    pairs = [differences(one, limits) for one in people]
    told = [pair for pair in pairs if pair]
    found = [difference for pair in told for difference in pair]
    needed, people_needed = limits.whole("checkin.sem_pairs"), limits.whole("R28.min_responders")
    enough = len(found) >= max(needed, 2) and len(told) >= people_needed
    error = statistics.stdev(found) / math.sqrt(2) if enough else None
    low, high = limits.lines("checkin.sem_bounds")
    return Precision(
        on=on,
        n=len(found),
        n_people=len(told),
        needed=needed,
        people_needed=people_needed,
        found=error,
        value=None if error is None else round(min(max(error, low), high), 1),
    )


def differences(scores: Scores, limits: Limits) -> list[float]:
    """Pair each score with the next one 20 to 45 days later; return how far each pair lies apart."""
    shortest, longest = limits.lines("checkin.sem_gap_days")
    ordered = sorted(scores)
    found = []
    for n, (day, score) in enumerate(ordered):
        later = (after - score for on, after in ordered[n + 1 :] if shortest <= (on - day).days <= longest)
        first = next(later, None)
        if first is not None:
            found.append(first)
    return found


def bounds_with(error: float, limits: Limits) -> dict[int, float]:
    """Return the smallest change that counts, by how many earlier check-ins it is held against."""
    overrides: Mapping[str, object] = {
        key: list(value) if isinstance(value, tuple) else value
        for key in ("checkin.sem_bounds", "checkin.z", "checkin.baseline_max_k")
        for value in (limits.get(key),)
    }
    with_it = Limits({**overrides, "checkin.sem": error})
    return {k: change_bound(k, with_it) for k in range(1, limits.whole("checkin.baseline_max_k") + 1)}
