"""Pools for hypothesis to draw: small and crowded, with every field of the format in play.

Hypothesis draws the shape and a seed, and shrinks these; the fields come from the seed. Drawn field by field,
pools were so bare that half of the faults tried on the engine went unseen, at twice the time.
"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations

from hypothesis import strategies as st

from exchange.matching import BadPool, FixedFixture, Pool, Request, Season, Venue, check_pool

from .pools import PLACES, START, request

HALLS = ("hall 0", "hall 1")
#: Few different values, so that figures tie: ties are where plans go astray.
RATINGS = (1300.0, 1450.0, 1500.0, 1500.5, 1620.0)
MOST_WAITING = 3

chances = st.integers(0, 2**32 - 1).map(random.Random)


def a_request(chance: random.Random, number: int, others: int, days: list[date]) -> Request:
    """Request `number` of `others`; it knows their teams by the names that `request` gives them."""
    lat, lon = chance.choice(PLACES)
    return request(
        f"r{number}",
        university=f"u{chance.choice((number, number, number, 0))}",
        category=chance.choice(("women",) * 6 + ("men",)),
        rating=chance.choice(RATINGS),
        rating_deviation=chance.choice((0.0, 60.0, 200.0)),
        lat=lat,
        lon=lon,
        host_dates=_some_of(chance, days),
        travel_dates=_some_of(chance, days),
        wanted=chance.choice((1, 2, 3)),
        min_rest_days=chance.choice((0, 0, 1, 2)),
        max_distance_km=chance.choice((500.0, 900.0, 1500.0, 1500.0)),
        max_rating_gap=chance.choice((None, None, None, 150.0)),
        venue=chance.choice((None, HALLS[0], *HALLS)),
        avoid=_teams(chance, others),
        prefer=_teams(chance, others),
        waiting_days=chance.randint(0, MOST_WAITING),
    )


def _some_of(chance: random.Random, days: list[date]) -> tuple[date, ...]:
    often = chance.choice((0.0, 0.5, 0.8, 0.8, 1.0))
    return tuple(day for day in days if chance.random() < often)


def _teams(chance: random.Random, others: int) -> frozenset[str]:
    return frozenset(f"team r{i}" for i in range(others) if chance.random() < 0.08)


@st.composite
def pools(draw: st.DrawFn, most: int = 8, most_days: int = 4) -> Pool:
    """`most` requests or a few less, two halls, some pairs forbidden, some fixtures fixed."""
    count, span = draw(st.integers(most - 3, most)), draw(st.integers(1, most_days))
    chance = draw(chances)
    days = [START + timedelta(days=i) for i in range(span)]
    pairs = list(permutations([f"r{i}" for i in range(count)], 2))
    pool = Pool(
        Season(days[0], days[-1]),
        tuple(Venue(hall, chance.choice((1, 2))) for hall in HALLS),
        tuple(a_request(chance, i, count, days) for i in range(count)),
        forbidden=frozenset(map(frozenset, chance.choices(pairs, k=chance.choice((0, 1, 3))))),
    )
    for host, guest in chance.choices(pairs, k=chance.choice((0, 0, 1, 3))):
        pool = _with_fixed(pool, FixedFixture(host, guest, chance.choice(days)))
    return pool


def _with_fixed(pool: Pool, fixture: FixedFixture) -> Pool:
    """Unless it clashes with those that are fixed already."""
    more = replace(pool, fixed=(*pool.fixed, fixture))
    try:
        check_pool(more)
    except BadPool:
        return pool
    return more


@st.composite
def one_day_pools(draw: st.DrawFn, most: int = 14) -> Pool:
    """One date, one fixture each, no hall: the plan is a matching of a graph."""
    count, chance = draw(st.integers(most - 3, most)), draw(chances)
    drawn = [a_request(chance, i, count, [START]) for i in range(count)]
    return Pool(Season(START, START), (), tuple(replace(r, wanted=1, venue=None) for r in drawn))
