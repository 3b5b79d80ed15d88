"""The engine finds the best plan there is, and knows that it has."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from exchange.matching import FixedFixture, Pool, solve, violations

from .pools import START, brute_force, pool_of, random_pool, request


@pytest.mark.parametrize("seed", range(200))
def test_small_pools_are_solved_to_the_optimum(seed: int) -> None:
    pool = random_pool(seed)
    plan = solve(pool)
    assert list(violations(pool, plan)) == []
    assert plan.objective == brute_force(pool)
    assert plan.bound == plan.objective


@pytest.mark.parametrize("seed", range(1000, 1060))
def test_crowded_pools_where_quick_plans_fail_are_too(seed: int) -> None:
    pool = random_pool(seed, requests=9, days=2)
    plan = solve(pool)
    assert list(violations(pool, plan)) == []
    assert plan.objective == plan.bound == brute_force(pool)


@pytest.mark.parametrize("seed", range(20))
def test_the_order_of_the_file_changes_nothing(seed: int) -> None:
    pool = random_pool(seed, requests=9)
    requests, venues, fixed = list(pool.requests), list(pool.venues), list(pool.fixed)
    for column in (requests, venues, fixed):
        random.Random(seed).shuffle(column)
    shuffled = replace(pool, requests=tuple(requests), venues=tuple(venues), fixed=tuple(fixed))
    assert solve(shuffled) == solve(pool)


@pytest.mark.parametrize("seed", range(20))
def test_two_pools_together_are_worth_their_sum(seed: int) -> None:
    one, other = random_pool(seed), random_pool(seed + 500)
    renamed = tuple(
        replace(r, id=f"x{r.id}", sport="handball", venue=r.venue and f"x{r.venue}") for r in other.requests
    )
    both = replace(
        one,
        venues=(*one.venues, *(replace(v, id=f"x{v.id}") for v in other.venues)),
        requests=(*one.requests, *renamed),
        fixed=(*one.fixed, *(FixedFixture(f"x{f.host}", f"x{f.guest}", f.date) for f in other.fixed)),
        forbidden=one.forbidden | {frozenset(f"x{side}" for side in pair) for pair in other.forbidden},
    )
    parts = solve(one).objective, solve(other).objective
    assert tuple(solve(both).objective) == tuple(a + b for a, b in zip(*parts, strict=True))


def test_serving_more_goes_before_quality() -> None:
    """Left alone, the two neighbours would meet each other; then the two far ones would stay at home."""
    near = [request(name, max_distance_km=400.0) for name in ("a", "b")]
    far = [request(name, lat=51.5, max_distance_km=400.0, university="far") for name in ("y", "z")]
    plan = solve(pool_of(*near, *far))
    assert plan.objective.served == 4
    assert {frozenset((f.host, f.guest)) for f in plan.fixtures}.isdisjoint(
        {frozenset("ab"), frozenset("yz")}
    )


def test_who_waits_longer_goes_first() -> None:
    pool = pool_of(request("a", waiting_days=1), request("b", waiting_days=40), request("c", waiting_days=41))
    plan = solve(pool)
    assert plan.objective.waiting_days == 81
    assert [u.request for u in plan.unserved] == ["a"]


def test_a_fixed_fixture_stands_even_where_it_is_no_longer_possible() -> None:
    here, there = (
        request("a", max_distance_km=1.0),
        request("b", lat=40.0, max_distance_km=1.0, host_dates=()),
    )
    pool = pool_of(here, there, fixed=(FixedFixture("b", "a", START),))
    plan = solve(pool)
    assert [(f.host, f.guest, f.date) for f in plan.fixtures] == [("b", "a", START)]
    assert plan.objective.served == 2
    assert list(violations(pool, plan)) == []


def test_an_empty_pool_has_an_empty_plan() -> None:
    plan = solve(pool_of())
    assert plan.fixtures == ()
    assert plan.objective == plan.bound == (0, 0, 0)


def test_nobody_possible_is_a_plan_too() -> None:
    lonely: Pool = pool_of(request("a"), request("b", sport="chess"))
    plan = solve(lonely)
    assert plan.objective == plan.bound == (0, 0, 0)
    assert [u.request for u in plan.unserved] == ["a", "b"]
