"""When saved searches tell what is new: in the morning, by the clocks of whoever saved them."""

from __future__ import annotations

from datetime import datetime

from portal.models import User
from portal.notices import next_digest, zone_of
from research.enums import Rhythm

MONDAY = 0


def next_telling(person: User, rhythm: str, *, now: datetime) -> datetime | None:
    """The first morning after `now`, or the first of a week; None: never."""
    if rhythm == Rhythm.NEVER:
        return None
    zone = zone_of(person)
    at = next_digest(zone, now=now)
    while rhythm == Rhythm.WEEKLY and at.astimezone(zone).weekday() != MONDAY:
        at = next_digest(zone, now=at)
    return at
