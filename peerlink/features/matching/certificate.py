"""What a plan for the whole waiting list is, and the proof that no better one exists.

Participants and volunteers go by their place in the pool's lists. Worth is counted in whole millionths, so
that two ways to the same plan agree to the last digit.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from peerlink.errors import Refused
from peerlink.words import _

ONE = 1_000_000
"""A score of 1, and the unit of everything the engine adds up."""
_DAYS_FOR_ONE = 350
"""Days of waiting worth a score of 1: 0.02 a week (framework.md section 5)."""
_BONUS_CAP = ONE // 5


@dataclass(frozen=True, slots=True)
class Pool:
    """Everyone who waits, everyone who is free, and how well each possible pair fits."""

    fits: Sequence[Mapping[int, int]]
    """For each participant the volunteers who can, and the score of the pair (0 to ONE)."""
    free: Sequence[int]
    """Free places of each volunteer."""
    waited: Sequence[int]
    """Days each participant has waited."""

    def bonus(self, participant: int) -> int:
        """Say what serving this participant adds to the score, for the time waited."""
        return min(max(self.waited[participant], 0) * ONE // _DAYS_FOR_ONE, _BONUS_CAP)

    def stake(self) -> int:
        """Say what one more person served is worth: more than any plan can lose by moving the others."""
        return 2 * (len(self.free) + 1) * (ONE + _BONUS_CAP)

    def unserved(self) -> list[int]:
        """Say for each participant what it is worth to go on waiting: the stake lost, and the bonus."""
        stake = self.stake()
        return [-stake - self.bonus(i) for i in range(len(self.fits))]


@dataclass(frozen=True, slots=True)
class Plan:
    """Who supports whom, with a shadow price for one place of each volunteer as its certificate."""

    chosen: tuple[int | None, ...]
    """For each participant the volunteer, None while nobody can be spared."""
    prices: tuple[int, ...]

    def served(self) -> int:
        return sum(volunteer is not None for volunteer in self.chosen)

    def score(self, pool: Pool) -> int:
        """Add up the scores of the chosen pairs, waiting left out."""
        return sum(pool.fits[i][j] for i, j in enumerate(self.chosen) if j is not None)


def check_plan(pool: Pool, plan: Plan) -> None:
    """Refuse a plan whose certificate does not prove that none serves more, or as many with a better sum.

    The proof is complementary slackness: with these prices everyone has their own best choice, and only a
    volunteer without a free place has a price. Any other plan then adds up to no more.
    """
    if len(plan.chosen) != len(pool.fits) or len(plan.prices) != len(pool.free):
        raise Refused(_("This plan was made for other people. Please make a new one."))
    taken = [0] * len(pool.free)
    for fits, volunteer, waiting in zip(pool.fits, plan.chosen, pool.unserved(), strict=True):
        got = waiting
        if volunteer is not None:
            if volunteer not in fits:
                raise Refused(_("This plan has a pair that cannot be. Please make a new one."))
            taken[volunteer] += 1
            got = fits[volunteer] - plan.prices[volunteer]
        if got < max((score - plan.prices[j] for j, score in fits.items()), default=waiting) or got < waiting:
            raise Refused(_("This plan cannot be shown to be the best one. Please make a new one."))
    for used, free, price in zip(taken, pool.free, plan.prices, strict=True):
        if used > free:
            raise Refused(_("This plan gives a volunteer more people than they have places for."))
        if price < 0 or (price and used < free):
            raise Refused(_("This plan cannot be shown to be the best one. Please make a new one."))
