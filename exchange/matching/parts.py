"""What is left to decide once fixed fixtures stand, cut into parts that cannot touch each other."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from .candidates import Bools, Candidates, Ints, pair_of, venues_of
from .types import Pool


@dataclass(frozen=True, slots=True)
class Left:
    """What fixed fixtures leave over.

    Attributes
    ----------
    open : the candidates still possible beside the fixed fixtures; where no hall cares who hosts, a pair
        and day stand in one direction only
    wanted : int64, shape (requests,); fixtures each request may still get
    served : bool, shape (requests,); it has a fixed fixture
    hall : int64, shape (len(open),); number of the scarce hall day that a candidate takes a place of, or -1
    places : int64; places left on each scarce hall day
    """

    open: Candidates
    wanted: Ints
    served: Bools
    hall: Ints
    places: Ints


def left_over(pool: Pool, found: Candidates) -> Left:
    """Takes away what the fixed fixtures use up. Assumes that they do not clash (check.py)."""
    index = {request.id: i for i, request in enumerate(found.requests)}
    first, span = pool.season.start.toordinal(), (pool.season.end - pool.season.start).days + 1
    wanted = np.array([request.wanted for request in found.requests], np.int64)
    served = np.zeros(len(index), bool)
    blocked: list[int] = []
    met: list[tuple[int, int]] = []
    for fixture in pool.fixed:
        host, guest = index[fixture.host], index[fixture.guest]
        met.append((host, guest))
        for side in (host, guest):
            wanted[side] -= 1
            served[side] = True
            day, rest = fixture.date.toordinal() - first, found.requests[side].min_rest_days
            blocked += range(side * span + max(day - rest, 0), side * span + min(day + rest, span - 1) + 1)
    keep = (wanted[found.host] > 0) & (wanted[found.guest] > 0)
    first_met, second_met = np.array(met, np.int64).reshape(-1, 2).T
    keep &= ~np.isin(found.pair, pair_of(first_met, second_met, len(index)))
    for side_of in (found.host, found.guest):
        keep &= ~np.isin(side_of * span + found.day - first, np.array(blocked, np.int64))
    rest_open = found.take(keep)
    hall, places = _halls(pool, rest_open)
    room = (hall < 0) | (np.append(places, 0)[hall] > 0)
    keep = _one_direction(rest_open, hall) & room
    return Left(rest_open.take(keep), wanted, served, hall[keep], places)


def split(left: Left) -> list[Ints]:
    """Candidate indices of each independent part, largest first.

    Two candidates touch when they share a request or a scarce hall day; parts are the closure of that.
    """
    part = labels(left)[left.open.host]
    order = np.argsort(part, kind="stable")
    pieces = np.split(order, np.nonzero(np.diff(part[order]))[0] + 1) if len(order) else []
    return sorted(pieces, key=lambda piece: (-len(piece), int(piece[0])))


def labels(left: Left, links: Ints | None = None) -> Ints:
    """A number for each request, the same for those who hang together, shape (requests,).

    `links`, shape (k, 2), tie requests, or a request and requests + number of a scarce hall day, besides.
    """
    open_, requests = left.open, len(left.open.requests)
    more = np.empty((0, 2), np.int64) if links is None else links
    in_hall = np.nonzero(left.hall >= 0)[0]
    ends = np.concatenate((open_.host, open_.host[in_hall], more[:, 0]))
    others = np.concatenate((open_.guest, requests + left.hall[in_hall], more[:, 1]))
    nodes = requests + len(left.places)
    graph = coo_array((np.ones(len(ends), np.int8), (ends, others)), shape=(nodes, nodes))
    return np.asarray(connected_components(graph, directed=False)[1][:requests])


def _halls(pool: Pool, found: Candidates) -> tuple[Ints, Ints]:
    """Scarce hall days: more requests could host there than places are left. Others can bind nobody."""
    capacity = np.array([venue.capacity for venue in pool.venues], np.int64)
    venue = venues_of(pool, found.requests)
    first, span = pool.season.start.toordinal(), (pool.season.end - pool.season.start).days + 1
    place_of = {request.id: int(place) for request, place in zip(found.requests, venue, strict=True)}
    used = Counter(
        hall * span + f.date.toordinal() - first for f in pool.fixed if (hall := place_of[f.host]) >= 0
    )
    wish = np.unique((found.host * span + found.day - first)[venue[found.host] >= 0])
    hall_day, demand = np.unique(venue[wish // span] * span + wish % span, return_counts=True)
    taken = np.array([used[int(key)] for key in hall_day], np.int64)
    left = capacity[hall_day // span] - taken if len(hall_day) else taken
    scarce, places = hall_day[demand > left], left[demand > left]
    if not len(scarce):
        return np.full(len(found), -1, np.int64), places
    key = venue[found.host] * span + found.day - first
    at = np.minimum(np.searchsorted(scarce, key), len(scarce) - 1)
    return np.where((venue[found.host] >= 0) & (scarce[at] == key), at, -1), places


def _one_direction(found: Candidates, hall: Ints) -> Bools:
    """Of A at B's and B at A's on one day, keeps one that takes no scarce place; else both may matter."""
    free, first = hall < 0, int(found.day.min(initial=0))
    meeting = found.pair * (int(found.day.max(initial=0)) - first + 1) + found.day - first
    # Candidates come sorted by host: among equals the lower host is first.
    order = np.argsort(meeting * 2 + ~free, kind="stable")
    follows = np.diff(meeting[order]) == 0
    keep = np.ones(len(found), bool)
    # A group has at most two members; the first, when free, replaces the second.
    keep[order[1:][follows & free[order[:-1]]]] = False
    return keep
