"""What a pool must be before anything is computed from it. Every refusal names the place and the reason."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from .types import BadPool, FixedFixture, Pool, Request


def check_pool(pool: Pool, pairs: Sequence[frozenset[str]] | None = None) -> None:
    """Raises `BadPool` at the first fault; one that passes has a plan, if only its fixed fixtures.

    `pairs` are the forbidden pairs in the order of their file, so that the place told is the file's.
    """
    if pool.season.end < pool.season.start:
        raise BadPool(f"season.end: {pool.season.end} lies before the start, {pool.season.start}")
    _unique("venues", (venue.id for venue in pool.venues))
    for i, venue in enumerate(pool.venues):
        if venue.capacity < 1:
            raise BadPool(f"venues[{i}].capacity: {venue.capacity} is less than 1")
    _unique("requests", (request.id for request in pool.requests))
    venues = {venue.id for venue in pool.venues}
    for i, request in enumerate(pool.requests):
        _check_request(pool, f"requests[{i}]", request, venues)
    known = {request.id: request for request in pool.requests}
    _check_forbidden(sorted(pool.forbidden, key=sorted) if pairs is None else pairs, known)
    _check_fixed(pool, known)


def _unique(place: str, ids: Iterable[str]) -> None:
    seen: dict[str, int] = {}
    for i, name in enumerate(ids):
        if not name:
            raise BadPool(f"{place}[{i}].id: is empty")
        if name in seen:
            raise BadPool(f'{place}[{i}].id: "{name}" is already {place}[{seen[name]}]')
        seen[name] = i


def _check_request(pool: Pool, place: str, request: Request, venues: set[str]) -> None:
    limits = (
        ("rating", request.rating, -math.inf, math.inf),
        ("rating_deviation", request.rating_deviation, 0, math.inf),
        ("lat", request.lat, -90, 90),
        ("lon", request.lon, -180, 180),
        ("wanted", request.wanted, 1, math.inf),
        ("min_rest_days", request.min_rest_days, 0, math.inf),
        ("max_distance_km", request.max_distance_km, 0, math.inf),
        ("max_rating_gap", request.max_rating_gap, 0, math.inf),
        ("waiting_days", request.waiting_days, 0, math.inf),
    )
    for name, value, least, most in limits:
        if value is not None:
            _check_number(f"{place}.{name}", value, least, most)
    if request.venue is not None and request.venue not in venues:
        raise BadPool(f'{place}.venue: unknown venue "{request.venue}"')
    for name, days in (("host_dates", request.host_dates), ("travel_dates", request.travel_dates)):
        for i, day in enumerate(days):
            _check_day(pool, f"{place}.{name}[{i}]", day)


def _check_number(place: str, value: float, least: float, most: float) -> None:
    if math.isnan(value):
        raise BadPool(f"{place}: NaN is not a number")
    if math.isinf(value):
        raise BadPool(f"{place}: {value} is not finite")
    if value < least:
        raise BadPool(f"{place}: {value} is less than {least}")
    if value > most:
        raise BadPool(f"{place}: {value} is more than {most}")


def _check_day(pool: Pool, place: str, day: date) -> None:
    if not pool.season.start <= day <= pool.season.end:
        raise BadPool(f"{place}: {day} lies outside the season, {pool.season.start} to {pool.season.end}")


def _check_forbidden(pairs: Sequence[frozenset[str]], known: dict[str, Request]) -> None:
    for i, pair in enumerate(pairs):
        if len(pair) != 2:
            raise BadPool(f"forbidden[{i}]: is not a pair of two requests")
        for request_id in sorted(pair - known.keys()):
            raise BadPool(f'forbidden[{i}]: unknown request "{request_id}"')


def _check_fixed(pool: Pool, known: dict[str, Request]) -> None:
    """Fixed fixtures may be impossible by the rules, but not clash: then no plan at all could hold them."""
    capacity = {venue.id: venue.capacity for venue in pool.venues}
    held: Counter[tuple[str, date]] = Counter()
    played: defaultdict[str, list[tuple[int, FixedFixture]]] = defaultdict(list)
    for i, fixture in enumerate(pool.fixed):
        place = f"fixed[{i}]"
        for side, request_id in (("host", fixture.host), ("guest", fixture.guest)):
            if request_id not in known:
                raise BadPool(f'{place}.{side}: unknown request "{request_id}"')
        if fixture.host == fixture.guest:
            raise BadPool(f'{place}: "{fixture.host}" meets itself')
        _check_day(pool, f"{place}.date", fixture.date)
        for request_id in (fixture.host, fixture.guest):
            _check_clash(place, known[request_id], fixture, played[request_id])
            played[request_id].append((i, fixture))
        venue = known[fixture.host].venue
        if venue is not None:
            held[venue, fixture.date] += 1
            if held[venue, fixture.date] > capacity[venue]:
                raise BadPool(f'{place}: venue "{venue}" is already full on {fixture.date}')


def _check_clash(
    place: str, request: Request, new: FixedFixture, played: list[tuple[int, FixedFixture]]
) -> None:
    for i, old in played:
        if {old.host, old.guest} == {new.host, new.guest}:
            raise BadPool(f'{place}: "{new.host}" and "{new.guest}" already meet in fixed[{i}]')
        if abs((old.date - new.date).days) <= request.min_rest_days:
            raise BadPool(
                f'{place}: "{request.id}" already plays on {old.date} in fixed[{i}], which is too close'
            )
    if len(played) >= request.wanted:
        raise BadPool(f'{place}: "{request.id}" wants {request.wanted} and already plays {len(played)}')
