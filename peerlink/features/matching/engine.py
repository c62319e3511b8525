"""Finds the plan that serves the most people and, among those, fits them best: exactly, with its proof.

A min-cost flow solved by shortest ways. Bidding for places comes first, because it settles most people at
once; whoever is left then finds the cheapest chain of moves (`_Market.route`) to a free place, or to somebody
who goes on waiting. After every step each person served has their best choice at the current prices, so the
prices that stand at the end are the certificate `certificate.check_plan` asks for.
"""

from collections import deque
from collections.abc import Iterable
from heapq import heappop, heappush, heapreplace

from peerlink.features.matching.certificate import ONE, Plan, Pool

_WAITING = -1
"""Where somebody is who has no volunteer."""
_UNKNOWN = -2
_FAR = 1 << 62
_BIDS_EACH = 4
"""Bids per person before the chains take over; more only drives prices up in small steps."""


def best_plan(pool: Pool) -> Plan:
    """Plan for everyone who waits; between equal plans the longest waiting are served."""
    market = _Market(pool)
    queue = sorted(range(len(pool.fits)), key=lambda i: -pool.waited[i])
    for participant in market.bid(queue):
        market.serve(participant)
    market.prefer_longest_waiting(pool.waited)
    return Plan(tuple(None if at == _WAITING else at for at in market.at), tuple(market.prices))


