"""Whom a side could have met instead: the cheapest, told truly, never dearer than solved again."""

from __future__ import annotations

import json
import pickle
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import linprog

from exchange.matching import (
    Alternative,
    BadPool,
    FixedFixture,
    Objective,
    Plan,
    Pool,
    alternatives_of,
    english_cost,
    forced_cost,
    forced_costs,
    plan_document,
    plan_from_document,
    read_plan,
    solve,
    write_plan,
)
from exchange.matching.alternatives import cheapest_alternatives
from exchange.matching.candidates import Candidates, Floats, Ints, candidates
from exchange.matching.rules import why_impossible

from .pools import START, brute_force, pool_of, random_pool, request


def on(day: int) -> int:
    return START.toordinal() + day


def found_of(names: str, *rows: tuple[str, str, int, int]) -> Candidates:
    """(host, guest, day, quality) by name; in the order of candidates.py."""
    columns = zip(*sorted((names.index(h), names.index(g), on(d), q) for h, g, d, q in rows), strict=True)
    return Candidates(
        tuple(request(name) for name in names), *(np.array(column, np.int64) for column in columns)
    )


def told(side: tuple[Alternative, ...], of: str) -> list[tuple[str, int, int]]:
    """(opponent, day, cost in quality)"""
    return [(a.guest if a.host == of else a.host, (a.date - START).days, a.cost.quality) for a in side]


def test_each_side_is_told_three_opponents_cheapest_first() -> None:
    found = found_of(
        "abcdef",
        ("a", "b", 0, 900), ("a", "c", 0, 800), ("d", "a", 1, 700), ("a", "e", 2, 600), ("f", "a", 3, 500),
    )  # fmt: skip
    worth = np.array([0.0, -10.2, -400.0, -3.0, -30.0])
    # Sorted by host and guest: ab, ac, ae, da, fa.
    ((of_host, of_guest),) = cheapest_alternatives(found, np.array([0]), worth)
    assert told(of_host, "a") == [("d", 1, 3), ("c", 0, 11), ("f", 3, 30)]
    assert of_guest == ()
    assert {a.source for a in of_host} == {"duals"}


def test_an_opponent_is_told_once_on_its_cheapest_day_and_at_the_cheaper_place() -> None:
    found = found_of("abc", ("a", "b", 0, 900), ("a", "c", 0, 800), ("a", "c", 2, 800), ("c", "a", 1, 800))
    ((of_host, _),) = cheapest_alternatives(found, np.array([0]), np.array([0.0, -50, -40, -20]))
    assert told(of_host, "a") == [("c", 1, 20)]


def test_whom_it_meets_anyway_is_no_alternative() -> None:
    """a meets b and c; b on another day is not "another opponent", nor is c for either."""
    found = found_of(
        "abcd",
        ("a", "b", 0, 900), ("a", "b", 3, 900), ("a", "c", 1, 800), ("c", "a", 2, 800), ("a", "d", 0, 1),
    )  # fmt: skip
    both = cheapest_alternatives(found, np.array([0, 2]), np.array([0.0, -1, 0, -9, -2]))
    assert [told(of_a, "a") for of_a, _ in both] == [[("d", 0, 9)], [("d", 0, 9)]]
    assert [of_guest for _, of_guest in both] == [(), ()]


def test_equal_costs_are_told_by_quality_and_then_by_id() -> None:
    found = found_of("abcde", ("a", "b", 0, 900), ("a", "c", 0, 700), ("a", "d", 0, 800), ("a", "e", 0, 700))
    ((of_host, _),) = cheapest_alternatives(found, np.array([0]), np.array([0.0, -5, -5, -5]))
    assert [opponent for opponent, _, _ in told(of_host, "a")] == ["d", "c", "e"]


@pytest.mark.parametrize("unknown", [np.nan, np.inf, -np.inf])
def test_where_no_cost_is_known_nothing_is_told(unknown: float) -> None:
    found = found_of("abc", ("a", "b", 0, 900), ("a", "c", 0, 700))
    assert cheapest_alternatives(found, np.array([0]), np.array([0.0, unknown])) == [((), ())]


def test_noise_is_no_point_and_a_promise_is_no_gain() -> None:
    found = found_of("abcd", ("a", "b", 0, 900), ("a", "c", 0, 700), ("a", "d", 0, 600))
    ((of_host, _),) = cheapest_alternatives(found, np.array([0]), np.array([0.0, -7.0000000004, 3.2]))
    assert [(opponent, cost) for opponent, _, cost in told(of_host, "a")] == [("d", 0), ("c", 7)]


def test_a_plan_of_nothing_has_no_alternatives() -> None:
    found = found_of("abc", ("a", "b", 0, 900), ("a", "c", 0, 700))
    assert cheapest_alternatives(found, np.array([], np.int64), np.zeros(2)) == []
    assert alternatives_of(candidates(pool_of()), np.array([], np.int64), np.zeros(0)) == {}


# -- against solving again


