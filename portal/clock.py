from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

from django.db import connection
from django.utils import timezone


class Clock:
    """Time goes on from a given `now`, whatever happens to the machine's wall clock meanwhile."""

    def __init__(self, now: datetime) -> None:
        self._now, self._started = now, time.monotonic()

    def now(self) -> datetime:
        return self._now + timedelta(seconds=self.seconds())

    def seconds(self) -> float:
        return time.monotonic() - self._started


def cautious_now() -> datetime:
    """The earlier of this machine's clock and the database's: for what must not happen before its time.

    One clock that is fast, here or there, makes nobody's time to answer shorter. Both agree but for
    milliseconds on machines that keep time.
    """
    return min(timezone.now(), database_now())


def database_now() -> datetime:
    """By the database's own clock; SQLite has none but this machine's."""
    if connection.vendor != "postgresql":
        return timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0].astimezone(UTC)
