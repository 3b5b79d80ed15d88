"""Computed whole in numpy or rule by rule in Python: the same fixtures, the same worth."""

from __future__ import annotations

from datetime import date

import pytest

from exchange.matching import Pool, quality, terms
from exchange.matching.candidates import candidates
from exchange.matching.rules import why_impossible

from .pools import START, pool_of, random_pool, request


def by_rules(pool: Pool) -> dict[tuple[str, str, date], int]:
    days = sorted({day for r in pool.requests for day in r.host_dates})
    return {
        (host.id, guest.id, day): quality(host, guest)
        for host in pool.requests
        for guest in pool.requests
        for day in days
        if host is not guest and why_impossible(pool, host, guest, day) is None
    }


def by_numpy(pool: Pool) -> dict[tuple[str, str, date], int]:
    found = candidates(pool)
    ids = [r.id for r in found.requests]
    columns = (found.host.tolist(), found.guest.tolist(), found.day.tolist(), found.quality.tolist())
    rows = zip(*columns, strict=True)
    return {(ids[host], ids[guest], date.fromordinal(day)): worth for host, guest, day, worth in rows}


@pytest.mark.parametrize("seed", range(60))
def test_possible_fixtures_agree_with_the_rules(seed: int) -> None:
    pool = random_pool(seed, requests=25, days=6)
    assert by_numpy(pool) == by_rules(pool)


def test_a_limit_met_exactly_is_met() -> None:
    host, guest = request("a"), request("b", lat=54.4)
    exact = terms(host, guest)[1].params["km"]
    for reach, possible in ((exact, True), (float(exact) - 1e-5, False)):
        pool = pool_of(request("a", max_distance_km=0.0), request("b", lat=54.4, max_distance_km=reach))
        assert ("a", "b", START) in by_numpy(pool) or not possible
        assert by_numpy(pool) == by_rules(pool)


def test_the_far_side_of_the_earth_is_measured_as_the_rules_measure_it() -> None:
    here = request("a", lat=10.0, lon=20.0, max_distance_km=20_015.0)
    there = request("b", lat=-10.0, lon=-160.0, max_distance_km=20_016.0)
    assert by_numpy(pool_of(here, there)) == by_rules(pool_of(here, there))


RULE_BREAKS = [
    ({"sport": "chess"}, "different sport or category"),
    ({"category": "men"}, "different sport or category"),
    ({"university": "university a"}, "same university"),
    ({"avoid": frozenset({"team a"})}, "one avoids the other"),
    ({"travel_dates": ()}, "the guest cannot travel that day"),
    ({"lat": 10.0}, "too far for the guest"),
    ({"rating": 1700.0, "max_rating_gap": 150.0}, "too unequal"),
]


@pytest.mark.parametrize(("changes", "reason"), RULE_BREAKS, ids=[reason for _, reason in RULE_BREAKS])
def test_each_rule_gives_its_reason(changes: dict[str, object], reason: str) -> None:
    host, guest = request("a"), request("b", **changes)
    assert why_impossible(pool_of(host, guest), host, guest, START) == reason


def test_a_forbidden_pair_and_a_day_the_host_is_away() -> None:
    host, guest = request("a", host_dates=()), request("b")
    assert why_impossible(pool_of(host, guest), host, guest, START) == "the host cannot host that day"
    forbidden = frozenset({frozenset(("a", "b"))})
    assert (
        why_impossible(pool_of(host, guest, forbidden=forbidden), host, guest, START)
        == "the pair has said no"
    )


def test_worth_is_told_term_by_term() -> None:
    host = request("a", rating_deviation=0.0)
    guest = request("b", rating=1540.0, rating_deviation=0.0, lat=54.4, prefer=frozenset({"team a"}))
    assert [term.why for term in terms(host, guest)] == [
        "rated 40 apart: 559 of 600",
        "56 km apart: 332 of 400",
        "they asked to meet: 100 of 100",
    ]
    assert quality(host, guest) == 991
