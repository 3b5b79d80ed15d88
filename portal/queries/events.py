from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from portal.models import Event


@dataclass(frozen=True, slots=True)
class EventsAsked:
    """What a reader narrows events by; nothing at all asks for everything."""

    kind: str = ""
    sport: str = ""
    country: str = ""
    university: int | None = None
    agreement: int | None = None


def narrowed_events(events: QuerySet[Event], asked: EventsAsked) -> QuerySet[Event]:
    exact = {
        "kind": asked.kind,
        "sport": asked.sport,
        "host": asked.university,
        "agreement": asked.agreement,
    }
    events = events.filter(**{name: value for name, value in exact.items() if value})
    if asked.country:
        events = events.filter(Q(country=asked.country) | Q(host__country=asked.country))
    return events
