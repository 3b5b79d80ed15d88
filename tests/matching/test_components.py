"""Components are solved apart and give together what the pool gives as a whole."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from exchange.matching import (
    Component,
    FixedFixture,
    Objective,
    Plan,
    Pool,
    Venue,
    check_pool,
    components,
    joined,
    pool_document,
    solve,
    violations,
)
from exchange.matching.candidates import candidates
from exchange.matching.components import SHARES
from exchange.matching.explain import unserved_requests
from exchange.matching.types import Hold

from .pools import START, brute_force, pool_of, random_pool, request

SEEDS = range(40)


def solved_apart(pool: Pool, *, budget: float | None = None) -> Plan:
    parts = components(pool)
    return joined(pool, [solve(part.pool, budget=budget) for part in parts])


def crowded(seed: int) -> Pool:
    """Several sports in few halls, so that parts are tied by halls and by fixed fixtures alone."""
    pool = random_pool(seed, requests=24, days=5)
    chance = random.Random(seed)
    sports = tuple(
        replace(r, sport=chance.choice("abcd"), venue=f"v{chance.randrange(8)}") for r in pool.requests
    )
    venues = tuple(Venue(f"v{i}", chance.choice((1, 1, 2))) for i in range(8))
    moved = replace(pool, requests=sports, venues=venues, fixed=())
    found = candidates(moved)
    for i in chance.sample(range(len(found)), min(4, len(found))):
        host, guest = (found.requests[side[i]].id for side in (found.host, found.guest))
        day = START + timedelta(days=int(found.day[i]) - START.toordinal())
        more = replace(moved, fixed=(*moved.fixed, FixedFixture(host, guest, day)))
        try:
            check_pool(more)
        except ValueError:
            continue
        moved = more
    return moved


def members(part: Component) -> set[str]:
    return {row.id for row in part.pool.requests}


# -- apart and together ----------------------------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
def test_components_together_are_worth_what_trying_everything_gives(seed: int):
    pool = random_pool(seed)
    plan = solved_apart(pool)
    assert list(violations(pool, plan)) == []
    assert plan.objective == plan.bound == brute_force(pool)


@pytest.mark.parametrize("seed", SEEDS)
def test_components_together_are_worth_the_whole_where_halls_are_shared(seed: int):
    pool = crowded(seed)
    plan, whole = solved_apart(pool), solve(pool)
    assert list(violations(pool, plan)) == []
    assert plan.objective == plan.bound == whole.objective


def test_the_crowded_pools_do_fall_apart_and_do_hold_fixed_fixtures():
    pools = [crowded(seed) for seed in SEEDS]
    assert sum(len(components(pool)) > 1 for pool in pools) > 33
    assert sum(len(pool.fixed) for pool in pools) > 33


@pytest.mark.parametrize("seed", range(20))
def test_two_disjoint_pools_are_the_sum_of_both(seed: int):
    east, west = random_pool(seed, requests=10), elsewhere(random_pool(seed + 1000, requests=10))
    both = Pool(
        east.season,
        east.venues + west.venues,
        east.requests + west.requests,
        east.fixed + west.fixed,
        east.forbidden | west.forbidden,
    )
    apart = [solve(pool).objective for pool in (east, west)]
    assert solved_apart(both).objective == tuple(map(sum, zip(*apart, strict=True)))


def elsewhere(pool: Pool) -> Pool:
    """The same pool in another sport and under other names."""
    rows = [
        replace(
            r,
            id=f"w{r.id}",
            team=f"w{r.team}",
            sport="chess",
            venue=r.venue and f"w{r.venue}",
            avoid=frozenset(f"w{team}" for team in r.avoid),
            prefer=frozenset(f"w{team}" for team in r.prefer),
        )
        for r in pool.requests
    ]
    return Pool(
        pool.season,
        tuple(replace(venue, id=f"w{venue.id}") for venue in pool.venues),
        tuple(rows),
        tuple(replace(f, host=f"w{f.host}", guest=f"w{f.guest}") for f in pool.fixed),
        frozenset(frozenset(f"w{side}" for side in pair) for pair in pool.forbidden),
    )


@pytest.mark.parametrize("seed", range(30))
def test_the_order_of_a_pool_changes_no_byte_of_its_components(seed: int):
    pool = crowded(seed)
    mixed = replace(pool, requests=pool.requests[::-1], venues=pool.venues[::-1], fixed=pool.fixed[::-1])
    documents = [[pool_document(part.pool) for part in components(one)] for one in (pool, mixed)]
    assert documents[0] == documents[1]


@pytest.mark.parametrize("seed", range(30))
def test_each_request_with_something_to_decide_is_in_one_component(seed: int):
    pool = crowded(seed)
    found = candidates(pool)
    busy = {found.requests[i].id for i in (*found.host.tolist(), *found.guest.tolist())}
    parts = [members(part) for part in components(pool)]
    assert sum(map(len, parts)) == len(set().union(*parts))
    assert {side for f in pool.fixed for side in (f.host, f.guest)} <= set().union(*parts)
    assert set().union(*parts) <= busy | {side for f in pool.fixed for side in (f.host, f.guest)}
    assert sorted(f for part in components(pool) for f in part.pool.fixed) == sorted(pool.fixed)
    for part in components(pool):
        check_pool(part.pool)


# -- what ties and what does not -------------------------------------------------------------------


def sports(*names: str, capacity: int, **changes: object) -> Pool:
    """A host and a guest of each sport; only the hosts share hall h, on one day."""
    rows = [
        request(
            f"{sport} {side}",
            sport=sport,
            host_dates=(START,) if side == "host" else (),
            travel_dates=(START,) if side == "guest" else (),
            venue="h" if side == "host" else None,
        )
        for sport in names
        for side in ("host", "guest")
    ]
    return pool_of(*rows, venues=(Venue("h", capacity),), **changes)


FOOTBALL_STANDS = (FixedFixture("football host", "football guest", START),)


def test_a_hall_with_room_for_all_ties_nobody():
    parts = components(sports("football", "chess", capacity=2))
    assert [len(part.pool.requests) for part in parts] == [2, 2]


def test_a_hall_too_small_for_all_ties_its_hosts():
    (part,) = components(sports("football", "chess", capacity=1))
    assert len(part.pool.requests) == 4
    assert solve(part.pool).objective.served == 2


def test_a_hall_that_fixed_fixtures_fill_is_closed_to_the_others():
    pool = sports("football", "chess", capacity=1, fixed=FOOTBALL_STANDS)
    plan = solved_apart(pool)
    assert [f.host for f in plan.fixtures] == ["football host"]
    assert list(violations(pool, plan)) == []


def test_a_fixed_fixture_takes_one_of_the_scarce_places():
    pool = sports("football", "chess", "go", "bridge", capacity=2, fixed=FOOTBALL_STANDS)
    plan = solved_apart(pool)
    assert list(violations(pool, plan)) == []
    assert plan.objective.served == 4


def test_small_parts_are_bundled_and_the_largest_comes_first():
    rows = [request(f"{n}{side}", category=f"c{n}", wanted=1) for n in range(200) for side in "ab"]
    rows += [request(f"big{n}", category="big") for n in range(12)]
    parts = components(pool_of(*rows))
    work = [part.work for part in parts]
    assert 10 < len(parts) <= SHARES + 1
    assert work == sorted(work, reverse=True)
    assert len(parts[0].pool.requests) == 12
    assert sum(part.parts for part in parts) == 201


def test_nothing_to_decide_is_no_component():
    assert components(pool_of(request("a"), request("b", category="men"))) == ()
    pool = pool_of(request("a"), request("b", category="men"))
    plan = joined(pool, [])
    assert plan.objective == plan.bound == Objective(0, 0, 0)
    assert plan.unserved == unserved_requests(pool, ())


# -- what is told ----------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(30))
def test_reasons_look_at_the_whole_pool(seed: int):
    pool = crowded(seed)
    plan = solved_apart(pool)
    assert plan.unserved == unserved_requests(pool, plan.fixtures)


@pytest.mark.parametrize("seed", range(12))
def test_a_bound_holds_even_where_nothing_is_proven(seed: int):
    pool = crowded(seed)
    optimum = solve(pool).objective
    parts = components(pool)
    poor = [solve(part.pool, budget=0.0) for part in parts]
    plan = joined(pool, poor)
    assert list(violations(pool, plan)) == []
    for bound, told, best in zip(plan.bound, plan.objective, optimum, strict=True):
        assert bound >= best
        if told < best:
            break
    for part, plan in zip(parts, poor, strict=True):
        assert all(
            most >= figure for most, figure in zip(plan.loose, solve(part.pool).objective, strict=True)
        )


def test_what_one_component_gives_up_for_another_is_in_the_bound():
    """Here two more may be served, so there two fewer: each may free at most 7 waiting days and 20 points."""
    here = plan_with(bound=Objective(4, 10, 500), holds=(Hold(4, ()), Hold(10, (3,)), Hold(500, (20, 1))))
    there = plan_with(bound=Objective(2, 10, 500), holds=(Hold(2, ()), Hold(10, (7,)), Hold(500, (5, 0))))
    plan = joined(pool_of(), [here, there])
    assert plan.bound == Objective(6, 20 + 2 * 7, 1000 + 2 * 20 + 14 * 1)


def test_a_bound_without_prices_is_as_loose_as_they_come():
    here = plan_with(bound=Objective(4, 10, 500), loose=Objective(4, 60, 900))
    there = plan_with(bound=Objective(2, 10, 500), loose=Objective(2, 70, 800))
    assert joined(pool_of(), [here, there]).bound == Objective(6, 130, 1700)


def plan_with(*, bound: Objective, **facts: object) -> Plan:
    return Plan((), Objective(2, 10, 500), bound, **facts)
