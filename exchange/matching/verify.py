"""Checks a plan against its pool, from the rules alone: nothing here is shared with the solver."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from .quality import quality
from .rules import why_impossible
from .types import Fixture, Objective, Plan, Pool, Request


def violations(pool: Pool, plan: Plan) -> Iterator[str]:
    """Yields one sentence per broken rule or wrong figure; nothing at all for a sound plan."""
    requests = {request.id: request for request in pool.requests}
    known = [f for f in plan.fixtures if f.host in requests and f.guest in requests]
    for f in plan.fixtures:
        # Not `set - requests.keys()`: that walks through all requests for every fixture.
        for request_id in sorted({f.host, f.guest}):
            if request_id not in requests:
                yield f"{_name(f)}: unknown request {request_id}"
    yield from _fixed_missing(pool, plan)
    fixed = {(f.host, f.guest, f.date) for f in pool.fixed}
    for f in known:
        yield from _wrong_fixture(pool, requests, f, stands=(f.host, f.guest, f.date) in fixed)
    yield from _met_twice(known)
    yield from _overplayed(requests, known)
    yield from _overfull(pool, requests, known)
    if len(known) == len(plan.fixtures):
        yield from _wrong_figures(pool, plan)


def objective(pool: Pool, plan: Plan) -> Objective:
    """The three figures, recomputed from the fixtures."""
    requests = {request.id: request for request in pool.requests}
    served = {side for f in plan.fixtures for side in (f.host, f.guest)}
    return Objective(
        served=len(served),
        waiting_days=sum(requests[request_id].waiting_days for request_id in served),
        quality=sum(quality(requests[f.host], requests[f.guest]) for f in plan.fixtures),
    )


def _name(f: Fixture) -> str:
    return f"{f.host} – {f.guest} on {f.date}"


def _fixed_missing(pool: Pool, plan: Plan) -> Iterator[str]:
    planned = {(f.host, f.guest, f.date) for f in plan.fixtures}
    for f in sorted(pool.fixed):
        if (f.host, f.guest, f.date) not in planned:
            yield f"{f.host} – {f.guest} on {f.date}: fixed, but not in the plan"


def _wrong_fixture(pool: Pool, requests: dict[str, Request], f: Fixture, *, stands: bool) -> Iterator[str]:
    host, guest = requests[f.host], requests[f.guest]
    if not pool.season.start <= f.date <= pool.season.end:
        yield f"{_name(f)}: outside the season"
    if not stands and (reason := why_impossible(pool, host, guest, f.date)):
        yield f"{_name(f)}: {reason}"
    if f.quality != quality(host, guest):
        yield f"{_name(f)}: quality told {f.quality}, is {quality(host, guest)}"


def _met_twice(fixtures: list[Fixture]) -> Iterator[str]:
    meetings = Counter(frozenset((f.host, f.guest)) for f in fixtures)
    for pair, count in meetings.items():
        if count > 1:
            yield f"{' and '.join(sorted(pair))} meet {count} times"


def _overplayed(requests: dict[str, Request], fixtures: list[Fixture]) -> Iterator[str]:
    days: defaultdict[str, list[date]] = defaultdict(list)
    for f in fixtures:
        days[f.host].append(f.date)
        days[f.guest].append(f.date)
    for request_id, played in sorted(days.items()):
        request = requests[request_id]
        if len(played) > request.wanted:
            yield f"{request_id} plays {len(played)} fixtures, wanted {request.wanted}"
        for before, after in pairwise(sorted(played)):
            if (after - before).days <= request.min_rest_days:
                yield f"{request_id} plays on {before} and {after}, rests {request.min_rest_days} days"


def _overfull(pool: Pool, requests: dict[str, Request], fixtures: list[Fixture]) -> Iterator[str]:
    capacity = {venue.id: venue.capacity for venue in pool.venues}
    held = Counter((requests[f.host].venue, f.date) for f in fixtures)
    for (venue, day), count in held.items():
        if venue is not None and count > capacity[venue]:
            yield f"venue {venue} holds {count} fixtures on {day}, capacity {capacity[venue]}"


def _wrong_figures(pool: Pool, plan: Plan) -> Iterator[str]:
    real = objective(pool, plan)
    if plan.objective != real:
        yield f"objective told {tuple(plan.objective)}, is {tuple(real)}"
    if any(bound < value for bound, value in zip(plan.bound, real, strict=True)):
        yield f"bound {tuple(plan.bound)} lies below the objective {tuple(real)}"
    played = {side for f in plan.fixtures for side in (f.host, f.guest)}
    told = sorted(unserved.request for unserved in plan.unserved)
    if told != sorted(request.id for request in pool.requests if request.id not in played):
        yield "the unserved requests are not those told"
