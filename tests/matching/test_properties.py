"""What holds for every pool there is, and drawn pools to find one where it does not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from importlib.machinery import SourceFileLoader
from itertools import combinations
from pathlib import Path
from random import Random
from types import ModuleType

import networkx as nx
from hypothesis import given, settings
from hypothesis import strategies as st

from exchange.matching import (
    FixedFixture,
    Objective,
    Pool,
    Request,
    Venue,
    plan_document,
    pool_document,
    quality,
    solve,
    violations,
)
from exchange.matching.candidates import candidates
from exchange.matching.greedy import greedy
from exchange.matching.parts import left_over
from exchange.matching.rules import why_impossible

from .pools import brute_force
from .strategies import a_request, chances, one_day_pools, pools

#: The same pools on every run and every machine; a failure is told with the smallest pool that shows it.
drawn = settings(derandomize=True, database=None, deadline=None, max_examples=15)
#: For what finds most faults.
more = settings(drawn, max_examples=50)

CHECKER = Path(__file__).resolve().parents[3] / "shared" / "matching" / "verify.py"


@cache
def checker() -> ModuleType | None:
    """The one beside the shared instances, which shares no code with ours."""
    if not CHECKER.is_file():
        return None
    loader = SourceFileLoader("independent_checker", str(CHECKER))
    module = ModuleType(loader.name)
    loader.exec_module(module)
    return module


@more
@given(pools(), st.sampled_from((None, 0.0)))
def test_every_rule_holds(pool: Pool, budget: float | None) -> None:
    """Also where the run ends at once; the independent checker agrees where it is at hand."""
    plan = solve(pool, budget=budget)
    assert list(violations(pool, plan)) == []
    if independent := checker():
        asked, answer = pool_document(pool), plan_document(plan)
        assert list(independent.violations(asked, answer)) == []
        assert independent.objective(asked, answer) == plan.objective._asdict()


@more
@given(pools(most=7, most_days=3))
def test_no_plan_is_better(pool: Pool) -> None:
    plan = solve(pool)
    assert plan.objective == plan.bound == brute_force(pool)


@drawn
@given(pools(most=9), st.sampled_from((None, 0.0)))
def test_greedy_lies_below_the_plan_and_the_plan_below_its_bound(pool: Pool, budget: float | None) -> None:
    plan = solve(pool, budget=budget)
    assert by_hand(pool) <= plan.objective <= plan.bound


def by_hand(pool: Pool) -> Objective:
    """What greedy's plan is worth, with the fixed fixtures."""
    left = left_over(pool, candidates(pool))
    chosen = left.open.take(greedy(left))
    known = {r.id: r for r in pool.requests}
    ids = [r.id for r in left.open.requests]
    meetings = [(f.host, f.guest) for f in pool.fixed]
    meetings += [(ids[h], ids[g]) for h, g in zip(chosen.host.tolist(), chosen.guest.tolist(), strict=True)]
    return worth([(known[host], known[guest]) for host, guest in meetings])


def worth(meetings: list[tuple[Request, Request]]) -> Objective:
    served = {side.id: side.waiting_days for meeting in meetings for side in meeting}
    return Objective(len(served), sum(served.values()), sum(quality(*meeting) for meeting in meetings))


# More freedom never hurts: whatever was a plan before still is one.


def days_of(pool: Pool) -> list[date]:
    length = (pool.season.end - pool.season.start).days + 1
    return [pool.season.start + timedelta(days=i) for i in range(length)]


@drawn
@given(pools(), chances)
def test_one_more_date_never_makes_it_worse(pool: Pool, chance: Random) -> None:
    at, day = chance.randrange(len(pool.requests)), chance.choice(days_of(pool))
    field = chance.choice(("host_dates", "travel_dates"))
    old = getattr(pool.requests[at], field)
    freer = replace(pool.requests[at], **{field: tuple(sorted({*old, day}))})
    roomier = replace(pool, requests=(*pool.requests[:at], freer, *pool.requests[at + 1 :]))
    assert solve(roomier).objective >= solve(pool).objective


@drawn
@given(pools(most=9), st.integers(0, 1))
def test_one_more_place_in_a_hall_never_makes_it_worse(pool: Pool, at: int) -> None:
    venues = tuple(Venue(v.id, v.capacity + (i == at)) for i, v in enumerate(pool.venues))
    assert solve(replace(pool, venues=venues)).objective >= solve(pool).objective


@drawn
@given(pools(), chances)
def test_one_more_request_never_makes_it_worse(pool: Pool, chance: Random) -> None:
    count = len(pool.requests)
    newcomer = a_request(chance, count, count + 1, days_of(pool))
    assert solve(replace(pool, requests=(*pool.requests, newcomer))).objective >= solve(pool).objective


