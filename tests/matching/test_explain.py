"""Why nobody, and what would help: each step of the funnel counted, each advice tried."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from exchange.matching import (
    FixedFixture,
    Fixture,
    Plan,
    Pool,
    Reason,
    Request,
    Unserved,
    english,
    explain,
    solve,
)
from exchange.matching.explain import STEPS, UNDECIDED, unserved_requests
from exchange.matching.rules import Proposal, balanced, not_avoided, not_forbidden, within_reach
from exchange.matching.words import ADVICE, ENDS
from exchange.matching.words import STEPS as STEP_WORDS

from .pools import START, pool_of, random_pool, request

CASES = [
    ({"sport": "chess"}, "no_category"),
    ({"university": "university a"}, "own_university"),
    ({"host_dates": (), "travel_dates": (START + timedelta(days=9),)}, "no_common_date"),
    ({"lat": 10.0}, "too_far"),
    ({"rating": 2500.0, "max_rating_gap": 100.0}, "too_unequal"),
    ({"avoid": frozenset({"team a"})}, "refused"),
]


def crowded(seed: int) -> tuple[Pool, Plan]:
    """Many requests, few days: somebody is always left over."""
    pool = random_pool(seed, requests=9, days=2)
    return pool, solve(pool)


@pytest.mark.parametrize(("changes", "code"), CASES, ids=[code for _, code in CASES])
def test_the_funnel_names_the_step_that_lost_the_last_opponent(changes: dict[str, object], code: str) -> None:
    plan = solve(pool_of(request("a"), request("z", **changes)))
    lonely = next(unserved for unserved in plan.unserved if unserved.request == "z")
    assert lonely.reason.code == code
    assert "{" not in english(lonely.reason)


# -- every step, against the rules one by one


def counted(pool: Pool, fixtures: tuple[Fixture, ...], lonely: Request) -> dict[str, int]:
    """The funnel from the definition: for every other request, how far it comes."""
    reached = dict.fromkeys((name for name, _ in STEPS), 0)
    for other in pool.requests:
        if other is not lonely:
            for (name, _), passed in zip(STEPS, _passed(pool, fixtures, lonely, other), strict=False):
                if not passed:
                    break
                reached[name] += 1
    return reached


def _passed(pool: Pool, fixtures: tuple[Fixture, ...], lonely: Request, other: Request) -> Iterator[bool]:
    yield (other.sport, other.category) == (lonely.sport, lonely.category)
    yield other.university != lonely.university
    common = [
        Proposal(host, guest, day, pool.forbidden)
        for host, guest in ((lonely, other), (other, lonely))
        for day in sorted({*host.host_dates} & {*guest.travel_dates})
    ]
    yield bool(common)
    near = [p for p in common if within_reach(p) is None]
    yield bool(near)
    yield any(balanced(p) is None for p in near)
    yield any(not_avoided(p) is None and not_forbidden(p) is None for p in near)
    fixed = {(f.host, f.guest, f.date) for f in pool.fixed}
    own = [f for f in fixtures if other.id in (f.host, f.guest)]
    given_up = [own, *([f for f in own if f is not one] for one in own if _key(one) not in fixed)]
    yield any(_fits(other, kept, p.date) for kept in given_up for p in near)
    free = [p for p in near if _fits(other, own, p.date)]
    yield bool(free)
    yield any(_place_left(pool, fixtures, p.host, p.date) for p in free)


def _key(f: Fixture) -> tuple[str, str, date]:
    return f.host, f.guest, f.date


def _fits(side: Request, own: list[Fixture], day: date) -> bool:
    rested = all(abs((f.date - day).days) > side.min_rest_days for f in own)
    return rested and len(own) < side.wanted


def _place_left(pool: Pool, fixtures: tuple[Fixture, ...], host: Request, day: date) -> bool:
    venue = {r.id: r.venue for r in pool.requests}
    capacity = {v.id: v.capacity for v in pool.venues}
    held = sum(f.date == day and venue[f.host] == host.venue for f in fixtures)
    return host.venue is None or held < capacity[host.venue]


def told_of(pool: Pool, fixtures: tuple[Fixture, ...]) -> list[tuple[Request, Unserved]]:
    by_id = {r.id: r for r in pool.requests}
    return [(by_id[told.request], told) for told in unserved_requests(pool, fixtures)]


@pytest.mark.parametrize("seed", range(60))
def test_every_step_counts_whom_the_rules_leave(seed: int) -> None:
    pool, plan = crowded(seed)
    for fixtures in (plan.fixtures, plan.fixtures[::2] if not pool.fixed else plan.fixtures):
        for lonely, told in told_of(pool, fixtures):
            expected = counted(pool, fixtures, lonely)
            assert {name: told.reason.params[name] for name, _ in STEPS} == expected
            lost = next((code for name, code in STEPS if not expected[name]), UNDECIDED)
            assert told.reason.code == lost
            assert told.reason.params["km"] == lonely.max_distance_km


def test_the_pools_reach_every_step() -> None:
    """Else the comparison above would be one of zeros."""
    codes = {u.reason.code for seed in range(120) for u in crowded(seed)[1].unserved}
    assert codes >= {"no_common_date", "own_university", "refused", "all_busy", "no_room", "hall_full"}


@pytest.mark.parametrize("seed", range(40))
def test_no_step_finds_more_than_the_one_before(seed: int) -> None:
    for unserved in crowded(seed)[1].unserved:
        counts = [unserved.reason.params[name] for name, _ in STEPS]
        assert counts == sorted(counts, reverse=True)


@pytest.mark.parametrize("seed", range(60))
def test_where_somebody_is_left_at_the_end_the_plan_was_not_the_best(seed: int) -> None:
    """A free opponent, a day and a place: a plan that is proven leaves no such three."""
    _, plan = crowded(seed)
    assert plan.bound == plan.objective
    assert UNDECIDED not in {u.reason.code for u in plan.unserved}


# -- what keeps them apart in the end


def busy(**changes: object) -> Pool:
    return pool_of(request("a", **changes), request("b", **changes), request("z", waiting_days=1))


def test_when_all_play_someone_else_it_says_so() -> None:
    (lonely,) = solve(busy()).unserved
    assert english(lonely.reason) == (
        "in the category 2 → all 2 play someone else then, and no better plan was found without that"
    )


def test_what_is_fixed_leaves_no_room() -> None:
    (lonely,) = solve(replace(busy(), fixed=(FixedFixture("a", "b", START),))).unserved
    assert (
        english(lonely.reason) == "in the category 2 → none has room then, whichever one fixture it gave up"
    )
    assert lonely.advice is None


def test_a_full_hall_is_named() -> None:
    """y has room, but the hall it shares with a is taken by a and b, and z hosts nobody."""
    pool = pool_of(
        request("a", venue="hall", host_dates=(START,), travel_dates=(), university="u"),
        request("b", host_dates=(), travel_dates=(START,), university="v", waiting_days=40),
        request("y", venue="hall", host_dates=(START,), travel_dates=(), university="v"),
        request("z", host_dates=(), travel_dates=(START,), university="u", waiting_days=1),
    )
    plan = solve(pool)
    assert {f.host for f in plan.fixtures} <= {"a", "y"}
    codes = {u.request: u.reason.code for u in plan.unserved}
    assert "hall_full" in codes.values()


def test_steps_that_lose_nobody_are_not_told() -> None:
    reason = Reason(
        "too_far", {"in_category": 214, "abroad": 214, "common_date": 31, "within_reach": 0, "km": 250.0}
    )
    assert english(reason) == (
        "in the category 214 → with a common date 31 → none is within reach (250 km at most as a guest)"
    )


def test_every_reason_and_every_step_has_words() -> None:
    assert ENDS.keys() == {code for _, code in STEPS} | {UNDECIDED}
    assert STEP_WORDS.keys() == {name for name, _ in STEPS}


# -- advice, followed


def followed(lonely: Request, advice: Reason) -> Request:
    """The request as it would stand if somebody took the advice."""
    match advice.code, dict(advice.params):
        case "travel_further", {"km": km}:
            return replace(lonely, max_distance_km=lonely.max_distance_km + int(km))
        case "host_on", {"day": day}:
            return replace(lonely, host_dates=(*lonely.host_dates, date.fromisoformat(str(day))))
        case "travel_on", {"day": day}:
            return replace(lonely, travel_dates=(*lonely.travel_dates, date.fromisoformat(str(day))))
        case "accept_gap", {"points": points}:
            assert lonely.max_rating_gap is not None
            return replace(lonely, max_rating_gap=lonely.max_rating_gap + int(points))
    raise AssertionError(advice.code)


def relaxed(pool: Pool, lonely: Request, advice: Reason) -> tuple[Pool, Request]:
    changed = followed(lonely, advice)
    return replace(pool, requests=tuple(changed if r is lonely else r for r in pool.requests)), changed


ADVISED = [(seed, requests, days) for requests, days in ((9, 2), (7, 3), (8, 4)) for seed in range(20)]


@pytest.mark.parametrize(("seed", "requests", "days"), ADVISED)
def test_advice_adds_as_many_opponents_with_room_as_it_says(seed: int, requests: int, days: int) -> None:
    pool = random_pool(seed, requests=requests, days=days)
    plan = solve(pool)
    for lonely, told in told_of(pool, plan.fixtures):
        if told.advice is not None:
            changed_pool, changed = relaxed(pool, lonely, told.advice)
            now = counted(changed_pool, plan.fixtures, changed)["placed"]
            assert now - counted(pool, plan.fixtures, lonely)["placed"] == told.advice.params["opponents"]


@pytest.mark.parametrize(("seed", "requests", "days"), ADVISED)
def test_who_follows_the_advice_makes_the_plan_serve_more(seed: int, requests: int, days: int) -> None:
    pool = random_pool(seed, requests=requests, days=days)
    plan = solve(pool)
    for lonely, told in told_of(pool, plan.fixtures):
        if told.advice is not None:
            again = solve(relaxed(pool, lonely, told.advice)[0])
            assert again.objective.served > plan.objective.served


def relaxations(pool: Pool) -> list[Reason]:
    """All that anyone is asked for."""
    days = sorted({d for r in pool.requests for d in (*r.host_dates, *r.travel_dates)})
    return [
        *(Reason("travel_further", {"km": km}) for km in (20, 40, 60, 80, 100)),
        *(Reason("host_on", {"day": day.isoformat()}) for day in days),
        *(Reason("travel_on", {"day": day.isoformat()}) for day in days),
        *(Reason("accept_gap", {"points": points}) for points in (50, 100)),
    ]


@pytest.mark.parametrize("seed", range(60))
def test_no_other_relaxation_adds_more(seed: int) -> None:
    pool, plan = crowded(seed)
    for lonely, told in told_of(pool, plan.fixtures):
        most = 0
        for other in relaxations(pool):
            if other.code != "accept_gap" or lonely.max_rating_gap is not None:
                changed_pool, changed = relaxed(pool, lonely, other)
                most = max(most, counted(changed_pool, plan.fixtures, changed)["placed"])
        assert most == (0 if told.advice is None else told.advice.params["opponents"])


def test_every_kind_of_advice_is_given_and_followed() -> None:
    pools = [random_pool(seed, requests=requests, days=days) for seed, requests, days in ADVISED]
    given = {u.advice.code for pool in pools for u in solve(pool).unserved if u.advice}
    assert given >= {"host_on", "travel_on"}
    assert given <= ADVICE.keys()


def test_the_shortest_trip_that_helps_most_is_advised() -> None:
    pool = pool_of(
        request("a", lat=54.8, max_distance_km=5.0),
        request("b", lat=54.9, max_distance_km=5.0, university="university a"),
        request("z", max_distance_km=80.0),
    )
    (lonely,) = [u for u in solve(pool).unserved if u.request == "z"]
    assert lonely.advice is not None
    assert english(lonely.advice) == "travelling 40 km further would add 2 possible opponents"


def test_a_wider_gap_is_advised_where_the_gap_is_in_the_way() -> None:
    pool = pool_of(request("a", rating=1580.0), request("z", max_rating_gap=10.0))
    lonely = solve(pool).unserved[1]
    assert lonely.advice is not None
    assert lonely.advice.params == {"points": 100, "opponents": 1}
    changed, _ = relaxed(pool, pool.requests[1], lonely.advice)
    assert solve(changed).objective.served == 2


def test_a_day_is_advised_where_a_day_is_missing() -> None:
    pool = pool_of(request("a", host_dates=()), request("z", host_dates=(), max_distance_km=0.0))
    advice = solve(pool).unserved[1].advice
    assert advice is not None
    assert english(advice) == "hosting on 2027-02-06 would add 1 possible opponents"


def test_a_day_on_which_the_own_hall_is_full_is_not_advised() -> None:
    """On the first day the hall is taken by c and d; so z is told to host on the second."""
    one, two = START, START + timedelta(days=1)
    pool = pool_of(
        request("a", host_dates=(), travel_dates=(one, two)),
        request("c", host_dates=(one,), travel_dates=(), venue="hall"),
        request("d", host_dates=(), travel_dates=(one,)),
        request("z", host_dates=(), travel_dates=(), venue="hall"),
        fixed=(FixedFixture("c", "d", one),),
    )
    told = {u.request: u.advice for u in solve(pool).unserved}["z"]
    assert told == Reason("host_on", {"day": two.isoformat(), "opponents": 1})


def test_a_fixture_is_explained_by_its_terms() -> None:
    pool = busy()
    (fixture,) = solve(pool).fixtures
    explained = explain(pool, fixture)
    assert [term.name for term in explained.terms] == ["strength", "distance", "prefer"]
    assert round(sum(term.points for term in explained.terms)) == fixture.quality
