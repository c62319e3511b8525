"""Says what the whole plan would lose with another choice, and who competes for the places that lack."""

from collections import defaultdict
from dataclasses import dataclass
from heapq import heappop, heappush

from peerlink.features.matching.certificate import Plan, Pool


@dataclass(frozen=True, slots=True, order=True)
class Regret:
    """What the best plan with a given pair in it falls short of the best plan."""

    people: int
    """How many fewer people are served."""
    score: int
    """How much less the rest adds up to, waiting included; below zero when fewer people fit better."""


@dataclass(frozen=True, slots=True)
class Bottleneck:
    """People who can only be helped by the same few volunteers, and are more than these have places for."""

    people: frozenset[int]
    volunteers: frozenset[int]
    places: int


def regrets(pool: Pool, plan: Plan, participant: int) -> dict[int, Regret]:
    """Say for each other volunteer who can what the plan would lose: exact, no plan is made anew."""
    here = plan.chosen[participant]
    detours = _detours(pool, plan, participant)
    fits, stake = pool.fits[participant], pool.stake()
    now = _worths(pool, plan)[participant]
    found = {}
    for volunteer, fit in fits.items():
        if volunteer != here and pool.free[volunteer] > 0:
            loss = now - fit + plan.prices[volunteer] + detours[volunteer]
            people = (loss + stake // 2) // stake
            found[volunteer] = Regret(people, loss - people * stake)
    return found


def _worths(pool: Pool, plan: Plan) -> list[int]:
    """Say what each participant has of the plan, the price of their place taken off."""
    return [
        waiting if volunteer is None else fits[volunteer] - plan.prices[volunteer]
        for fits, volunteer, waiting in zip(pool.fits, plan.chosen, pool.unserved(), strict=True)
    ]


def _detours(pool: Pool, plan: Plan, absent: int) -> list[int]:
    """Say for each volunteer what it costs to make room, once the absent one's own place is given back.

    Dijkstra backwards from that place (or from the waiting list, one node behind the volunteers): whatever
    the absent one could do starts there, so no way need leave them out.
    """
    waiting_list = len(pool.free)
    start = plan.chosen[absent]
    target = waiting_list if start is None else start
    ways = _ways(pool, plan)
    far = pool.stake() * (len(pool.fits) + len(pool.free) + 2)
    cost = [far] * (waiting_list + 1)
    cost[target] = 0
    heap = [(0, target)]
    while heap:
        so_far, place = heappop(heap)
        if so_far > cost[place]:
            continue
        for before, loss in ways[place]:
            if so_far + loss < cost[before]:
                cost[before] = so_far + loss
                heappush(heap, (so_far + loss, before))
    return cost


def _ways(pool: Pool, plan: Plan) -> dict[int, list[tuple[int, int]]]:
    """List for each place from where somebody could come to it, and at what loss."""
    waiting_list = len(pool.free)
    ways: dict[int, list[tuple[int, int]]] = defaultdict(list)
    worths, unserved = _worths(pool, plan), pool.unserved()
    taken = [0] * waiting_list
    for i, at in enumerate(plan.chosen):
        if at is not None:
            taken[at] += 1
        leaves = waiting_list if at is None else at
        for volunteer, fit in pool.fits[i].items():
            if volunteer != leaves and pool.free[volunteer] > 0:
                ways[volunteer].append((leaves, worths[i] - fit + plan.prices[volunteer]))
        if at is not None:
            ways[waiting_list].append((at, worths[i] - unserved[i]))
    for volunteer, price in enumerate(plan.prices):
        ways[volunteer].append((waiting_list, price))
        if taken[volunteer] < pool.free[volunteer]:
            ways[waiting_list].append((volunteer, 0))
    return ways


def bottleneck(pool: Pool, plan: Plan, participant: int) -> Bottleneck:
    """Name who competes with an unserved participant for which places; nobody where no pair is possible."""
    holders = defaultdict(list)
    for i, at in enumerate(plan.chosen):
        if at is not None:
            holders[at].append(i)
    people, volunteers = [participant], set[int]()
    for person in people:
        for volunteer in pool.fits[person]:
            if volunteer not in volunteers and pool.free[volunteer] > 0:
                volunteers.add(volunteer)
                people.extend(holders[volunteer])
    return Bottleneck(frozenset(people), frozenset(volunteers), sum(pool.free[j] for j in volunteers))
