"""A plan made better piece by piece: small neighbourhoods of requests are settled anew, exactly.

Who plays whom is freed among some dozens of requests that hang together; what they play with others stays.
That is large neighbourhood search (Shaw 1998) with branch and cut inside. The relaxation says where to look:
its bound minus the plan's worth is, term by term, what single requests lose.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csc_array

from .candidates import Bools, Ints
from .integer import searched, whole_program
from .relax import NOISE, Relaxation, Relaxed

#: Branching in a neighbourhood ends here: another one is better use of the time.
NODES = 5


@dataclass(frozen=True, slots=True)
class Proposal:
    """New values of some columns (indices into the repair's own)."""

    columns: Ints
    value: Bools


class Repair:
    """One plan being repaired: all columns and rows it may use, and what they hold now.

    `near` are the columns to choose from, beside the plan's own and all "stays unserved"; `costs` are the
    three objectives and one of all; `solved` is of the objective to be improved, and prunes, or None.
    """

    def __init__(
        self,
        relaxation: Relaxation,
        near: Bools,
        costs: Sequence[Ints],
        value: Bools,
        solved: Relaxed | None = None,
        held: bool = True,
    ) -> None:
        model = relaxation.model
        self.relaxation = relaxation
        near = near | value
        near[model.fixtures :] = True
        self.columns = np.nonzero(near)[0]
        self.matrix, self.limits = relaxation.rules(self.columns, held=held)
        self.costs, self.value = [cost[self.columns] for cost in costs], value[self.columns]
        self.activity = self.matrix @ self.value.astype(float)
        fixture = self.columns[self.columns < model.fixtures]
        asks = model.asks[self.columns[len(fixture) :] - model.fixtures]
        self.solved = solved
        if solved is not None:
            self.worth = solved.worth[self.columns]
            self.price = np.append(solved.price, np.zeros(len(self.limits) - len(solved.price)))
        # "Stays unserved" belongs to one request alone.
        self.host = np.concatenate((model.host[fixture], asks))
        self.guest = np.concatenate((model.guest[fixture], asks))

    def propose(self, members: Ints, width: float = np.inf) -> Proposal | None:
        """The best that these requests can do among themselves, None where nothing better was found.

        Fixtures that cost `width` or more against the bound are left out, where the bound is known.
        """
        inside = np.zeros(len(self.relaxation.model.wanted), bool)
        inside[members] = True
        free = np.nonzero(inside[self.host] & inside[self.guest])[0]
        if self.solved is not None:
            # What the neighbourhood loses against the bound is the most it can gain; a column that costs more
            # is in no better plan of it.
            lost = self._loss(free)
            if lost < 1 - NOISE:
                return None
            free = free[self.value[free] | (self.worth[free] > -min(lost, width) + NOISE)]
        rows, now = self.matrix[:, free], self.value[free]
        used = np.unique(rows.indices)
        room = self.limits[used] - np.rint(self.activity - rows @ now.astype(float))[used].astype(np.int64)
        places = np.searchsorted(used, rows.indices).astype(np.int32)
        rows = csc_array((rows.data, places, rows.indptr), shape=(len(used), len(free)))
        answer = searched(whole_program(rows, room, self.costs[3][free]), now, NODES, self.relaxation.meter)
        if answer.value is None or not self._better(free, answer.value):
            return None
        return Proposal(free, answer.value)

    def accept(self, proposal: Proposal) -> bool:
        """Takes a proposal, unless another one has taken the room it needs, in a hall that both use."""
        free, value = proposal.columns, proposal.value
        change = value.astype(float) - self.value[free]
        activity = self.activity + self.matrix[:, free] @ change
        if (activity > self.limits + NOISE).any():
            return False
        self.value[free], self.activity = value, activity
        return True

    def _loss(self, free: Ints) -> float:
        worth, value, rows = self.worth[free], self.value[free], np.unique(self.matrix[:, free].indices)
        slack = self.price[rows] @ (self.limits[rows] - self.activity[rows])
        return float(slack + np.where(value, np.maximum(0, -worth), np.maximum(0, worth)).sum())

    def _better(self, free: Ints, value: Bools) -> bool:
        worth = [(int(cost[free] @ value), int(cost[free] @ self.value[free])) for cost in self.costs[:3]]
        return [new for new, _ in worth] > [old for _, old in worth]

    def whole(self) -> Bools:
        """The plan as it is now, over all columns of the part."""
        value = np.zeros(self.relaxation.model.columns, bool)
        value[self.columns[self.value]] = True
        return value