def reduced_costs(pool: Pool, found: Candidates, plan: Plan) -> Floats:
    """Of a relaxation written down here anew: quality, with as many served and waiting days as the plan has.

    The gap between the relaxation and the plan is taken off, so that costs hold against the plan.
    """
    n, requests = len(found), found.requests
    rows: list[Floats] = []
    limits: list[float] = []

    def at_most(columns: Ints, limit: float) -> None:
        row = np.zeros(n + len(requests))
        row[columns] = 1
        rows.append(row)
        limits.append(limit)

    for i, r in enumerate(requests):
        of_i = np.nonzero((found.host == i) | (found.guest == i))[0]
        at_most(of_i, r.wanted)
        for start in range(-r.min_rest_days, 6):
            window = (found.day[of_i] >= on(start)) & (found.day[of_i] <= on(start + r.min_rest_days))
            at_most(of_i[window], 1)
        for j in range(i):
            at_most(of_i[(found.host[of_i] == j) | (found.guest[of_i] == j)], 1)
        # It is served only where it plays.
        row = np.zeros(n + len(requests))
        row[of_i], row[n + i] = -1, 1
        rows.append(row)
        limits.append(0)
    for venue in pool.venues:
        in_hall = np.array([requests[h].venue == venue.id for h in found.host], bool)
        for day in range(6):
            at_most(np.nonzero(in_hall & (found.day == on(day)))[0], venue.capacity)
    for value, least in (([1] * len(requests), plan.objective.served),
                         ([r.waiting_days for r in requests], plan.objective.waiting_days)):  # fmt: skip
        rows.append(np.concatenate((np.zeros(n), -np.array(value, float))))
        limits.append(-least)
    cost = np.concatenate((found.quality, np.zeros(len(requests))))
    solved = linprog(-cost, A_ub=np.array(rows), b_ub=np.array(limits), bounds=[(0, 1)] * (n + len(requests)))
    price = -np.asarray(solved.ineqlin.marginals)
    worth = (cost - np.array(rows).T @ price)[:n]
    bound = float(price @ np.array(limits) + np.maximum(0, cost - np.array(rows).T @ price).sum())
    return np.asarray(worth + (bound - plan.objective.quality))


def places_of(found: Candidates, plan: Plan) -> Ints:
    key = {
        (found.requests[h].id, found.requests[g].id, d): i
        for i, (h, g, d) in enumerate(zip(found.host, found.guest, found.day.tolist(), strict=True))
    }
    return np.array([key[f.host, f.guest, f.date.toordinal()] for f in plan.fixtures], np.int64)


@pytest.mark.parametrize("seed", range(12))
def test_no_alternative_costs_less_than_the_duals_say(seed: int) -> None:
    pool = replace(random_pool(seed, requests=7), fixed=())
    plan, found = solve(pool), candidates(pool)
    assert plan.objective == plan.bound
    told = alternatives_of(found, places_of(found, plan), reduced_costs(pool, found, plan))
    assert set(told) == {(f.host, f.guest, f.date) for f in plan.fixtures}
    requests = {r.id: r for r in pool.requests}
    for f in plan.fixtures:
        for side, others in zip((f.host, f.guest), told[f.host, f.guest, f.date], strict=True):
            for other in others:
                assert why_impossible(pool, requests[other.host], requests[other.guest], other.date) is None
                assert side in (other.host, other.guest)
                exact = forced_cost(pool, plan, f, other)
                assert other.cost <= exact.cost
                assert exact.cost >= (0, 0, 0)


def test_the_duals_are_compared_with_something() -> None:
    """Costs above nothing occur in the pools of the test before this one."""
    costs = []
    for seed in range(12):
        pool = replace(random_pool(seed, requests=7), fixed=())
        plan, found = solve(pool), candidates(pool)
        told = alternatives_of(found, places_of(found, plan), reduced_costs(pool, found, plan))
        costs += [a.cost.quality for both in told.values() for side in both for a in side]
    assert sum(cost > 0 for cost in costs) > 20


@pytest.mark.parametrize("seed", range(10))
def test_solved_again_means_this_one_played_and_that_pair_apart(seed: int) -> None:
    pool = replace(random_pool(seed, requests=6), fixed=())
    plan, found = solve(pool), candidates(pool)
    for f in plan.fixtures[:2]:
        for i in range(len(found)):
            host, guest = found.requests[found.host[i]].id, found.requests[found.guest[i]].id
            if {host, guest} != {f.host, f.guest} and {host, guest} & {f.host, f.guest}:
                day = START + timedelta(days=int(found.day[i]) - on(0))
                forced = FixedFixture(host, guest, day)
                pair = frozenset((f.host, f.guest))
                best = brute_force(replace(pool, fixed=(forced,), forbidden=pool.forbidden | {pair}))
                cost = forced_cost(pool, plan, f, forced).cost
                assert tuple(cost) == tuple(a - b for a, b in zip(plan.objective, best, strict=True))
                break


def rivals() -> tuple[Pool, Plan]:
    """a and b are neighbours, c and d are; the rest is far."""
    north = [request(name, rating=1500.0 + 10 * i) for i, name in enumerate("ab")]
    south = [request(name, rating=1600.0 + 10 * i, lat=52.0) for i, name in enumerate("cd")]
    pool = pool_of(*north, *south)
    return pool, solve(pool)


