from __future__ import annotations

import time
from datetime import datetime, timedelta


class Clock:
    """Time goes on from a given `now`, whatever happens to the machine's wall clock meanwhile."""

    def __init__(self, now: datetime) -> None:
        self._now, self._started = now, time.monotonic()

    def now(self) -> datetime:
        return self._now + timedelta(seconds=self.seconds())

    def seconds(self) -> float:
        return time.monotonic() - self._started
