"""Where to repair a plan: which requests lose against the bound, and whom to settle anew with them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import breadth_first_order, dijkstra

from .candidates import Bools, Floats, Ints
from .model import Model
from .relax import NOISE, Relaxation, Relaxed

#: Losses below this are not worth a look.
LEAST_LOSS = 0.5
#: Requests that lose most, between which ways are sought, and ways that are tried.
LOSERS, WAYS = 32, 48
#: A step between two requests is at least this long: among free ones, short ways are better.
STEP = 0.5
#: Beyond this loss a fixture is no step of a way.
WAY_WORTH = 30.0


def losses(relaxation: Relaxation, solved: Relaxed, value: Bools) -> Floats:
    """What each request loses against the bound, shape (requests,).

    bound - c·v = Σ max(0, worth)(1 - v) + Σ max(0, -worth) v + Σ price · slack. A term belongs to the two
    sides of its column, or to the one request that a row is about, or to all whom the relaxation lets fill
    the row, and counts whole for each.
    """
    model, n = relaxation.model, relaxation.model.fixtures
    of_column = np.where(value, np.maximum(0.0, -solved.worth), np.maximum(0.0, solved.worth))[:n]
    lost = np.bincount(model.host, of_column, len(model.wanted))
    lost += np.bincount(model.guest, of_column, len(model.wanted))
    slack = relaxation.limits - relaxation.of_columns(np.nonzero(value)[0]).sum(axis=1)
    idle = np.asarray(slack * solved.price).ravel()
    for row in np.nonzero(idle > LEAST_LOSS)[0].tolist():
        lost[_owners(relaxation, row, solved.value)] += idle[row]
    return np.asarray(lost)


def _owners(relaxation: Relaxation, row: int, wished: Floats) -> Ints:
    model, own = relaxation.model, relaxation.base.shape[0]
    rows, at = (model.rows, row) if row < own else (relaxation.added, row - own)
    columns = rows.indices[rows.indptr[at] : rows.indptr[at + 1]]
    columns = columns[columns < model.fixtures]
    sides, times = np.unique(np.concatenate((model.host[columns], model.guest[columns])), return_counts=True)
    if len(columns) and times.max() == len(columns):
        return np.asarray(sides[times == len(columns)])
    columns = columns[wished[columns] > NOISE]
    return np.unique(np.concatenate((model.host[columns], model.guest[columns])))


class Neighbourhoods:
    """Requests and how near they are to each other: by the fixtures of `bonds`, and those of the plan."""

    def __init__(self, model: Model, bonds: Bools, value: Bools, lost: Floats) -> None:
        self.model, self.lost = model, lost
        self.losers = np.argsort(-lost, kind="stable")[: int((lost > LEAST_LOSS).sum())]
        self.links = self._links(bonds | value, np.ones(len(bonds)))
        self.value = value

    def around(self, request: int, size: int) -> Ints:
        """The requests nearest to this one, itself first."""
        order = breadth_first_order(self.links, request, directed=False, return_predecessors=False)
        return np.asarray(order[:size])

    def balls(self, size: int) -> Iterator[Ints]:
        """Around each that loses, the greatest loss first; an inner third needs no ball of its own."""
        seen = np.zeros(len(self.lost), bool)
        for loser in self.losers.tolist():
            if not seen[loser]:
                members = self.around(loser, size)
                seen[members[: max(1, len(members) // 3)]] = True
                yield members

    def ways(self, worth: Floats, size: int) -> Iterator[Ints]:
        """Along the cheapest ways between two that lose, with those around.

        Where two far from each other could each play one more, all between them must move over. A step
        costs what its fixture loses against the bound (augmenting paths; Edmonds, "Paths, trees, and
        flowers", 1965).
        """
        losers = self.losers[:LOSERS]
        if len(losers) < 2:
            return
        roads = self._links((worth > -WAY_WORTH) | self.value, STEP + np.maximum(0.0, -worth))
        far, before = dijkstra(roads, directed=False, indices=losers, return_predecessors=True)
        # What closing both gaps would gain, were the way as good as it looks.
        gain = self.lost[losers][:, None] + self.lost[losers] - far[:, losers]
        first, second = np.triu_indices(len(losers), 1)
        promising = np.nonzero(gain[first, second] > LEAST_LOSS)[0]
        order = promising[np.argsort(-gain[first, second][promising], kind="stable")]
        for pair in order[:WAYS].tolist():
            yield self._along(_way(before[first[pair]], int(losers[second[pair]])), size)

    def _along(self, way: list[int], size: int) -> Ints:
        """The way and, evenly, those nearest to it."""
        each = max(2, size // len(way))
        near = [self.around(request, each) for request in way]
        _, first = np.unique(members := np.concatenate((way, *near)), return_index=True)
        return members[np.sort(first)][:size]

    def _links(self, columns: Bools, length: Floats) -> csr_array:
        """Symmetric, the shortest where two requests have several fixtures."""
        model, requests = self.model, len(self.model.wanted)
        ties = np.nonzero(columns[: model.fixtures])[0]
        low = np.minimum(model.host[ties], model.guest[ties])
        high = np.maximum(model.host[ties], model.guest[ties])
        order = np.lexsort((length[ties], high, low))
        _, first = np.unique((low * requests + high)[order], return_index=True)
        kept = order[first]
        half = coo_array((length[ties][kept], (low[kept], high[kept])), shape=(requests, requests))
        return csr_array(half + half.T)


def _way(before: Ints, end: int) -> list[int]:
    way = [end]
    while (step := int(before[way[-1]])) >= 0:
        way.append(step)
    return way
