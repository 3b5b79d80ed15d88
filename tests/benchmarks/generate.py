"""Pools of the format that nobody has solved before, drawn from a name: style, size and seed.

The styles are what makes pools hard or odd; each changes one thing against the plain one.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal, NamedTuple

from exchange.matching import FixedFixture, Pool, Request, Season, Venue

START = date(2027, 2, 6)
WEEKENDS = 8


class Place(NamedTuple):
    university: str
    country: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Style:
    """How requests are drawn.

    Attributes
    ----------
    scale : requests against the size asked for; crowded styles have more fixtures a request
    map : cities of many sizes, all in one place, or the places of real universities
    sports : of two categories each
    teams : requests of one university, on average
    hall_for : requests that share one hall; 0 for a hall each
    free : chance of a day to be one on which a request can host, and the same for travelling
    standing : share of the requests that have a fixed fixture, and of those that have said no to somebody
    """

    scale: float = 1.0
    map: Literal["cities", "one city", "universities"] = "cities"
    sports: int = 0
    teams: float = 1.0
    hall_for: int = 0
    capacities: Sequence[int] = (1,)
    free: float = 0.28
    wanted: Sequence[int] = (1, 2, 3)
    rest: Sequence[int] = (0, 1, 2)
    rating_spread: float = 185.0
    deviations: Sequence[float] = (30.0, 60.0, 120.0, 200.0)
    most_waiting: int = 119
    least_waiting: int = 0
    standing: float = 0.0


STYLES = {
    "cities": Style(),
    "universities": Style(map="universities"),
    "sports": Style(sports=6, teams=3.0, hall_for=4, capacities=(1, 1, 2)),
    "equal-ratings": Style(rating_spread=0.0, deviations=(60.0,)),
    "one-city": Style(scale=0.3, map="one city"),
    "small-halls": Style(hall_for=8),
    "long-rest": Style(rest=(6, 8, 13)),
    "many-wanted": Style(wanted=(1, 2, 3, 4, 5, 6)),
    "sparse-dates": Style(free=0.06),
    "equal-waiting": Style(least_waiting=30, most_waiting=30),
    "standing": Style(standing=0.2),
    "all-alike": Style(
        scale=0.3,
        map="one city",
        rating_spread=0.0,
        deviations=(60.0,),
        hall_for=8,
        least_waiting=30,
        most_waiting=30,
    ),
}


def generated(style_name: str, size: int, seed: int, universities: Sequence[Place] = ()) -> Pool:
    """The same arguments give the same pool. `universities` are what the style of that name draws from."""
    style = STYLES[style_name]
    chance = random.Random(f"{style_name} {size} {seed}")
    count = max(2, round(size * style.scale))
    places = _places(style, chance, max(2, round(count / style.teams)), universities)
    days = [START + timedelta(weeks=week, days=day) for week in range(WEEKENDS) for day in (0, 1)]
    halls = [f"hall {i}" for i in range(math.ceil(count / (style.hall_for or 1)))]
    requests = [_request(style, chance, number, places, days, halls) for number in range(count)]
    pool = Pool(
        Season(days[0], days[-1]),
        tuple(Venue(hall, chance.choice(style.capacities)) for hall in halls),
        tuple(_with_opinions(chance, request, requests) for request in requests),
    )
    return _with_standing(style, chance, pool, days)


def _places(style: Style, chance: random.Random, count: int, universities: Sequence[Place]) -> list[Place]:
    if style.map == "universities":
        if not universities:
            raise LookupError("no real universities are at hand: ../shared is not beside this checkout")
        return [chance.choice(universities) for _ in range(count)]
    if style.map == "one city":
        return [Place(f"u{i}", "BY", 53.9, 27.57) for i in range(count)]
    cities = [(chance.uniform(44, 60), chance.uniform(0, 40)) for _ in range(max(2, count // 8))]
    # Few large cities, many small ones.
    sizes = [1 / (rank + 1) for rank in range(len(cities))]
    chosen = chance.choices(cities, sizes, k=count)
    return [
        Place(f"u{i}", "EU", round(lat + chance.gauss(0, 0.1), 5), round(lon + chance.gauss(0, 0.15), 5))
        for i, (lat, lon) in enumerate(chosen)
    ]


def _request(
    style: Style, chance: random.Random, number: int, places: list[Place], days: list[date], halls: list[str]
) -> Request:
    at = chance.randrange(len(places)) if style.teams > 1 else number % len(places)
    place = places[at]
    sport = f"sport {min(chance.randrange(style.sports) for _ in range(2))}" if style.sports else "football"
    category = chance.choice(("women", "men")) if style.sports else "men"
    # Neighbours share a hall where several do, as teams of one university do.
    hall = halls[at * len(halls) // len(places)] if style.hall_for else halls[number]
    return Request(
        id=f"r{number:06}",
        team=f"{place.university}:{sport}:{category}:{number}",
        club=f"{place.university}:{sport}",
        university=place.university,
        country=place.country,
        sport=sport,
        category=category,
        rating=round(chance.gauss(1500, style.rating_spread), 1),
        rating_deviation=chance.choice(style.deviations),
        lat=place.lat,
        lon=place.lon,
        host_dates=_free(style, chance, days),
        travel_dates=_free(style, chance, days),
        wanted=chance.choice(style.wanted),
        min_rest_days=chance.choice(style.rest),
        max_distance_km=max(40.0, round(chance.lognormvariate(math.log(220), 0.6), 1)),
        max_rating_gap=chance.choice((None, None, None, None, None, None, None, 200.0, 300.0, 400.0)),
        venue=hall,
        avoid=frozenset(),
        prefer=frozenset(),
        waiting_days=chance.randint(style.least_waiting, style.most_waiting),
    )


def _free(style: Style, chance: random.Random, days: list[date]) -> tuple[date, ...]:
    return tuple(day for day in days if chance.random() < style.free)


def _with_opinions(chance: random.Random, request: Request, everybody: list[Request]) -> Request:
    """Some avoid a team, some prefer one."""
    avoid = {chance.choice(everybody).team} if chance.random() < 0.15 else set()
    prefer = {chance.choice(everybody).team} if chance.random() < 0.1 else set()
    return replace(
        request, avoid=frozenset(avoid - {request.team}), prefer=frozenset(prefer - {request.team})
    )


def _with_standing(style: Style, chance: random.Random, pool: Pool, days: list[date]) -> Pool:
    """Fixtures that stand, never two of one request, and pairs that have said no."""
    shuffled = [request.id for request in pool.requests]
    chance.shuffle(shuffled)
    many = round(len(shuffled) * style.standing)
    fixed = tuple(_fixed(chance, pool, shuffled[:many], days))
    forbidden = frozenset(map(frozenset, pairwise(shuffled[many : 2 * many])))
    return replace(pool, fixed=fixed, forbidden=forbidden)


def _fixed(chance: random.Random, pool: Pool, sides: list[str], days: list[date]) -> Iterator[FixedFixture]:
    venue_of = {request.id: request.venue for request in pool.requests}
    full: set[tuple[str | None, date]] = set()
    for host, guest in zip(sides[::2], sides[1::2], strict=False):
        day = chance.choice(days)
        if (venue_of[host], day) not in full:
            full.add((venue_of[host], day))
            yield FixedFixture(host, guest, day)
