"""Fixtures as calendars to subscribe to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from exchange.models import Fixture

from .events import fixture_event, in_calendar

#: How often calendar programs are asked to look; many have a beat of their own.
REFRESH = timedelta(hours=1)


def feed(fixtures: Iterable[Fixture], *, name: str, url: str) -> bytes:
    """`fixtures` come with their sides and venue. The same rows give the same bytes, whatever the time."""
    events = (fixture_event(fixture, stamp=fixture.moved_at) for fixture in fixtures)
    calendar = in_calendar(events, method="PUBLISH", name=name, url=url, uid=url, refresh_interval=REFRESH)
    calendar.add("X-PUBLISHED-TTL", "PT1H")
    return calendar.to_ical()
