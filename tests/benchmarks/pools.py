"""What a name means, as a file: `python -m tests.benchmarks.pools NAME TARGET`, which tells facts as JSON.

europe-1000             a pool of ../shared/matching/instances
path/to/pool.json.gz    any other
one-city-1000-7         style, size and seed of a generated pool
europe-1000@one-date    of any of these, its most common date, with one fixture each and no halls
europe-1000@open-date   the same, and everybody can host and travel that day
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

from exchange.matching import Pool, check_pool, read_pool, write_pool

from .generate import STYLES, Place, generated

INSTANCES = Path(__file__).resolve().parents[3] / "shared" / "matching" / "instances"
GENERATED = re.compile(rf"({'|'.join(STYLES)})-(\d+)-(\d+)")


def named(name: str) -> Pool:
    """Raises LookupError for a name that means nothing."""
    name, _, derived = name.partition("@")
    pool = _plainly_named(name)
    if not derived:
        return pool
    if derived not in ("one-date", "open-date"):
        raise LookupError(f"@{derived} is neither @one-date nor @open-date")
    return on_one_date(pool, everybody=derived == "open-date")


def _plainly_named(name: str) -> Pool:
    for path in (INSTANCES / f"{name}.json.gz", Path(name)):
        if path.is_file():
            return read_pool(path)
    drawn = GENERATED.fullmatch(name)
    if not drawn:
        raise LookupError(f"{name} is no instance, no file and no style-size-seed of {', '.join(STYLES)}")
    places = real_universities() if drawn[1] == "universities" else []
    pool = generated(drawn[1], int(drawn[2]), int(drawn[3]), places)
    check_pool(pool)
    return pool


def real_universities() -> list[Place]:
    source = INSTANCES / "world-10000.json.gz"
    if not source.is_file():
        return []
    return [Place(r.university, r.country, r.lat, r.lon) for r in read_pool(source).requests]


def on_one_date(pool: Pool, *, everybody: bool) -> Pool:
    """Its plans are the matchings of a graph: one edge a pair that could meet that day."""
    often = Counter(day for r in pool.requests for day in {*r.host_dates, *r.travel_dates})
    day = max(often, key=lambda day: (often[day], day))

    def only(days: tuple[date, ...]) -> tuple[date, ...]:
        return (day,) if everybody or day in days else ()

    requests = tuple(
        replace(r, host_dates=only(r.host_dates), travel_dates=only(r.travel_dates), wanted=1, venue=None)
        for r in pool.requests
    )
    return replace(pool, venues=(), requests=requests, fixed=())


def is_a_matching(pool: Pool) -> bool:
    """Whether graph libraries can solve it: one date, one fixture each, no hall, nothing fixed."""
    days = {day for r in pool.requests for day in (*r.host_dates, *r.travel_dates)}
    free = all(r.wanted == 1 and r.venue is None for r in pool.requests)
    return len(days) == 1 and free and not pool.fixed


def main(name: str, target: str) -> None:
    try:
        pool = named(name)
    except LookupError as fault:
        sys.exit(str(fault))
    write_pool(pool, target)
    json.dump({"requests": len(pool.requests), "matching": is_a_matching(pool)}, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