class _Market:
    """Prices, places and people while a plan is being made."""

    def __init__(self, pool: Pool) -> None:
        self.fits = pool.fits
        self.liked = [sorted(fits, key=fits.__getitem__, reverse=True) for fits in self.fits]
        self.waiting = pool.unserved()
        # Whoever has no place costs more than anybody would pay.
        self.prices = [0 if free > 0 else pool.stake() + 2 * ONE for free in pool.free]
        self.held: list[list[int]] = [[] for _ in pool.free]
        # Two places more than volunteers: index -1 (waiting) is always open, index -2 (not known) never.
        self.spare = [*pool.free, 0, 1]
        self.at = [_WAITING] * len(pool.fits)
        self.got = [0] * len(pool.fits)
        self.exit_to = [_UNKNOWN] * len(pool.fits)
        self.exit_worth = [0] * len(pool.fits)

    def bid(self, queue: list[int]) -> list[int]:
        """Let everyone bid for the place they like best and return whoever found no price to settle on.

        A bid is the price at which the next best choice is as good. A full volunteer keeps the highest bids,
        at the price of the best one refused: exact, so a holder would never rather be elsewhere.
        """
        prices, spare = self.prices, self.spare
        offers: list[list[tuple[int, int]]] = [[] for _ in prices]
        bidders, undecided = deque(queue), []
        for _ in range(_BIDS_EACH * len(queue)):
            if not bidders:
                break
            participant = bidders.popleft()
            volunteer, bid = self._favourite(participant)
            if volunteer == _WAITING:
                continue
            offered = offers[volunteer]
            if spare[volunteer]:
                spare[volunteer] -= 1
                heappush(offered, (bid, participant))
            elif bid > offered[0][0]:
                prices[volunteer], outbid = heapreplace(offered, (bid, participant))
                bidders.append(outbid)
            elif bid > prices[volunteer]:
                prices[volunteer] = bid
                bidders.append(participant)
            else:
                undecided.append(participant)
        for volunteer, offered in enumerate(offers):
            for _, participant in offered:
                self._seat(participant, volunteer)
        return undecided + list(bidders)

    def _favourite(self, participant: int) -> tuple[int, int]:
        """Name the best choice at these prices, and the price up to which it stays the best."""
        fits, prices = self.fits[participant], self.prices
        best = second = self.waiting[participant]
        favourite = _WAITING
        for volunteer in self.liked[participant]:
            worth = fits[volunteer]
            if worth <= second:
                break
            worth -= prices[volunteer]
            if worth > best:
                best, second, favourite = worth, best, volunteer
            elif worth > second:
                second = worth
        if favourite == _WAITING:
            return _WAITING, 0
        return favourite, prices[favourite] + best - second

    def _seat(self, participant: int, volunteer: int) -> None:
        self.at[participant] = volunteer
        if volunteer != _WAITING:
            self.held[volunteer].append(participant)
            self.got[participant] = self.fits[participant][volunteer]

    def serve(self, newcomer: int) -> None:
        """Give the newcomer a place by the cheapest chain of moves, raising prices just as far as needed."""
        last, came_by = self.route(newcomer)
        goes_to = self.exit_to[last]
        if goes_to != _WAITING:
            self.spare[goes_to] -= 1
        self.move(last, goes_to, came_by)

    def move(self, mover: int, goes_to: int, came_by: list[int]) -> None:
        """Move everyone in a chain one place on, from its last person back to the first."""
        while True:
            leaves = self.at[mover]
            self._seat(mover, goes_to)
            if leaves == _WAITING:
                return
            self.held[leaves].remove(mover)
            goes_to, mover = leaves, came_by[leaves]

    def route(self, newcomer: int) -> tuple[int, list[int]]:
        """Find the cheapest chain: its last person, and for each volunteer who would come to them.

        Dijkstra's way over the volunteers who are full. How much a holder loses by leaving for good is one
        number (`exit_worth`), so free places never enter the search and bound it from the start.
        """
        fits, liked, prices, got = self.fits, self.liked, self.prices, self.got
        heap: list[tuple[int, int]] = []
        settled = []
        movers, so_far = [newcomer], 0
        bound, last = self._cheapest_exit(movers, so_far)
        reach, came_by = [bound] * len(prices), [_UNKNOWN] * len(prices)
        while True:
            for mover in movers:
                before, fit = so_far + got[mover], fits[mover]
                least = before - bound
                for volunteer in liked[mover]:
                    worth = fit[volunteer]
                    if worth <= least:
                        break
                    loss = before - worth + prices[volunteer]
                    if loss < reach[volunteer]:
                        reach[volunteer], came_by[volunteer] = loss, mover
                        heappush(heap, (loss, volunteer))
            nearest = _nearest(heap, reach, bound)
            if nearest == _UNKNOWN:
                break
            settled.append(nearest)
            movers, so_far = self.held[nearest], reach[nearest] - prices[nearest]
            loss, leaver = self._cheapest_exit(movers, so_far)
            if loss < bound:
                bound, last = loss, leaver
        for volunteer in settled:
            prices[volunteer] += bound - reach[volunteer]
        return last, came_by

    def _cheapest_exit(self, movers: list[int], so_far: int) -> tuple[int, int]:
        """Say the loss up to here if one of these left for good, and who."""
        spare, got, exit_to, exit_worth = self.spare, self.got, self.exit_to, self.exit_worth
        cheapest, leaver = _FAR, _UNKNOWN
        for mover in movers:
            if not spare[exit_to[mover]]:
                self._find_exit(mover)
            loss = so_far + got[mover] - exit_worth[mover]
            if loss < cheapest:
                cheapest, leaver = loss, mover
        return cheapest, leaver

    def _find_exit(self, participant: int) -> None:
        """Look up the best free place of a participant, or waiting where there is none."""
        spare = self.spare
        for volunteer in self.liked[participant]:
            if spare[volunteer]:
                self.exit_to[participant] = volunteer
                self.exit_worth[participant] = self.fits[participant][volunteer]
                return
        self.exit_to[participant], self.exit_worth[participant] = _WAITING, self.waiting[participant]

    def prefer_longest_waiting(self, waited: Iterable[int]) -> None:
        """Let the longer waiting go first wherever that changes neither coverage nor sum."""
        days = list(waited)
        unserved = [i for i, at in enumerate(self.at) if at == _WAITING and self.fits[i]]
        for participant in sorted(unserved, key=lambda i: -days[i]):
            indifferent, came_by = self._indifferent(participant)
            yields = min(indifferent, key=lambda i: days[i], default=participant)
            if days[yields] < days[participant]:
                self.move(yields, _WAITING, came_by)

    def _indifferent(self, participant: int) -> tuple[list[int], list[int]]:
        """List who could go on waiting instead at no loss, with the chains that lead to them."""
        came_by = [_UNKNOWN] * len(self.prices)
        movers, found = [participant], []
        for mover in movers:
            at = self.at[mover]
            worth = self.waiting[mover] if at == _WAITING else self.got[mover] - self.prices[at]
            if at != _WAITING and worth == self.waiting[mover]:
                found.append(mover)
            for volunteer, fit in self.fits[mover].items():
                if (
                    came_by[volunteer] == _UNKNOWN
                    and fit - self.prices[volunteer] == worth
                    and volunteer != at
                ):
                    came_by[volunteer] = mover
                    movers.extend(self.held[volunteer])
        return found, came_by


def _nearest(heap: list[tuple[int, int]], reach: list[int], bound: int) -> int:
    """Take the nearest volunteer off the heap, `_UNKNOWN` when none is nearer than the bound."""
    while heap:
        loss, volunteer = heappop(heap)
        if loss >= bound:
            break
        if loss == reach[volunteer]:
            return volunteer
    return _UNKNOWN
