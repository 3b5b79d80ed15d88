"""Repairs of one part in turn: neighbourhood by neighbourhood, some side by side, none twice in vain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass, field
from itertools import islice, repeat

import numpy as np

from .candidates import Ints
from .repair import Repair
from .watch import Meter, OutOfTime

#: Neighbourhoods settled side by side. A fixed number: the plan must not hang on the processors there are.
AT_ONCE = 4
#: Neighbourhoods among which those are sought that share no request.
LOOK_AHEAD = 16


@dataclass(slots=True)
class Mender:
    """Remembers, in counts of settled neighbourhoods, when each request last changed and what was in vain."""

    requests: int
    meter: Meter
    helpers: Executor
    settled: int = 0
    changed: Ints = field(init=False)
    in_vain: dict[bytes, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.changed = np.zeros(self.requests, np.int64)

    def mend(self, repair: Repair, neighbourhoods: Iterable[Ints], width: float = np.inf) -> Iterator[None]:
        """Settles them all, and stops in between for the caller to look; `width` is that of `propose`."""
        ahead: list[Ints] = []
        more = iter(neighbourhoods)
        while True:
            ahead += islice(more, LOOK_AHEAD - len(ahead))
            if not ahead:
                return
            ahead = [members for members in ahead if not self._is_in_vain(members)]
            batch: list[Ints] = []
            later: list[Ints] = []
            taken = np.zeros(self.requests, bool)
            for members in ahead:
                apart = len(batch) < AT_ONCE and not taken[members].any()
                (batch if apart else later).append(members)
                taken[members] = True
            ahead = later
            if batch:
                yield from self._settle(repair, batch, width)

    def _is_in_vain(self, members: Ints) -> bool:
        known = self.in_vain.get(np.sort(members).tobytes())
        return known is not None and bool(self.changed[members].max() < known)

    def _settle(self, repair: Repair, batch: list[Ints], width: float) -> Iterator[None]:
        for members, found in zip(batch, self.helpers.map(repair.propose, batch, repeat(width)), strict=True):
            self.settled += 1
            if found is None:
                self.in_vain[np.sort(members).tobytes()] = self.settled
            elif repair.accept(found):
                self.changed[members] = self.settled
        if self.meter.over:
            raise OutOfTime
        yield
