"""What is left to decide once fixed fixtures stand, cut into parts that do not touch each other."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from .candidates import Bools, Candidates, Ints
from .types import Pool

#: Larger than any ordinal of a day: request · DAYS + day is one key.
DAYS = 10_000_000


@dataclass(frozen=True, slots=True)
class Left:
    """What fixed fixtures leave over.

    Attributes
    ----------
    open : the candidates still possible beside the fixed fixtures, each pair and day in one direction only
        where the venue does not care
    wanted : int64, shape (requests,); fixtures each request may still get
    served : bool, shape (requests,); has a fixed fixture
    halls : day and venue keys whose capacity can bind, with the places left
    hall : int64, shape (len(open),); the key in `halls` of the place a candidate takes, or -1
    """

    open: Candidates
    wanted: Ints
    served: Bools
    halls: dict[int, int]
    hall: Ints


def left_over(pool: Pool, found: Candidates) -> Left:
    """Takes away what the fixed fixtures use up. Assumes that they do not clash (check.py)."""
    index = {request.id: i for i, request in enumerate(found.requests)}
    wanted = np.array([request.wanted for request in found.requests], np.int64)
    served = np.zeros(len(found.requests), bool)
    blocked: set[int] = set()
    met: set[int] = set()
    for fixture in pool.fixed:
        sides = sorted((index[fixture.host], index[fixture.guest]))
        met.add(sides[0] * len(index) + sides[1])
        for side in sides:
            wanted[side] -= 1
            served[side] = True
            rest = found.requests[side].min_rest_days
            first = fixture.date.toordinal() - rest
            blocked.update(side * DAYS + day for day in range(max(first, 0), first + 2 * rest + 1))
    low, high = np.minimum(found.host, found.guest), np.maximum(found.host, found.guest)
    taken = np.array(sorted(blocked), np.int64)
    keep = (wanted[found.host] > 0) & (wanted[found.guest] > 0)
    keep &= ~np.isin(low * len(index) + high, np.array(sorted(met), np.int64))
    keep &= ~np.isin(found.host * DAYS + found.day, taken) & ~np.isin(found.guest * DAYS + found.day, taken)
    halls, hall = _halls(pool, found.take(keep))
    rest_open = found.take(keep & ~np.isin(np.arange(len(found)), np.nonzero(keep)[0][hall == 0]))
    hall = hall[hall != 0]
    once = _one_direction(rest_open, hall)
    return Left(rest_open.take(once), wanted, served, halls, hall[once])
