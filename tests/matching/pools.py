"""Small random pools, and the optimum by trying every plan."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

from exchange.matching import BadPool, FixedFixture, Objective, Pool, Request, Season, Venue, check_pool
from exchange.matching.quality import quality
from exchange.matching.rules import why_impossible

START = date(2027, 2, 6)
PLACES = ((53.90, 27.57), (55.75, 37.62), (52.23, 21.01), (54.69, 25.28), (50.45, 30.52))


def request(request_id: str = "r1", **changes: object) -> Request:
    """A team from Minsk that can do anything on any of four days."""
    days = tuple(START + timedelta(days=i) for i in range(4))
    plain = Request(
        id=request_id,
        team=f"team {request_id}",
        club=f"club {request_id}",
        university=f"university {request_id}",
        country="BY",
        sport="football",
        category="women",
        rating=1500.0,
        rating_deviation=60.0,
        lat=53.9,
        lon=27.57,
        host_dates=days,
        travel_dates=days,
        wanted=1,
        min_rest_days=0,
        max_distance_km=1000.0,
        max_rating_gap=None,
        venue=None,
        avoid=frozenset(),
        prefer=frozenset(),
        waiting_days=10,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def pool_of(*requests: Request, **changes: object) -> Pool:
    venues = tuple(Venue(name, 1) for name in sorted({r.venue for r in requests if r.venue is not None}))
    plain = Pool(Season(START, START + timedelta(days=20)), venues, requests)
    return replace(plain, **changes)  # type: ignore[arg-type]


def random_pool(seed: int, requests: int = 6, days: int = 4) -> Pool:
    """Halls shared and scarce, rest days, several wanted, some pairs forbidden, some fixtures fixed."""
    chance = random.Random(seed)
    season = Season(START, START + timedelta(days=days - 1))
    calendar = [season.start + timedelta(days=i) for i in range(days)]
    venues = tuple(Venue(f"v{i}", chance.choice((1, 1, 2))) for i in range(2))
    pool = Pool(season, venues, tuple(_random_request(chance, f"r{i}", calendar) for i in range(requests)))
    pairs = list(combinations([r.id for r in pool.requests], 2))
    pool = replace(
        pool, forbidden=frozenset(map(frozenset, chance.sample(pairs, chance.choice((0, 0, 1, 2)))))
    )
    for _ in range(chance.choice((0, 0, 1, 2))):
        host, guest = chance.choice(pairs)
        more = replace(pool, fixed=(*pool.fixed, FixedFixture(host, guest, chance.choice(calendar))))
        try:
            check_pool(more)
        except BadPool:
            continue
        pool = more
    return pool


def _random_request(chance: random.Random, name: str, calendar: list[date]) -> Request:
    lat, lon = chance.choice(PLACES)
    return request(
        name,
        university=f"u{chance.randrange(4)}",
        category=chance.choice(("women", "women", "women", "men")),
        rating=round(chance.gauss(1500, 120), 1),
        rating_deviation=chance.choice((30.0, 60.0, 120.0)),
        lat=lat,
        lon=lon,
        host_dates=tuple(day for day in calendar if chance.random() < 0.5),
        travel_dates=tuple(day for day in calendar if chance.random() < 0.5),
        wanted=chance.choice((1, 2, 3)),
        min_rest_days=chance.choice((0, 0, 1, 2)),
        max_distance_km=chance.choice((400.0, 800.0, 1500.0)),
        max_rating_gap=chance.choice((None, None, 150.0)),
        venue=chance.choice((None, "v0", "v0", "v1")),
        avoid=frozenset(chance.sample([f"team r{i}" for i in range(6)], chance.choice((0, 0, 1)))),
        prefer=frozenset(chance.sample([f"team r{i}" for i in range(6)], chance.choice((0, 0, 1)))),
        waiting_days=chance.randrange(0, 50),
    )


def brute_force(pool: Pool) -> Objective:
    """The best objective, by trying every set of possible fixtures on top of the fixed ones."""
    possible = [
        (host, guest, day)
        for host in pool.requests
        for guest in pool.requests
        if host is not guest
        for day in host.host_dates
        if why_impossible(pool, host, guest, day) is None
    ]
    by_id = {r.id: r for r in pool.requests}
    fixed = [(by_id[f.host], by_id[f.guest], f.date) for f in pool.fixed]
    return _best(pool, possible, fixed, 0)


Meeting = tuple[Request, Request, date]


def _best(pool: Pool, possible: list[Meeting], taken: list[Meeting], start: int) -> Objective:
    best = _worth(taken)
    for i in range(start, len(possible)):
        if _fits(pool, taken, possible[i]):
            best = max(best, _best(pool, possible, [*taken, possible[i]], i + 1))
    return best


def _fits(pool: Pool, taken: list[Meeting], new: Meeting) -> bool:
    host, guest, day = new
    for side in (host, guest):
        played = [m for m in taken if side in m[:2]]
        if len(played) >= side.wanted or any(abs((m[2] - day).days) <= side.min_rest_days for m in played):
            return False
    if any({m[0].id, m[1].id} == {host.id, guest.id} for m in taken):
        return False
    capacity = {venue.id: venue.capacity for venue in pool.venues}
    held = sum(m[0].venue == host.venue and m[2] == day for m in taken)
    return host.venue is None or held < capacity[host.venue]


def _worth(taken: list[Meeting]) -> Objective:
    served = {side.id: side for m in taken for side in m[:2]}
    waiting = sum(side.waiting_days for side in served.values())
    return Objective(len(served), waiting, sum(quality(m[0], m[1]) for m in taken))
