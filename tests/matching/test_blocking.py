"""Pairs that would both rather meet: against the definition, one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from exchange.matching import FixedFixture, Fixture, Objective, Plan, Pool, Request, Venue, solve
from exchange.matching.blocking import blocking_pairs
from exchange.matching.quality import quality
from exchange.matching.rules import why_impossible

from .pools import START, pool_of, random_pool, request

NOTHING = Objective(0, 0, 0)


def by_definition(pool: Pool, plan: Plan) -> dict[frozenset[str], int]:
    """What each blocking pair gains at best, by trying every exchange that the definition allows."""
    fixed = {(f.host, f.guest, f.date) for f in pool.fixed}
    met = {frozenset((f.host, f.guest)) for f in plan.fixtures}
    gains: dict[frozenset[str], int] = {}
    for host in pool.requests:
        for guest in pool.requests:
            pair = frozenset((host.id, guest.id))
            if len(pair) < 2 or pair in met:
                continue
            for day in host.host_dates:
                if why_impossible(pool, host, guest, day) is None:
                    for gain in _exchanges(pool, plan, fixed, host, guest, day):
                        gains[pair] = max(gain, gains.get(pair, 0))
    return gains


def _exchanges(
    pool: Pool,
    plan: Plan,
    fixed: set[tuple[str, str, date]],
    host: Request,
    guest: Request,
    day: date,
) -> Iterator[int]:
    worth = quality(host, guest)
    for of_host in _drops(plan, fixed, host, day, worth):
        for of_guest in _drops(plan, fixed, guest, day, worth):
            dropped = [*of_host, *of_guest]
            kept = [f for f in plan.fixtures if f not in dropped]
            if _hall_holds(pool, kept, host, day):
                yield 2 * worth - sum(f.quality for f in dropped)


def _drops(
    plan: Plan, fixed: set[tuple[str, str, date]], side: Request, day: date, worth: int
) -> Iterator[tuple[Fixture, ...]]:
    """Nothing, where there is room; else each single fixture whose loss makes room and is small enough."""
    own = [f for f in plan.fixtures if side.id in (f.host, f.guest)]

    def has_room(fixtures: list[Fixture]) -> bool:
        rested = all(abs((f.date - day).days) > side.min_rest_days for f in fixtures)
        return rested and len(fixtures) < side.wanted

    if has_room(own):
        yield ()
        return
    for f in own:
        stands = (f.host, f.guest, f.date) in fixed
        if not stands and f.quality < worth and has_room([other for other in own if other is not f]):
            yield (f,)


def _hall_holds(pool: Pool, kept: list[Fixture], host: Request, day: date) -> bool:
    if host.venue is None:
        return True
    venue = {r.id: r.venue for r in pool.requests}
    capacity = next(v.capacity for v in pool.venues if v.id == host.venue)
    return sum(f.date == day and venue[f.host] == host.venue for f in kept) < capacity


def partly(plan: Plan, keep: int, pool: Pool) -> Plan:
    """The plan with some of its fixtures struck out, so that there is room."""
    fixed = {(f.host, f.guest, f.date) for f in pool.fixed}
    rows = [f for i, f in enumerate(plan.fixtures) if i % keep or (f.host, f.guest, f.date) in fixed]
    return replace(plan, fixtures=tuple(rows))


@pytest.mark.parametrize("seed", range(50))
def test_blocking_pairs_are_those_of_the_definition(seed: int) -> None:
    pool = random_pool(seed, requests=8)
    best = solve(pool)
    for plan in (best, partly(best, 2, pool), Plan((), NOTHING, NOTHING)):
        if not plan.fixtures and pool.fixed:
            continue
        blocking = blocking_pairs(pool, plan)
        told = {frozenset((p.host, p.guest)): p.host_gain + p.guest_gain for p in blocking.listed}
        assert told == by_definition(pool, plan)
        assert blocking.count == len(blocking.listed)


def test_the_random_pools_have_pairs_that_block() -> None:
    """Else the comparison above would compare nothing with nothing."""
    counts = [blocking_pairs(pool, solve(pool)).count for pool in (random_pool(s, 8) for s in range(60))]
    assert sum(count > 0 for count in counts) > 10


def neighbours() -> tuple[Pool, Plan]:
    """Two good neighbours, a and b, who were each given a far opponent: y and z."""
    near = [request(name) for name in ("a", "b")]
    far = [request(name, lat=51.5, university="far") for name in ("y", "z")]
    pool = pool_of(*near, *far)
    return pool, solve(pool)


def test_serving_everybody_makes_neighbours_block() -> None:
    pool, plan = neighbours()
    assert plan.objective.served == 4
    (pair,) = blocking_pairs(pool, plan).listed
    assert {pair.host, pair.guest} == {"a", "b"}
    near, far = pair.quality, next(f.quality for f in plan.fixtures)
    assert (pair.host_gain, pair.guest_gain) == (near - far, near - far)


def test_what_is_fixed_is_not_dropped() -> None:
    pool, plan = neighbours()
    first = plan.fixtures[0]
    fixed = replace(pool, fixed=(FixedFixture(first.host, first.guest, first.date),))
    assert blocking_pairs(fixed, plan).count == 0


def test_a_full_hall_keeps_a_pair_apart() -> None:
    """a and b could meet at a's only; its hall holds one fixture a day, and c's guests play there."""
    one = (START,)
    here = request("a", host_dates=one, travel_dates=(), venue="hall")
    there = request("b", host_dates=(), travel_dates=one)
    others = [request("c", host_dates=one, venue="hall"), request("d", travel_dates=one)]
    pool = pool_of(here, there, *others)
    worth = quality(others[0], others[1])
    plan = Plan((Fixture("c", "d", START, worth),), NOTHING, NOTHING)
    assert blocking_pairs(pool, plan).count == 0
    larger = replace(pool, venues=(Venue("hall", 2),))
    (pair,) = blocking_pairs(larger, plan).listed
    assert (pair.host, pair.guest) == ("a", "b")


def test_a_place_that_is_given_up_is_free_for_the_new_fixture() -> None:
    """a hosts the far y in a hall of one place; for b it would give that place up."""
    one = (START,)
    pool = pool_of(
        request("a", host_dates=one, travel_dates=(), venue="hall"),
        request("b", host_dates=(), travel_dates=one),
        request("y", host_dates=(), travel_dates=one, lat=51.5),
    )
    sides = {r.id: r for r in pool.requests}
    plan = Plan((Fixture("a", "y", START, quality(sides["a"], sides["y"])),), NOTHING, NOTHING)
    (pair,) = blocking_pairs(pool, plan).listed
    assert (pair.host, pair.guest, pair.date) == ("a", "b", START)


def test_a_pair_counts_once_on_its_best_day() -> None:
    """On the first day a would have to give up its fixture with y, on the others nothing."""
    pool = pool_of(
        request("a", wanted=2),
        request("b"),
        request("y", host_dates=(), travel_dates=(START,), lat=51.5),
    )
    sides = {r.id: r for r in pool.requests}
    plan = Plan((Fixture("a", "y", START, quality(sides["a"], sides["y"])),), NOTHING, NOTHING)
    (pair,) = (p for p in blocking_pairs(pool, plan).listed if {p.host, p.guest} == {"a", "b"})
    assert pair.date == START + timedelta(days=1)
    assert pair.host_gain == pair.guest_gain == pair.quality


def test_an_empty_pool_has_none() -> None:
    assert blocking_pairs(pool_of(), Plan((), NOTHING, NOTHING)).count == 0
