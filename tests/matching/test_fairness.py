"""Fairness: figures worked out by hand on small pools, and sums that agree with the plan."""

from __future__ import annotations

import json
from datetime import timedelta

import numpy as np
import pytest

from exchange.matching import (
    BadPool,
    Fixture,
    Objective,
    Plan,
    fairness,
    fairness_document,
    fairness_from_document,
    objective,
    solve,
)
from exchange.matching.fairness import KM_EDGES, Balance, Decile, Group, Travel, Wait

from .pools import START, pool_of, random_pool, request

NOTHING = Objective(0, 0, 0)
#: Of latitude, on the sphere of the pool format: 6371.0088 · π / 180.
KM_A_DEGREE = 111.19508


def plan_of(*fixtures: tuple[str, str]) -> Plan:
    """Host and guest, one fixture a day."""
    days = (START + timedelta(days=i) for i in range(len(fixtures)))
    return Plan(
        tuple(Fixture(*pair, day, 0) for pair, day in zip(fixtures, days, strict=False)), NOTHING, NOTHING
    )


# -- groups


def test_groups_count_requests_served_wanted_and_given():
    pool = pool_of(
        request("a", country="BY", sport="BKB", category="W", wanted=2),
        request("b", country="BY", sport="BKB", category="M"),
        request("c", country="LT", sport="BKB", category="W", wanted=3),
        request("d", country="PL", sport="FBL", category="W"),
        request("e", country="BY", sport="BKB", category="W"),
    )
    report = fairness(pool, plan_of(("a", "c"), ("c", "e")))
    assert report.total == Group((), requests=5, served=3, wanted=8, given=4)
    assert report.countries == (
        Group(("BY",), requests=3, served=2, wanted=4, given=2),
        Group(("LT",), requests=1, served=1, wanted=3, given=2),
        Group(("PL",), requests=1, served=0, wanted=1, given=0),
    )
    assert report.sports == (
        Group(("BKB",), requests=4, served=3, wanted=7, given=4),
        Group(("FBL",), requests=1, served=0, wanted=1, given=0),
    )
    assert [(group.key, group.requests, group.served) for group in report.categories] == [
        (("BKB", "W"), 3, 3),
        (("BKB", "M"), 1, 0),
        (("FBL", "W"), 1, 0),
    ]


# -- waiting


def waiting(*days: int):
    return pool_of(*(request(f"r{i:02}", waiting_days=waited) for i, waited in enumerate(days)))


def test_twenty_different_waits_are_two_in_each_decile():
    report = fairness(waiting(*range(19, -1, -1)), plan_of(("r00", "r01"), ("r02", "r00")))
    assert report.deciles == (
        *(Decile(number, 2 * number - 2, 2 * number - 1, 2, 0) for number in range(1, 9)),
        Decile(9, 16, 17, 2, 1),
        Decile(10, 18, 19, 2, 2),
    )


def test_equal_waits_share_the_decile_of_their_middle():
    # Half of the four zeros is two of ten: the third decile begins there.
    report = fairness(waiting(0, 0, 0, 0, 1, 2, 3, 4, 5, 6), plan_of(("r00", "r09")))
    assert report.deciles[0] == Decile(3, 0, 0, 4, 1)
    assert [(d.number, d.shortest) for d in report.deciles[1:]] == [
        (5, 1),
        (6, 2),
        (7, 3),
        (8, 4),
        (9, 5),
        (10, 6),
    ]


def test_who_waited_alike_is_one_decile_in_the_middle():
    assert fairness(waiting(*[7] * 25), plan_of()).deciles == (Decile(6, 7, 7, 25, 0),)


@pytest.mark.parametrize(("days", "numbers"), [((5,), [6]), ((5, 9), [3, 8]), ((5, 9, 30), [2, 6, 9])])
def test_of_fewer_than_ten_some_deciles_are_empty_and_left_out(days, numbers):
    assert [decile.number for decile in fairness(waiting(*days), plan_of()).deciles] == numbers


def test_the_longest_waits_are_told_with_their_request():
    report = fairness(waiting(3, 8, 8, 5, 5, 1), plan_of(("r00", "r03"), ("r03", "r04")))
    assert report.longest_unserved == Wait(8, "r01")
    assert report.longest_served == Wait(5, "r03")


# -- kilometres


def northward(*degrees: float):
    """A pool with `origin`, and one request that many degrees of latitude north of it each."""
    rows = [request(f"g{i}", lat=degree) for i, degree in enumerate(degrees)]
    return pool_of(request("origin", lat=0.0), *rows)


def test_kilometres_are_those_of_the_guests_trips():
    report = fairness(northward(1, 2, 6), plan_of(("origin", "g0"), ("g1", "origin"), ("origin", "g2")))
    travel = report.travel
    assert travel.trips == 3
    assert travel.total == pytest.approx(9 * KM_A_DEGREE, rel=1e-6)
    assert travel.mean == pytest.approx(3 * KM_A_DEGREE, rel=1e-6)
    assert travel.median == pytest.approx(2 * KM_A_DEGREE, rel=1e-6)
    assert travel.longest == travel.long == pytest.approx(6 * KM_A_DEGREE, rel=1e-6)
    # 111 km, 222 km and 667 km.
    assert dict(zip(KM_EDGES, travel.histogram, strict=True)) == {
        0: 0, 50: 0, 100: 1, 200: 1, 300: 0, 500: 1, 1000: 0, 2000: 0,
    }  # fmt: skip


