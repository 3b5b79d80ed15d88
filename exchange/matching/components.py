"""A pool cut into pools that can be solved apart, and their plans joined into one.

Apart they give what they give together: no candidate, no fixed fixture and no scarce hall day lies between
two of them, so that the best plan of the whole is the best plans of the components, side by side.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from .bounds import joint_bound, total
from .candidates import Candidates, Ints, candidates
from .explain import unserved_requests
from .parts import Left, labels, left_over
from .solve import by_date
from .types import Plan, Pool, Request

#: Parts too small for a component of their own are bundled until they hold one such share of the work.
SHARES = 40
#: What setting up and ending a part costs, in candidates: 4 ms beside 0.2 ms.
PART_WORK = 20


@dataclass(frozen=True, slots=True)
class Component:
    """A pool of its own. Days on which its requests can do nothing are left out of it.

    Attributes
    ----------
    work : its candidates, and some for each part; a guess at how long it takes beside the others
    parts : how many independent parts it bundles
    """

    pool: Pool
    work: int
    parts: int


def components(pool: Pool) -> tuple[Component, ...]:
    """The largest first, in the same order and to the same byte however the pool is ordered.

    Requests without any candidate or fixed fixture are in none of them: nothing is to be decided there.
    """
    left = left_over(pool, candidates(pool))
    label, work = _labels(pool, left)
    bundles = _bundles(work)
    bundle_of = np.full(len(work), -1)
    for number, bundle in enumerate(bundles):
        bundle_of[bundle] = number
    pools = _pools(pool, left.open, bundle_of[label])
    return tuple(
        Component(small, int(work[bundle].sum()), len(bundle))
        for small, bundle in zip(pools, bundles, strict=True)
    )


def joined(pool: Pool, plans: Sequence[Plan]) -> Plan:
    """The plan of the whole from those of its components; the reasons of the unserved look at all of it."""
    fixtures = tuple(sorted((f for plan in plans for f in plan.fixtures), key=by_date))
    bound, holds = joint_bound(plans)
    return Plan(
        fixtures=fixtures,
        objective=total(plan.objective for plan in plans),
        bound=bound,
        unserved=unserved_requests(pool, fixtures),
        alternatives={key: both for plan in plans for key, both in plan.alternatives.items()},
        loose=total(plan.loose for plan in plans),
        holds=holds,
    )


def _labels(pool: Pool, left: Left) -> tuple[Ints, Ints]:
    """The part of each request, shape (requests,), and the work of each part; idle requests are no work.

    Parts are numbered by their first request. A part holds what candidates, fixed fixtures and scarce hall
    days tie together, the last with the fixed fixtures that already take a place there.
    """
    fixed = np.array([*_fixed_links(pool, left)], np.int64).reshape(-1, 2)
    parts, label = np.unique(labels(left, fixed), return_inverse=True)
    work = np.bincount(label[left.open.host], minlength=len(parts))
    # A fixed fixture is worth carrying along; it makes its part a part.
    work += np.bincount(label[fixed[:, 0]], minlength=len(parts))
    return label, work + PART_WORK * (work > 0)


def _fixed_links(pool: Pool, left: Left) -> Iterator[tuple[int, int]]:
    """Between the two sides of a fixed fixture, and from its host to the hall day where places are scarce."""
    requests = left.open.requests
    index = {request.id: i for i, request in enumerate(requests)}
    hall, first = np.unique(left.hall, return_index=True)
    scarce = {
        (requests[left.open.host[at]].venue, int(left.open.day[at])): len(requests) + int(number)
        for number, at in zip(hall, first, strict=True)
        if number >= 0
    }
    for fixture in pool.fixed:
        host = index[fixture.host]
        yield host, index[fixture.guest]
        if hall_day := scarce.get((requests[host].venue, fixture.date.toordinal())):
            yield host, hall_day


def _bundles(work: Ints) -> list[Ints]:
    """Numbers of the parts in each component, the most work first."""
    order = np.lexsort((np.arange(len(work)), -work))
    order = order[work[order] > 0]
    enough = -(-int(work.sum()) // SHARES)
    bundles: list[list[int]] = []
    filled = enough
    for part in order.tolist():
        if filled >= enough:
            bundles.append([])
            filled = 0
        bundles[-1].append(part)
        filled += int(work[part])
    return sorted(map(np.array, bundles), key=lambda bundle: (-int(work[bundle].sum()), int(bundle[0])))


def _pools(pool: Pool, open_: Candidates, bundle: Ints) -> list[Pool]:
    """One pool a bundle; `bundle` has shape (requests,), -1 for the idle ones.

    A request hosts and travels on days of its candidates only. Elsewhere it has nothing to lose, and where a
    hall is taken by others, the days that are left out are how its component knows.
    """
    requests, count = open_.requests, int(bundle.max(initial=-1)) + 1
    hosts, travels = _days(open_.host, open_.day), _days(open_.guest, open_.day)
    members: list[list[Request]] = [[] for _ in range(count)]
    place = {}
    for i, (request, number) in enumerate(zip(requests, bundle.tolist(), strict=True)):
        if number >= 0:
            place[request.id] = number
            members[number].append(
                replace(request, host_dates=hosts.get(i, ()), travel_dates=travels.get(i, ()))
            )
    fixed, forbidden = defaultdict(list), defaultdict(list)
    for fixture in sorted(pool.fixed):
        fixed[place[fixture.host]].append(fixture)
    for pair in pool.forbidden:
        first, second = (place.get(side) for side in pair)
        if first is not None and first == second:
            forbidden[first].append(pair)
    venues = sorted(pool.venues, key=lambda venue: venue.id)
    used = [{request.venue for request in rows} for rows in members]
    return [
        replace(
            pool,
            venues=tuple(venue for venue in venues if venue.id in used[number]),
            requests=tuple(members[number]),
            fixed=tuple(fixed[number]),
            forbidden=frozenset(forbidden[number]),
        )
        for number in range(count)
    ]


def _days(side: Ints, day: Ints) -> dict[int, tuple[date, ...]]:
    """The days of each request that is a side of some candidate."""
    span = int(day.max(initial=0)) + 1
    days: defaultdict[int, list[date]] = defaultdict(list)
    for wish in np.unique(side * span + day).tolist():
        days[wish // span].append(date.fromordinal(wish % span))
    return {request: tuple(played) for request, played in days.items()}
