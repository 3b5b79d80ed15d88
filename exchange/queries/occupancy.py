"""Who and what is taken on which day: a fixture takes its calendar date, written as if in UTC (0004)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Q

from exchange.models import Occupancy

VenueDay = tuple[int, date]


def team_resource(team: int) -> str:
    return f"team:{team}"


def venue_resource(venue: int, place: int) -> str:
    return f"venue:{venue}:{place}"


def midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)


@dataclass(frozen=True, slots=True)
class Taken:
    """What active occupancies hold: places of a venue by day, days of a team."""

    places: dict[VenueDay, set[int]]
    teams: dict[int, set[date]]


def taken(first: date, last: date, *, only: Q | None = None) -> Taken:
    """Of all seasons, both days included (1 query): venues and teams are shared by them."""
    rows = Occupancy.objects.filter(
        only or Q(),
        active=True,
        starts__lt=midnight(last + timedelta(days=1)),
        ends__gt=midnight(first),
    ).values_list("resource", "starts")
    places: defaultdict[VenueDay, set[int]] = defaultdict(set)
    teams: defaultdict[int, set[date]] = defaultdict(set)
    for resource, starts in rows:
        kind, number, *place = resource.split(":")
        day = starts.astimezone(UTC).date()
        if kind == "venue":
            places[int(number), day].add(int(place[0]))
        else:
            teams[int(number)].add(day)
    return Taken(dict(places), dict(teams))