def test_nine_of_ten_trips_are_no_longer_than_the_long_one():
    degrees = [0.1 * (i + 1) for i in range(10)]
    report = fairness(northward(*degrees), plan_of(*(("origin", f"g{i}") for i in range(10))))
    assert report.travel.long == pytest.approx(0.9 * KM_A_DEGREE, rel=1e-6)
    assert report.travel.median == pytest.approx(0.55 * KM_A_DEGREE, rel=1e-6)


def test_neighbours_in_one_hall_and_ends_of_the_earth_have_bars_too():
    report = fairness(northward(0, 90), plan_of(("origin", "g0"), ("g1", "origin")))
    assert report.travel.histogram == (1, 0, 0, 0, 0, 0, 0, 1)


# -- home and away


def test_home_and_away_are_counted_by_request():
    pool = pool_of(*(request(name) for name in "abcdef"))
    report = fairness(pool, plan_of(("a", "b"), ("a", "c"), ("a", "d"), ("c", "b"), ("d", "b")))
    # a: 3–0, b: 0–3, c: 1–1, d: 1–1; e and f play nobody.
    assert report.balance == Balance(((-3, 1), (0, 2), (3, 1)), largest=3, several=4, all_home=1, all_away=1)


def test_one_game_is_no_imbalance_of_its_own_making():
    report = fairness(pool_of(request("a"), request("b")), plan_of(("a", "b")))
    assert report.balance == Balance(((-1, 1), (1, 1)), largest=1, several=0, all_home=0, all_away=0)


# -- whole


def test_an_empty_pool_has_no_figures():
    report = fairness(pool_of(), plan_of())
    assert report.total == Group((), 0, 0, 0, 0)
    assert (report.deciles, report.countries, report.sports, report.categories) == ((), (), (), ())
    assert report.travel == Travel(0, 0.0, 0.0, 0.0, 0.0, 0.0, (0,) * len(KM_EDGES))
    assert report.balance == Balance((), 0, 0, 0, 0)
    assert (report.longest_served, report.longest_unserved) == (None, None)


@pytest.mark.parametrize("seed", range(40))
def test_sums_agree_with_the_plan(seed: int):
    pool = random_pool(seed, requests=9)
    plan = solve(pool)
    report = fairness(pool, plan)
    worth = objective(pool, plan)
    for groups in ((report.total,), report.countries, report.sports, report.categories, report.deciles):
        assert sum(group.requests for group in groups) == len(pool.requests)
        assert sum(group.served for group in groups) == worth.served
    for groups in ((report.total,), report.countries, report.sports, report.categories):
        assert sum(group.wanted for group in groups) == sum(r.wanted for r in pool.requests)
        assert sum(group.given for group in groups) == 2 * len(plan.fixtures)
    assert report.travel.trips == sum(report.travel.histogram) == len(plan.fixtures)
    differences = report.balance.differences
    assert sum(count for _, count in differences) == worth.served
    assert sum(difference * count for difference, count in differences) == 0
    assert len(plan.unserved) == len(pool.requests) - report.total.served
    longest = max((r.waiting_days for r in pool.requests), default=0)
    waits = [wait.days for wait in (report.longest_served, report.longest_unserved) if wait]
    assert max(waits) == longest


def test_the_order_of_requests_changes_nothing():
    pool = random_pool(7, requests=9)
    plan = solve(pool)
    turned = pool_of(*reversed(pool.requests), season=pool.season, venues=pool.venues)
    assert fairness(turned, plan) == fairness(pool, plan)


# -- as JSON


def test_the_document_gives_the_figures_back():
    pool = random_pool(7, requests=9)
    report = fairness(pool, solve(pool))
    document = json.loads(json.dumps(fairness_document(report)))
    assert document["format"] == "exchange-fairness/1"
    assert fairness_from_document(document) == report
    nobody = fairness(pool_of(), plan_of())
    assert fairness_from_document(json.loads(json.dumps(fairness_document(nobody)))) == nobody


def changed(**changes: object) -> dict[str, object]:
    return fairness_document(fairness(northward(1), plan_of(("origin", "g0")))) | changes


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        ([], "the report: [] is not an object"),
        (changed(format="exchange-fairness/2"), "format: 'exchange-fairness/2' is not"),
        (changed(countries=3), "countries: 3 is not a list"),
        (changed(deciles=[{"number": 1}]), r"deciles[0].shortest: is missing"),
        (changed(sports=[{"key": [1]}]), r"sports[0].key: is not a list of texts"),
        (changed(total=None), "total: null is not an object"),
        (changed(longest_served={"days": "long"}), 'longest_served.days: "long" is not a whole number'),
        (changed(balance={"differences": [1]}), "balance.differences: is not a list of pairs"),
        (changed(balance={"differences": [[True, 1]]}), "balance: True is not a whole number"),
    ],
)
def test_another_document_is_refused_with_the_place(document: object, sentence: str):
    with pytest.raises(BadPool) as refusal:
        fairness_from_document(document)
    assert str(refusal.value).startswith(sentence)


def test_deciles_agree_with_a_count_by_hand_for_any_waits():
    """A request's decile from its definition, one request at a time."""
    rng = np.random.default_rng(3)
    for size in (1, 2, 7, 10, 23, 100):
        days = rng.integers(0, 1 + size // 2, size).tolist()
        numbers = []
        for own in days:
            below, alike = sum(d < own for d in days), sum(d == own for d in days)
            numbers.append(next(k for k in range(1, 11) if 20 * below + 10 * alike < 2 * size * k))
        report = fairness(waiting(*days), plan_of())
        assert {d.number: d.requests for d in report.deciles} == {k: numbers.count(k) for k in set(numbers)}
