"""Who gets what from a plan: whether those who waited, small countries and far teams are treated alike.

Figures only; docs/explanation/fairness.md says what each of them means and where it comes from.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from .rules import kilometres
from .types import Plan, Pool, Request

#: Where one bar of the histogram ends and the next begins, in kilometres; the last bar has no end.
KM_EDGES = (0, 50, 100, 200, 300, 500, 1000, 2000)
#: Nine of ten trips are not longer than the figure shown.
LONG_TRIP = 0.9
#: A team that plays once can not play at home and away alike.
LEAST_TO_BALANCE = 2


@dataclass(frozen=True, slots=True)
class Group:
    """Requests that are alike in something, by `key`: a country, a sport, a sport and a category.

    `given` are the places in fixtures they got of the `wanted` ones; a fixture gives one to each side.
    """

    key: tuple[str, ...]
    requests: int
    served: int
    wanted: int
    given: int


@dataclass(frozen=True, slots=True)
class Decile:
    """A tenth of the requests, 1 for those who have waited least; from `shortest` to `longest` days."""

    number: int
    shortest: int
    longest: int
    requests: int
    served: int


@dataclass(frozen=True, slots=True)
class Travel:
    """Kilometres that guests travel, one way, one trip a fixture; zeros without a fixture.

    Attributes
    ----------
    long : nine of ten trips are no longer; the length of a trip that is really made (nearest rank)
    histogram : trips from each of `KM_EDGES` up to, not including, the next
    """

    trips: int
    total: float
    mean: float
    median: float
    long: float
    longest: float
    histogram: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Balance:
    """Home and away.

    Attributes
    ----------
    differences : (games at home minus games away, requests with that difference), of the served, ascending
    largest : the k for which the plan is k-balanced (Nurmi et al. 2010): home and away games of no request
        differ by more
    several : requests that play twice or more; of these `all_home` and `all_away` never change sides
    """

    differences: tuple[tuple[int, int], ...]
    largest: int
    several: int
    all_home: int
    all_away: int


@dataclass(frozen=True, slots=True)
class Wait:
    """The request that has waited longest; of several the one with the smallest id."""

    days: int
    request: str


@dataclass(frozen=True, slots=True)
class Fairness:
    """`total` has an empty key. The groups of each kind add up to it; the largest come first."""

    total: Group
    deciles: tuple[Decile, ...]
    countries: tuple[Group, ...]
    sports: tuple[Group, ...]
    categories: tuple[Group, ...]
    travel: Travel
    balance: Balance
    longest_served: Wait | None
    longest_unserved: Wait | None


def fairness(pool: Pool, plan: Plan) -> Fairness:
    """The figures of `plan`, which must name requests of `pool` only."""
    home = Counter(fixture.host for fixture in plan.fixtures)
    away = Counter(fixture.guest for fixture in plan.fixtures)
    given = home + away
    served = [request for request in pool.requests if given[request.id]]
    unserved = [request for request in pool.requests if not given[request.id]]
    total = _groups(pool.requests, [()] * len(pool.requests), given)
    return Fairness(
        total=total[0] if total else Group((), 0, 0, 0, 0),
        deciles=_deciles(pool.requests, given),
        countries=_groups(pool.requests, [(r.country,) for r in pool.requests], given),
        sports=_groups(pool.requests, [(r.sport,) for r in pool.requests], given),
        categories=_groups(pool.requests, [(r.sport, r.category) for r in pool.requests], given),
        travel=_travel(pool, plan),
        balance=_balance(home, away),
        longest_served=_longest(served),
        longest_unserved=_longest(unserved),
    )


def _groups(
    requests: Sequence[Request], keys: Sequence[tuple[str, ...]], given: Counter[str]
) -> tuple[Group, ...]:
    sums: defaultdict[tuple[str, ...], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for request, key in zip(requests, keys, strict=True):
        got, counts = given[request.id], sums[key]
        counts[0] += 1
        counts[1] += got > 0
        counts[2] += request.wanted
        counts[3] += got
    groups = (Group(key, *counts) for key, counts in sums.items())
    return tuple(sorted(groups, key=lambda group: (-group.requests, group.key)))


def _deciles(requests: Sequence[Request], given: Counter[str]) -> tuple[Decile, ...]:
    """By mid-rank, so that requests that have waited equally long share a decile.

    Deciles are then of unequal size, and one that nobody falls into is left out: of fewer than ten requests
    some always are.
    """
    waited = np.array([request.waiting_days for request in requests], np.int64)
    served = np.array([given[request.id] > 0 for request in requests], bool)
    _, day_of, equal = np.unique(waited, return_inverse=True, return_counts=True)
    less = np.cumsum(equal) - equal
    # In whole numbers, since a tenth has no exact binary fraction.
    decile_of_day = (10 * (2 * less + equal)) // (2 * max(len(waited), 1)) + 1
    decile = decile_of_day[day_of]
    return tuple(
        Decile(
            number=number,
            shortest=int(waited[decile == number].min()),
            longest=int(waited[decile == number].max()),
            requests=int((decile == number).sum()),
            served=int(served[decile == number].sum()),
        )
        for number in np.unique(decile).tolist()
    )


def _travel(pool: Pool, plan: Plan) -> Travel:
    known = {request.id: request for request in pool.requests}
    trips = np.sort([kilometres(known[f.host], known[f.guest]) for f in plan.fixtures])
    if not len(trips):
        return Travel(0, 0.0, 0.0, 0.0, 0.0, 0.0, (0,) * len(KM_EDGES))
    histogram, _ = np.histogram(trips, (*KM_EDGES, np.inf))
    return Travel(
        trips=len(trips),
        total=float(trips.sum()),
        mean=float(trips.mean()),
        median=float(np.median(trips)),
        long=float(np.quantile(trips, LONG_TRIP, method="inverted_cdf")),
        longest=float(trips[-1]),
        histogram=tuple(histogram.tolist()),
    )


def _balance(home: Counter[str], away: Counter[str]) -> Balance:
    served = home.keys() | away.keys()
    differences = Counter(home[request] - away[request] for request in served)
    several = [request for request in served if home[request] + away[request] >= LEAST_TO_BALANCE]
    return Balance(
        differences=tuple(sorted(differences.items())),
        largest=max(map(abs, differences), default=0),
        several=len(several),
        all_home=sum(not away[request] for request in several),
        all_away=sum(not home[request] for request in several),
    )


def _longest(requests: Iterable[Request]) -> Wait | None:
    first = min(requests, key=lambda request: (-request.waiting_days, request.id), default=None)
    return None if first is None else Wait(first.waiting_days, first.id)
