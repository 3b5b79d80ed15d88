"""Whom a side could have met instead, and what that would cost the whole plan at least, from the duals.

Choosing Y "instead of" X means for a side that has X in the plan: it meets Y, and it does not meet X.
Whatever else that moves is free to move; only fixed fixtures stay. Forcing a fixture with reduced cost w <= 0
lowers the bound of the relaxation by at least -w (weak duality), so no plan with it is worth more than the
bound + w. Forbidding X can only cost more. That is a lower bound, there for all fixtures at once and almost
for nothing; forced.py has the exact cost, one fixture at a time.
"""

from __future__ import annotations

from datetime import date

import numpy as np

from .candidates import Bools, Candidates, Floats, Ints
from .types import Alternative, Alternatives, Objective

#: Fixtures told a side.
AT_MOST = 3
#: A cost this little above a whole number is noise of the simplex method, not a point more.
NOISE = 1e-6
#: Costs are cut here: a point that high is one of the figures before quality in disguise.
HIGHEST = 2.0**52


def cheapest_alternatives(
    found: Candidates, chosen: Ints, worth: Floats, at_most: int = AT_MOST
) -> list[Alternatives]:
    """For each of `chosen`, what its host and its guest could have played instead, cheapest first.

    Per side at most `at_most` fixtures, each against another opponent (on its cheapest day, at home or away)
    and none against one that the side meets in the plan. Equal costs: the better quality, then the earlier in
    `found`, which is by ids and day. A side's list is the same for all its fixtures.

    Parameters
    ----------
    found : possible fixtures, shape (n,), sorted as `Candidates` says
    chosen : int64, indices into `found` of the plan's fixtures, fixed ones left out
    worth : float64, shape (n,); reduced costs: forcing a fixture costs the plan at least -worth. Above 0 or
        within noise of it nothing is known to be lost. NaN or infinite where no cost is known, or where it
        cannot be chosen: such fixtures are never told. Where the plan lies below the relaxation's bound, add
        the difference first, or the costs hold against the bound only

    Notes
    -----
    O(n log n) once and O(n) for each of `at_most`; about 75 bytes a candidate.
    """
    cost = _points(worth)
    usable = np.isfinite(worth) & ~_meets_already(found, chosen)
    usable &= _has_fixture(found, chosen)
    index = np.nonzero(usable)[0]
    # Stable: what is equal here keeps the candidates' order.
    index = index[np.lexsort((-found.quality[index], cost[index]))]
    best = _first_opponents(found, index, at_most)
    sides = np.unique(np.concatenate((found.host[chosen], found.guest[chosen])))
    told = _told(found, cost, np.unique(best[:, sides]))
    columns = zip(sides.tolist(), best[:, sides].T.tolist(), strict=True)
    lists = {side: tuple(told[i] for i in places if i >= 0) for side, places in columns}
    hosts, guests = found.host[chosen].tolist(), found.guest[chosen].tolist()
    return [(lists[host], lists[guest]) for host, guest in zip(hosts, guests, strict=True)]


def alternatives_of(
    found: Candidates, chosen: Ints, worth: Floats, at_most: int = AT_MOST
) -> dict[tuple[str, str, date], Alternatives]:
    """The same as `Plan.alternatives` keeps it."""
    told = cheapest_alternatives(found, chosen, worth, at_most)
    return dict(zip(_keys(found, chosen), told, strict=True))


def _points(worth: Floats) -> Floats:
    """Whole points, rounded up: objectives are whole, so a plan that loses 4.2 loses 5."""
    return np.minimum(np.maximum(0.0, np.ceil(-np.nan_to_num(worth) - NOISE)), HIGHEST)


def _meets_already(found: Candidates, chosen: Ints) -> Bools:
    pair = found.pair
    return np.isin(pair, pair[chosen])


def _has_fixture(found: Candidates, chosen: Ints) -> Bools:
    """One of the two has a fixture of its own to give up; the others need not be ranked."""
    plays = np.zeros(len(found.requests), bool)
    plays[found.host[chosen]] = plays[found.guest[chosen]] = True
    return np.asarray(plays[found.host] | plays[found.guest])


def _first_opponents(found: Candidates, ranked: Ints, at_most: int) -> Ints:
    """The first candidates of each request in the order of `ranked`, opponents all different.

    Shape (at_most, requests), filled with -1. One pass a place: whoever has just been found is crossed out.
    """
    host, guest = found.host[ranked], found.guest[ranked]
    nobody, requests = len(ranked), len(found.requests)
    best = np.full((at_most, requests), -1, np.int64)
    of_host, of_guest = np.arange(len(ranked)), np.arange(len(ranked))
    for place in range(at_most):
        first = np.full(requests, nobody)
        np.minimum.at(first, host[of_host], of_host)
        np.minimum.at(first, guest[of_guest], of_guest)
        has = np.nonzero(first < nobody)[0]
        best[place, has] = ranked[first[has]]
        opponent = np.full(requests, -1)
        opponent[has] = host[first[has]] + guest[first[has]] - has
        of_host = of_host[guest[of_host] != opponent[host[of_host]]]
        of_guest = of_guest[host[of_guest] != opponent[guest[of_guest]]]
    return best


def _told(found: Candidates, cost: Floats, chosen: Ints) -> dict[int, Alternative]:
    """By index; -1, which stands for nothing, is passed over. The two sides of a pair share one value."""
    chosen = chosen[chosen >= 0]
    columns = chosen.tolist(), _keys(found, chosen), found.quality[chosen].tolist(), cost[chosen].tolist()
    return {
        i: Alternative(*key, worth, Objective(0, 0, int(lost)), "duals")
        for i, key, worth, lost in zip(*columns, strict=True)
    }


def _keys(found: Candidates, chosen: Ints) -> list[tuple[str, str, date]]:
    requests = found.requests
    columns = found.host[chosen].tolist(), found.guest[chosen].tolist(), found.day[chosen].tolist()
    return [
        (requests[host].id, requests[guest].id, date.fromordinal(day))
        for host, guest, day in zip(*columns, strict=True)
    ]
