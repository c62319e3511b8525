"""The plan is the best there is, can prove it, and says what any other choice would cost."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from peerlink.errors import Refused
from peerlink.features.matching.certificate import ONE, Plan, Pool, check_plan
from peerlink.features.matching.engine import best_plan
from peerlink.features.matching.regrets import Regret, bottleneck, regrets


@st.composite
def pools(draw: st.DrawFn, people: int = 5, helpers: int = 4) -> Pool:
    n, m = draw(st.integers(0, people)), draw(st.integers(0, helpers))
    score = st.sampled_from([0, 1, 2, ONE // 2, ONE - 1, ONE]) | st.integers(0, ONE)
    who = st.integers(0, m - 1) if m else st.nothing()
    return Pool(
        fits=[draw(st.dictionaries(who, score)) if m else {} for _ in range(n)],
        free=[draw(st.integers(0, 3)) for _ in range(m)],
        waited=[draw(st.sampled_from([0, 1, 7, 69, 70, 71, 400])) for _ in range(n)],
    )


def value(pool: Pool, chosen: tuple[int | None, ...]) -> tuple[int, int]:
    pairs = [(i, j) for i, j in enumerate(chosen) if j is not None]
    return len(pairs), sum(pool.fits[i][j] + pool.bonus(i) for i, j in pairs)


def every_choice(pool: Pool) -> list[tuple[int | None, ...]]:
    return [
        chosen
        for chosen in itertools.product(*[[None, *fits] for fits in pool.fits])
        if all(chosen.count(j) <= free for j, free in enumerate(pool.free))
    ]


def waits(pool: Pool, chosen: tuple[int | None, ...]) -> list[int]:
    return sorted((pool.waited[i] for i, j in enumerate(chosen) if j is not None), reverse=True)


def greedy(pool: Pool, order: list[tuple[int, int]]) -> tuple[int | None, ...]:
    left, chosen = list(pool.free), [None] * len(pool.fits)
    for i, j in order:
        if chosen[i] is None and left[j] > 0:
            chosen[i] = j
            left[j] -= 1
    return tuple(chosen)


def by_score(pool: Pool) -> list[tuple[int, int]]:
    return sorted(
        ((i, j) for i, fits in enumerate(pool.fits) for j in fits), key=lambda p: -pool.fits[p[0]][p[1]]
    )


@given(pools())
@settings(max_examples=300)
def test_no_plan_at_all_serves_more_or_fits_better(pool: Pool) -> None:
    plan = best_plan(pool)
    check_plan(pool, plan)
    assert value(pool, plan.chosen) == max(value(pool, chosen) for chosen in every_choice(pool))


@given(pools())
@settings(max_examples=300)
def test_between_equal_plans_the_longest_waiting_are_served(pool: Pool) -> None:
    plan = best_plan(pool)
    equal = [chosen for chosen in every_choice(pool) if value(pool, chosen) == value(pool, plan.chosen)]
    assert waits(pool, plan.chosen) == max(waits(pool, chosen) for chosen in equal)


@given(
    st.lists(st.frozensets(st.integers(0, 2), min_size=1), min_size=3, max_size=7),
    st.permutations(range(7)),
    st.integers(0, 2**14),
)
@settings(max_examples=300)
def test_among_people_who_are_equal_but_for_their_wait_the_longest_waiting_are_served(
    can: list[frozenset[int]], order: list[int], good: int
) -> None:
    fits = [{j: ONE * (good >> (3 * i + j) & 1) for j in js} for i, js in enumerate(can)]
    pool = Pool(fits, [1, 1, 1], [100 + order[i] for i in range(len(can))])
    plan = best_plan(pool)
    check_plan(pool, plan)
    equal = [chosen for chosen in every_choice(pool) if value(pool, chosen) == value(pool, plan.chosen)]
    assert waits(pool, plan.chosen) == max(waits(pool, chosen) for chosen in equal)


@given(pools(people=40, helpers=15))
@settings(max_examples=150)
def test_another_solver_finds_the_same(pool: Pool) -> None:
    plan = best_plan(pool)
    check_plan(pool, plan)
    places = [j for j, free in enumerate(pool.free) for _ in range(free)]
    costs = np.zeros((len(pool.fits), len(places) + len(pool.fits)))
    for i, fits in enumerate(pool.fits):
        for column, j in enumerate(places):
            costs[i, column] = -(pool.stake() + fits[j] + pool.bonus(i)) if j in fits else 1
    rows, columns = linear_sum_assignment(costs)
    served = [
        (i, places[c]) for i, c in zip(rows, columns, strict=True) if c < len(places) and costs[i, c] < 0
    ]
    chosen = [dict(served).get(i) for i in range(len(pool.fits))]
    assert value(pool, plan.chosen) == value(pool, tuple(chosen))


@given(pools(people=40, helpers=15))
def test_best_pair_first_and_longest_waiter_first_never_do_better(pool: Pool) -> None:
    best = value(pool, best_plan(pool).chosen)
    assert best >= value(pool, greedy(pool, by_score(pool)))
    assert best >= value(pool, greedy(pool, sorted(by_score(pool), key=lambda pair: -pool.waited[pair[0]])))


@given(pools(people=20, helpers=8))
def test_the_same_pool_gives_the_same_plan(pool: Pool) -> None:
    again = Pool([dict(fits) for fits in pool.fits], list(pool.free), list(pool.waited))
    assert best_plan(pool) == best_plan(again)


@given(pools(people=20, helpers=8))
def test_one_person_less_on_the_list_changes_how_many_are_served_by_one_at_most(pool: Pool) -> None:
    served = best_plan(pool).served()
    for gone in range(len(pool.fits)):
        fewer = Pool(
            [fits for i, fits in enumerate(pool.fits) if i != gone],
            pool.free,
            [days for i, days in enumerate(pool.waited) if i != gone],
        )
        plan = best_plan(fewer)
        check_plan(fewer, plan)
        assert served - 1 <= plan.served() <= served


@given(pools(people=12, helpers=6), st.data())
def test_a_plan_that_was_tampered_with_is_refused(pool: Pool, data: st.DataObject) -> None:
    plan = best_plan(pool)
    best = value(pool, plan.chosen)
    for i, fits in enumerate(pool.fits):
        for j in [None, *fits]:
            other = replace(plan, chosen=(*plan.chosen[:i], j, *plan.chosen[i + 1 :]))
            fair = all(other.chosen.count(k) <= free for k, free in enumerate(pool.free))
            if not fair or value(pool, other.chosen) != best:
                with pytest.raises(Refused):
                    check_plan(pool, other)


def test_a_forged_price_is_refused() -> None:
    pool = Pool([{0: 5, 1: 4}, {0: 7}], [1, 1], [0, 0])
    plan = best_plan(pool)
    assert plan.chosen == (1, 0)
    for forged in [(0, 0), (-1, 0), (plan.prices[0], 1), (plan.prices[0],)]:
        with pytest.raises(Refused):
            check_plan(pool, replace(plan, prices=forged))


def test_a_price_nobody_would_pay_is_refused() -> None:
    pool = Pool([{0: 5}], [1], [0])
    check_plan(pool, Plan((0,), (pool.stake() + 5,)))
    with pytest.raises(Refused):
        check_plan(pool, Plan((0,), (pool.stake() + 6,)))


def test_a_pair_that_cannot_be_is_refused() -> None:
    with pytest.raises(Refused, match="cannot be"):
        check_plan(Pool([{0: 5}], [1, 1], [0]), Plan((1,), (0, 0)))


def test_a_crowded_volunteer_is_refused() -> None:
    with pytest.raises(Refused, match="more people"):
        check_plan(Pool([{0: 5}, {0: 5}], [1], [0, 0]), Plan((0, 0), (0,)))


def test_serving_two_badly_comes_before_serving_one_well() -> None:
    plan = best_plan(Pool([{0: ONE, 1: 0}, {0: ONE}], [1, 1], [0, 0]))
    assert plan.chosen == (1, 0)


def test_the_time_waited_counts_two_hundredths_a_week_up_to_ten_weeks() -> None:
    pool = Pool([{}] * 4, [], [0, 7, 70, 700])
    assert [pool.bonus(i) for i in range(4)] == [0, ONE // 50, ONE // 5, ONE // 5]


def test_a_long_wait_outweighs_a_slightly_better_fit() -> None:
    assert best_plan(Pool([{0: ONE // 2}, {0: ONE // 2 - ONE // 100}], [1], [0, 7])).chosen == (None, 0)


def forced(pool: Pool, participant: int, volunteer: int) -> tuple[int, int]:
    free = [places - (j == volunteer) for j, places in enumerate(pool.free)]
    others = Pool([{} if i == participant else fits for i, fits in enumerate(pool.fits)], free, pool.waited)
    served, worth = value(pool, best_plan(others).chosen)
    return served + 1, worth + pool.fits[participant][volunteer] + pool.bonus(participant)


@given(pools(people=10, helpers=5))
@settings(max_examples=200)
def test_a_regret_is_exactly_what_the_best_plan_with_that_pair_lacks(pool: Pool) -> None:
    plan = best_plan(pool)
    served, worth = value(pool, plan.chosen)
    for i, fits in enumerate(pool.fits):
        found = regrets(pool, plan, i)
        assert set(found) == {j for j in fits if j != plan.chosen[i] and pool.free[j] > 0}
        for j, regret in found.items():
            people, other = forced(pool, i, j)
            assert regret == Regret(served - people, worth - other)


@given(pools(people=15, helpers=6))
def test_whoever_is_unserved_competes_with_more_people_than_there_are_places(pool: Pool) -> None:
    plan = best_plan(pool)
    for i, volunteer in enumerate(plan.chosen):
        if volunteer is None:
            narrow = bottleneck(pool, plan, i)
            assert i in narrow.people
            assert len(narrow.people) > narrow.places == sum(pool.free[j] for j in narrow.volunteers)
            assert all(
                j in narrow.volunteers or pool.free[j] == 0
                for person in narrow.people
                for j in pool.fits[person]
            )


def test_nobody_and_nothing_make_an_empty_plan() -> None:
    assert best_plan(Pool([], [], [])) == Plan((), ())
    assert best_plan(Pool([{}], [], [3])) == Plan((None,), ())
