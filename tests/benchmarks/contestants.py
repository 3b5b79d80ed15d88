"""One contestant on one pool, alone in its process: `… contestants NAME POOL RESULT LIMIT MEMORY`.

Writes RESULT, JSON, and the plan beside it, RESULT.plan.json.gz. LIMIT is in seconds, MEMORY in bytes.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from exchange.matching import (
    FixedFixture,
    Fixture,
    Objective,
    Plan,
    Pool,
    Progress,
    objective,
    quality,
    read_pool,
    solve,
    write_plan,
)
from exchange.matching.candidates import candidates
from exchange.matching.greedy import greedy
from exchange.matching.parts import left_over
from exchange.matching.types import ANYTHING

from .pairing import by_networkx, by_rustworkx
from .plain import Meeting, staged

Answer = tuple[Plan, dict[str, Any]]


def engine(pool: Pool, limit: float) -> Answer:
    """With every mark of its progress: seconds, objective and bound."""
    marks: list[tuple[float, Objective, Objective]] = []

    def mark(progress: Progress) -> None:
        if progress.objective is not None:
            marks.append((progress.seconds, progress.objective, progress.bound or ANYTHING))

    begun = time.monotonic()
    plan = solve(pool, budget=limit, on_progress=mark)
    marks.append((time.monotonic() - begun, plan.objective, plan.bound))
    return plan, {"bound": plan.bound, "marks": marks, "ended": plan.objective == plan.bound}


def by_hand(pool: Pool, limit: float) -> Answer:
    """Greedy, the best fixture first."""
    found = candidates(pool)
    left = left_over(pool, found)
    chosen = left.open.take(np.asarray(greedy(left)))
    columns = (chosen.host.tolist(), chosen.guest.tolist(), chosen.day.tolist(), chosen.quality.tolist())
    ids = [request.id for request in found.requests]
    known = {request.id: request for request in pool.requests}
    fixtures = [
        Fixture(ids[h], ids[g], date.fromordinal(day), q) for h, g, day, q in zip(*columns, strict=True)
    ]
    fixtures += [_standing(f, quality(known[f.host], known[f.guest])) for f in pool.fixed]
    return _plan(pool, fixtures), {"possible": len(found)}


def plain(threads: int) -> Callable[[Pool, float], Answer]:
    def contestant(pool: Pool, limit: float) -> Answer:
        meetings, stages, possible = staged(pool, threads=threads, limit=limit)
        told = [{"value": stage.value, "bound": stage.bound, "ended": stage.ended} for stage in stages]
        ended = len(stages) == 3 and all(stage.ended for stage in stages)
        return _plan(pool, _fixtures(pool, meetings)), {"stages": told, "ended": ended, "possible": possible}

    return contestant


def a_matching(by: Callable[[Pool], tuple[list[Meeting], int, float]]) -> Callable[[Pool, float], Answer]:
    def contestant(pool: Pool, limit: float) -> Answer:
        meetings, possible, seconds = by(pool)
        return _plan(pool, _fixtures(pool, meetings)), {"possible": possible, "seconds": seconds}

    return contestant


CONTESTANTS = {
    "engine": engine,
    "greedy": by_hand,
    "plain-1": plain(1),
    "plain-2": plain(2),
    "networkx": a_matching(by_networkx),
    "rustworkx": a_matching(by_rustworkx),
}


def _standing(fixture: FixedFixture, worth: int) -> Fixture:
    return Fixture(fixture.host, fixture.guest, fixture.date, worth)


def _fixtures(pool: Pool, meetings: list[Meeting]) -> list[Fixture]:
    ids = [request.id for request in pool.requests]
    return [
        Fixture(ids[host], ids[guest], date.fromordinal(day), worth) for host, guest, day, worth in meetings
    ]


def _plan(pool: Pool, fixtures: list[Fixture]) -> Plan:
    """Without bounds, and without a word on the unserved: only the engine has them."""
    without = Plan(tuple(sorted(fixtures)), Objective(0, 0, 0), Objective(0, 0, 0))
    real = objective(pool, without)
    return Plan(without.fixtures, real, real)


def main(name: str, source: str, result: str, limit: str, memory: str) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    begun = time.monotonic()
    pool = read_pool(source)
    read = time.monotonic()
    plan, facts = CONTESTANTS[name](pool, float(limit))
    facts = {"seconds": time.monotonic() - read, **facts}
    write_plan(plan, f"{result}.plan.json.gz")
    Path(result).write_text(json.dumps({"reading": read - begun, "objective": plan.objective, **facts}))


if __name__ == "__main__":
    main(*sys.argv[1:])
