from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date

from exchange.models import Occupancy, Venue

from .occupancy import midnight


def bookings(venue: Venue, *, since: date) -> dict[date, dict[int, Occupancy]]:
    """What holds the venue's places from the day `since` on: by day, then by place (1 query)."""
    booked: defaultdict[date, dict[int, Occupancy]] = defaultdict(dict)
    rows = Occupancy.objects.filter(
        resource__startswith=f"venue:{venue.pk}:", active=True, starts__gte=midnight(since)
    )
    for row in rows.order_by("starts"):
        booked[row.starts.astimezone(UTC).date()][int(row.resource.rpartition(":")[2])] = row
    return dict(booked)
