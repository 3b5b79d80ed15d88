"""The clock of a run: when to stop, and how to stop HiGHS in the middle of its work."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field

import highspy

#: What a node of a search tree counts for in a limit on work.
ITERATIONS_A_NODE = 100


class OutOfTime(Exception):
    """The budget or the work is used up, or the caller has cancelled."""


@dataclass(slots=True)
class Watch:
    """Shared by all threads of one run. `budget` in seconds, None for as long as it takes."""

    budget: float | None = None
    begun: float = field(default_factory=time.monotonic)
    cancelled: threading.Event = field(default_factory=threading.Event)

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.begun

    @property
    def over(self) -> bool:
        return self.cancelled.is_set() or (self.budget is not None and self.seconds >= self.budget)

    def guard(self, highs: highspy.Highs) -> None:
        """Makes every later `run` of this solver stop soon after the watch is over."""

        def stop(event: highspy.highs.HighsCallbackEvent) -> None:
            if self.over:
                event.interrupt()

        highs.cbSimplexInterrupt += stop
        highs.cbIpmInterrupt += stop
        highs.cbMipInterrupt += stop


@dataclass(slots=True)
class Meter:
    """Counts the simplex iterations of one part: a limit on these, unlike one on seconds, repeats exactly."""

    watch: Watch
    limit: float | None = None
    seed: int = 0
    spent: int = 0

    @property
    def over(self) -> bool:
        return self.watch.over or (self.limit is not None and self.spent >= self.limit)

    def run(self, highs: highspy.Highs) -> None:
        """Runs a guarded linear program. Raises `OutOfTime` where time or work is over by then."""
        if self.limit is not None:
            highs.setOptionValue("simplex_iteration_limit", max(0, int(self.limit - self.spent)))
        self._run(highs)
        if self.over:
            raise OutOfTime

    def search(self, highs: highspy.Highs, nodes: int | None) -> None:
        """Runs a guarded search of at most so many nodes; the caller looks how it ended."""
        if self.limit is not None:
            left = max(1, int((self.limit - self.spent) / ITERATIONS_A_NODE))
            nodes = left if nodes is None else min(left, nodes)
        if nodes is not None:
            highs.setOptionValue("mip_max_nodes", nodes)
        highs.setOptionValue("random_seed", self.seed)
        self._run(highs)

    def _run(self, highs: highspy.Highs) -> None:
        highs.run()
        info = highs.getInfo()
        self.spent += (
            1 + max(0, info.simplex_iteration_count) + ITERATIONS_A_NODE * max(0, info.mip_node_count)
        )