def test_an_exchange_costs_what_both_pairs_lose() -> None:
    pool, plan = rivals()
    fixture = plan.fixtures[0]
    assert {fixture.host, fixture.guest} == {"a", "b"}
    cost = forced_cost(pool, plan, fixture, FixedFixture("a", "c", START)).cost
    best = brute_force(replace(pool, fixed=(FixedFixture("a", "c", START),)))
    assert cost == (0, 0, plan.objective.quality - best.quality)
    assert cost.quality > 0


def test_several_are_solved_in_their_order() -> None:
    pool, plan = rivals()
    given = [FixedFixture("a", "d", START), FixedFixture("a", "c", START)]
    others = [Alternative(f.host, f.guest, f.date, 0, Objective(0, 0, 0), "duals") for f in given]
    solved = list(forced_costs(pool, plan, plan.fixtures[0], others))
    assert [a.guest for a in solved] == ["d", "c"]
    assert {a.source for a in solved} == {"resolve"}
    assert all(a.proven for a in solved)


def test_what_cannot_be_played_is_refused_with_the_reason() -> None:
    pool, plan = rivals()
    fixture = plan.fixtures[0]
    late = START + timedelta(days=19)
    for other, sentence in (
        (FixedFixture("a", "x", START), 'unknown request "x"'),
        (FixedFixture("a", "c", late), f"a – c on {late}: the host cannot host that day"),
        (FixedFixture("b", "a", START), "b – a: the same two, so it is no other opponent"),
    ):
        with pytest.raises(BadPool) as refusal:
            forced_cost(pool, plan, fixture, other)
        assert str(refusal.value) == sentence


def test_a_fixed_fixture_has_no_instead() -> None:
    pool, plan = rivals()
    fixture = plan.fixtures[0]
    fixed = replace(pool, fixed=(FixedFixture(fixture.host, fixture.guest, fixture.date),))
    with pytest.raises(BadPool, match="is fixed, so it stays"):
        forced_cost(fixed, plan, fixture, FixedFixture("a", "c", START + timedelta(days=3)))


# -- kept and told


def with_alternatives() -> Plan:
    pool = replace(random_pool(3, requests=10), fixed=())
    plan, found = solve(pool), candidates(pool)
    chosen = places_of(found, plan)
    return replace(plan, alternatives=alternatives_of(found, chosen, reduced_costs(pool, found, plan)))


def test_alternatives_survive_file_and_process(tmp_path: Path) -> None:
    plan = with_alternatives()
    assert any(side for both in plan.alternatives.values() for side in both)
    assert plan_from_document(json.loads(json.dumps(plan_document(plan)))) == plan
    assert pickle.loads(pickle.dumps(plan)) == plan
    write_plan(plan, tmp_path / "plan.json.gz")
    assert read_plan(tmp_path / "plan.json.gz") == plan


def test_a_plan_without_them_is_read_too() -> None:
    document = plan_document(with_alternatives())
    del document["alternatives"]
    assert plan_from_document(document).alternatives == {}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"source": "tea"}, '.source: "tea" is neither "duals" nor "resolve"'),
        ({"cost": {"served": 0}}, ".cost.waiting_days: is missing"),
        ({"proven": 1}, ".proven: is neither true nor false"),
    ],
)
def test_a_broken_alternative_is_refused_with_its_place(change: dict[str, object], sentence: str) -> None:
    document = plan_document(with_alternatives())
    at, row = next((i, row) for i, row in enumerate(document["alternatives"]) if row["of_host"])
    row["of_host"][0].update(change)
    with pytest.raises(BadPool) as refusal:
        plan_from_document(document)
    assert str(refusal.value) == f"alternatives[{at}].of_host[0]{sentence}"


@pytest.mark.parametrize(
    ("cost", "source", "proven", "words"),
    [
        ((0, 0, 35), "duals", True, "lose at least 35 points (from the duals)"),
        ((0, 0, 0), "duals", True, "perhaps lose nothing (from the duals)"),
        ((0, 0, 1), "resolve", True, "lose 1 point (solved again)"),
        ((0, 0, 0), "resolve", True, "lose nothing (solved again)"),
        ((0, 3, 2), "resolve", False, "lose at most 3 waiting days served and 2 points (solved again)"),
        ((1, 20, -300), "resolve", True,
         "lose 1 request served and 20 waiting days served, and win 300 points (solved again)"),
        ((0, 0, -4), "resolve", True, "lose nothing, and win 4 points (solved again)"),
    ],
)  # fmt: skip
def test_a_cost_says_what_it_is_and_where_it_comes_from(
    cost: tuple[int, int, int], source: str, proven: bool, words: str
) -> None:
    other = Alternative("a", "b", START, 743, Objective(*cost), source, proven)  # type: ignore[arg-type]
    assert english_cost(other) == f"the whole plan would {words}"


def test_the_cheapest_come_first_in_every_list() -> None:
    for both in with_alternatives().alternatives.values():
        for side in both:
            assert all(one.cost <= next_.cost for one, next_ in pairwise(side))
            assert len(side) <= 3
