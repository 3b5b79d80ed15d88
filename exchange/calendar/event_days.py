"""Events of the portal as whole days of a calendar."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import STATUS
from icalendar import Event as DayEvent

from portal.models import Event

from .events import in_calendar
from .feeds import REFRESH


def event_feed(events: Iterable[Event], *, name: str, url: str) -> bytes:
    """`events` come with their host. The same rows give the same bytes, whatever the time."""
    days = (day_event(event) for event in events)
    return in_calendar(
        days, method="PUBLISH", name=name, url=url, uid=url, refresh_interval=REFRESH
    ).to_ical()


def day_event(event: Event) -> DayEvent:
    """DTEND is the first day after it (RFC 5545, 3.6.1)."""
    address = settings.BASE_URL + event.get_absolute_url()
    found = DayEvent.new(
        uid=f"event-{event.pk}@{urlsplit(settings.BASE_URL).hostname}",
        stamp=event.updated_at,
        start=event.starts_on,
        end=event.ends_on + timedelta(days=1),
        summary=event.title,
        description="\n".join([*_lines(event), address]),
        location=event.place,
        status=STATUS.CONFIRMED,
        url=address,
    )
    # Whoever takes part enters that by hand; nobody is busy because a congress is on.
    found.add("TRANSP", "TRANSPARENT")
    return found


def _lines(event: Event) -> Iterable[str]:
    sport = event.get_sport_display() if event.sport else ""
    yield ", ".join(filter(None, [str(event.get_kind_display()), str(sport)]))
    if event.host:
        yield str(event.host)
    if event.summary:
        yield event.summary