# Names are only names.


@drawn
@given(pools())
def test_other_names_in_the_same_order_give_the_same_plan(pool: Pool) -> None:
    plan = solve(pool)
    renamed = solve(with_names(pool, lambda name: f"Ж {name}"))
    back = tuple(
        replace(f, host=f.host.removeprefix("Ж "), guest=f.guest.removeprefix("Ж ")) for f in renamed.fixtures
    )
    assert (back, renamed.objective, renamed.bound) == (plan.fixtures, plan.objective, plan.bound)
    assert [u.reason for u in renamed.unserved] == [u.reason for u in plan.unserved]


@drawn
@given(pools())
def test_names_in_another_order_give_a_plan_of_the_same_worth(pool: Pool) -> None:
    names = sorted({name for r in pool.requests for name in (r.id, r.team, r.club, r.university)} | {"hall"})
    turned = dict(zip(names, reversed(names), strict=True))
    renamed = with_names(pool, lambda name: turned.get(name, f"another {name}"))
    assert solve(renamed).objective == solve(pool).objective


def with_names(pool: Pool, new: Callable[[str], str]) -> Pool:
    """Every id in the pool under another name; `new` must give two names for two."""
    renamed = tuple(
        replace(
            r,
            id=new(r.id),
            team=new(r.team),
            club=new(r.club),
            university=new(r.university),
            venue=None if r.venue is None else new(r.venue),
            avoid=frozenset(map(new, r.avoid)),
            prefer=frozenset(map(new, r.prefer)),
        )
        for r in pool.requests
    )
    return replace(
        pool,
        venues=tuple(Venue(new(v.id), v.capacity) for v in pool.venues),
        requests=renamed,
        fixed=tuple(FixedFixture(new(f.host), new(f.guest), f.date) for f in pool.fixed),
        forbidden=frozenset(frozenset(map(new, pair)) for pair in pool.forbidden),
    )


# Pools that cannot touch each other, and pools that are graphs.


@drawn
@given(pools(), pools(), st.booleans())
def test_pools_out_of_each_others_reach_are_worth_their_sum(one: Pool, other: Pool, later: bool) -> None:
    """The other one plays the same sport, after the first season or on the other side of the world."""
    both = joined(one, in_another_season(other) if later else on_another_continent(other))
    parts = solve(one).objective, solve(other).objective
    plan = solve(both)
    assert plan.objective == plan.bound == tuple(map(sum, zip(*parts, strict=True)))


def joined(one: Pool, other: Pool) -> Pool:
    there = with_names(other, lambda name: f"there {name}")
    return Pool(
        replace(one.season, end=max(one.season.end, there.season.end)),
        one.venues + there.venues,
        one.requests + there.requests,
        one.fixed + there.fixed,
        one.forbidden | there.forbidden,
    )


def on_another_continent(pool: Pool) -> Pool:
    return replace(pool, requests=tuple(replace(r, lat=-r.lat) for r in pool.requests))


def in_another_season(pool: Pool) -> Pool:
    shift = timedelta(days=40)
    moved = tuple(
        replace(
            r,
            host_dates=tuple(day + shift for day in r.host_dates),
            travel_dates=tuple(day + shift for day in r.travel_dates),
        )
        for r in pool.requests
    )
    season = replace(pool.season, start=pool.season.start + shift, end=pool.season.end + shift)
    fixed = tuple(replace(f, date=f.date + shift) for f in pool.fixed)
    return replace(pool, season=season, requests=moved, fixed=fixed)


@more
@given(one_day_pools())
def test_one_day_with_one_fixture_each_is_a_matching_of_greatest_weight(pool: Pool) -> None:
    plan = solve(pool)
    assert plan.objective == plan.bound == greatest_matching(pool)


def greatest_matching(pool: Pool) -> Objective:
    """By networkx, the three figures as one whole number: a unit of each outweighs all of the next."""
    most_quality = 1101 * len(pool.requests)
    most_waiting = most_quality * (1 + sum(r.waiting_days for r in pool.requests))
    graph = nx.Graph()
    for one, other in combinations(pool.requests, 2):
        day = pool.season.start
        if None in (why_impossible(pool, one, other, day), why_impossible(pool, other, one, day)):
            waiting = one.waiting_days + other.waiting_days
            weight = 2 * most_waiting + waiting * most_quality + quality(one, other)
            graph.add_edge(one.id, other.id, weight=weight)
    known = {r.id: r for r in pool.requests}
    return worth([(known[one], known[other]) for one, other in nx.max_weight_matching(graph)])
