"""Why nobody, and what would help."""

from __future__ import annotations

from datetime import timedelta

import pytest

from exchange.matching import FixedFixture, Pool, english, explain, solve

from .pools import START, pool_of, request

CASES = [
    ({"sport": "chess"}, "no_category"),
    ({"university": "university a"}, "own_university"),
    ({"host_dates": (), "travel_dates": (START + timedelta(days=9),)}, "no_common_date"),
    ({"lat": 10.0}, "too_far"),
    ({"rating": 2500.0, "max_rating_gap": 100.0}, "too_unequal"),
    ({"avoid": frozenset({"team a"})}, "refused"),
]


@pytest.mark.parametrize(("changes", "code"), CASES, ids=[code for _, code in CASES])
def test_the_funnel_names_the_step_that_lost_the_last_opponent(changes: dict[str, object], code: str) -> None:
    plan = solve(pool_of(request("a"), request("z", **changes)))
    lonely = next(unserved for unserved in plan.unserved if unserved.request == "z")
    assert lonely.reason.code == code
    assert "{" not in english(lonely.reason)


def busy() -> Pool:
    fixed = (FixedFixture("a", "b", START),)
    return pool_of(request("a"), request("b"), request("z"), fixed=fixed)


def test_when_all_play_others_it_says_so() -> None:
    (lonely,) = solve(busy()).unserved
    assert english(lonely.reason) == (
        "2 in the category, 2 with a common date, 2 within reach, 2 close in rating, 2 willing: "
        "all 2 play others or have no room then"
    )
    assert lonely.advice is None


def test_the_shortest_trip_that_helps_most_is_advised() -> None:
    pool = pool_of(
        request("a", lat=54.8, max_distance_km=5.0),
        request("b", lat=54.9, max_distance_km=5.0, university="university a"),
        request("z", max_distance_km=80.0),
    )
    (lonely,) = [u for u in solve(pool).unserved if u.request == "z"]
    assert lonely.advice is not None
    assert english(lonely.advice) == "travelling 40 km further would add 2 possible opponents"


def test_a_day_is_advised_where_a_day_is_missing() -> None:
    pool = pool_of(request("a", host_dates=()), request("z", host_dates=(), max_distance_km=0.0))
    advice = solve(pool).unserved[1].advice
    assert advice is not None
    assert english(advice) == "hosting on 2027-02-06 would add 1 possible opponents"


def test_a_fixture_is_explained_by_its_terms() -> None:
    pool = busy()
    (fixture,) = solve(pool).fixtures
    explained = explain(pool, fixture)
    assert [term.name for term in explained.terms] == ["strength", "distance", "prefer"]
    assert round(sum(term.points for term in explained.terms)) == fixture.quality
