"""The clock of a run: when to stop, and how to stop HiGHS in the middle of its work."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field

import highspy


class OutOfTime(Exception):
    """The budget is used up, or the caller has cancelled."""


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
