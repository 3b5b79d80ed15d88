"""One request as the engine's value, without its days and without what else stands in its season."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from exchange import matching
from exchange.models import FixtureRequest


def engine_side(request: FixtureRequest, *, now: datetime) -> matching.Request:
    """What a single fixture is worth to it (1 query: whom it would like to meet)."""
    prefer = frozenset(map(str, request.prefer.values_list("pk", flat=True)))
    return replace(bare_side(request, now=now), prefer=prefer)


def bare_side(request: FixtureRequest, *, now: datetime) -> matching.Request:
    """The request's own facts, as it comes with team, club, university and home venue (no query)."""
    team, university = request.team, request.team.club.university
    place = team.home_venue or university
    return matching.Request(
        id=str(request.pk),
        team=str(team.pk),
        club=str(team.club_id),
        university=university.ror,
        country=university.country.code,
        sport=team.sport,
        category=team.category,
        rating=team.rating,
        rating_deviation=team.rating_deviation,
        lat=place.lat,
        lon=place.lon,
        host_dates=(),
        travel_dates=(),
        wanted=request.wanted,
        min_rest_days=request.min_rest_days,
        max_distance_km=float(request.max_distance_km),
        max_rating_gap=None if request.max_rating_gap is None else float(request.max_rating_gap),
        venue=None if team.home_venue_id is None else str(team.home_venue_id),
        avoid=frozenset(),
        prefer=frozenset(),
        waiting_days=max(0, (now - request.created_at).days),
    )
