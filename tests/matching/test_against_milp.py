"""Larger pools against scipy's own MILP on the rules as written: no parts, no pricing, no cuts of ours."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from exchange.matching import Objective, Pool, quality, solve, violations
from exchange.matching.rules import why_impossible

from .pools import random_pool


def crowded(seed: int) -> Pool:
    """Twenty-six teams of one category in one hall or another: quick plans fail there."""
    pool = random_pool(seed, requests=26, days=6)
    requests = tuple(
        replace(r, university=f"u{i % 23}", category="women", lat=r.lat + i % 7 / 5, max_distance_km=700.0)
        for i, r in enumerate(pool.requests)
    )
    return replace(pool, requests=requests)


def staged_milp(pool: Pool) -> Objective:
    """Three programs over one column a possible or fixed fixture and one a request that stays unserved."""
    fixed = {(f.host, f.guest, f.date) for f in pool.fixed}
    days = [
        pool.season.start + timedelta(days=i) for i in range((pool.season.end - pool.season.start).days + 1)
    ]
    meetings = [
        (host, guest, day)
        for host in pool.requests
        for guest in pool.requests
        if host is not guest
        for day in days
        if (host.id, guest.id, day) in fixed or why_impossible(pool, host, guest, day) is None
    ]
    n, k = len(meetings), len(pool.requests)
    rows, most = [], []

    def at_most(limit: float, columns: list[int], unserved: int | None = None, sign: float = 1.0) -> None:
        row = np.zeros(n + k)
        row[columns] = sign
        if unserved is not None:
            row[n + unserved] = sign
        rows.append(row)
        most.append(limit)

    for i, request in enumerate(pool.requests):
        mine = [j for j, m in enumerate(meetings) if request in m[:2]]
        at_most(request.wanted, mine)
        at_most(-1, mine, unserved=i, sign=-1.0)
        for first in days:
            last = first + timedelta(days=request.min_rest_days)
            at_most(1, [j for j in mine if first <= meetings[j][2] <= last])
        for other in pool.requests[:i]:
            at_most(1, [j for j in mine if other in meetings[j][:2]])
    for venue in pool.venues:
        for day in days:
            at_most(
                venue.capacity, [j for j, m in enumerate(meetings) if m[0].venue == venue.id and m[2] == day]
            )

    least = np.array([float((h.id, g.id, day) in fixed) for h, g, day in meetings] + [0.0] * k)
    costs = (
        np.concatenate((np.zeros(n), np.ones(k))),
        np.concatenate((np.zeros(n), [float(r.waiting_days) for r in pool.requests])),
        np.concatenate(([-float(quality(h, g)) for h, g, _ in meetings], np.zeros(k))),
    )
    reached = []
    for cost in costs:
        result = milp(
            cost,
            integrality=np.ones(n + k),
            bounds=Bounds(least, np.ones(n + k)),
            constraints=LinearConstraint(np.array(rows), ub=np.array(most)),
            options={"mip_rel_gap": 0.0},
        )
        reached.append(round(result.fun))
        rows.append(cost)
        most.append(reached[-1])
    waiting = sum(r.waiting_days for r in pool.requests)
    return Objective(k - reached[0], waiting - reached[1], -reached[2])


@pytest.mark.parametrize("seed", [0, 3, 4, 6, 8, 10, 11, 18])
def test_larger_pools_agree_with_a_plain_program(seed: int) -> None:
    pool = crowded(seed)
    plan = solve(pool)
    assert list(violations(pool, plan)) == []
    assert plan.objective == plan.bound == staged_milp(pool)
