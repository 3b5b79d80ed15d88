"""Open requests as everybody may see them: who looks for opponents, when, how far away.

No note, no wish whom to meet or to avoid, no person: those are the team's own affair until two are to meet.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, F, FloatField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import ASin, Coalesce, Cos, Least, Power, Radians, Sin, Sqrt

from exchange.enums import FIXTURE_LIVE, DayUse, RequestState
from exchange.gateway import earliest_day
from exchange.levels import UNSURE, Level
from exchange.matching.rules import EARTH_RADIUS_KM
from exchange.models import Fixture, FixtureRequest, RequestDay, Team
from portal.models import University

from .occupancy import taken, team_resource

#: About as strong: so many rating points up or down.
NEAR = 150


@dataclass(frozen=True, slots=True)
class Sought:
    """What a reader filters by; the empty one asks for all that is open."""

    sport: str = ""
    category: str = ""
    level: str = ""
    #: About as strong as this rating.
    near: float | None = None
    after: date | None = None
    before: date | None = None
    country: str = ""
    university: int | None = None
    #: Distances are counted from here.
    origin: University | None = None
    within_km: int | None = None
    #: Only clubs with which there is a visit to return.
    clubs: frozenset[int] | None = None
    #: Only of universities that an agreement binds to mine.
    bound: Q | None = None
    nearest_first: bool = False


@dataclass(frozen=True, slots=True)
class DaySpan:
    """Days in a row on which the team can do the same."""

    first: date
    last: date
    use: DayUse


def open_requests(now: datetime) -> QuerySet[FixtureRequest]:
    """Still looking: a fixture is wanted that does not stand yet, and a day is named that leaves time."""
    day = RequestDay.objects.filter(request=OuterRef("pk"), date__gte=earliest_day(now))
    rows = FixtureRequest.objects.filter(state=RequestState.OPEN, season__ends__gte=earliest_day(now))
    rows = rows.annotate(standing=_standing("host_request") + _standing("guest_request"))
    return rows.filter(Exists(day), wanted__gt=F("standing"))


def _standing(side: str) -> Coalesce:
    fixtures = Fixture.objects.filter(**{side: OuterRef("pk")}, state__in=FIXTURE_LIVE).order_by()
    return Coalesce(Subquery(fixtures.values(side).annotate(n=Count("pk")).values("n")), 0)


def narrowed(rows: QuerySet[FixtureRequest], sought: Sought, *, now: datetime) -> QuerySet[FixtureRequest]:
    exact = {
        "team__sport": sought.sport,
        "team__category": sought.category,
        "team__club__university__country": sought.country,
        "team__club__university": sought.university,
    }
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    if sought.level:
        rows = rows.filter(_of_level(Level(sought.level)))
    if sought.near is not None:
        rows = rows.filter(team__rating__range=(sought.near - NEAR, sought.near + NEAR))
    if sought.clubs is not None:
        rows = rows.filter(team__club__in=sought.clubs)
    if sought.bound is not None:
        rows = rows.filter(sought.bound)
    if sought.after or sought.before:
        rows = rows.filter(Exists(_days_between(sought, now)))
    return _by_distance(rows, sought)


def _of_level(level: Level) -> Q:
    if level == Level.UNRATED:
        return Q(team__rating_deviation__gte=UNSURE)
    least, most = level.bounds
    return Q(team__rating__gte=least, team__rating__lt=most, team__rating_deviation__lt=UNSURE)


def _days_between(sought: Sought, now: datetime) -> QuerySet[RequestDay]:
    after = max(filter(None, [sought.after, earliest_day(now)]))
    days = RequestDay.objects.filter(request=OuterRef("pk"), date__gte=after)
    return days.filter(date__lte=sought.before) if sought.before else days


def _by_distance(rows: QuerySet[FixtureRequest], sought: Sought) -> QuerySet[FixtureRequest]:
    first_day = RequestDay.objects.filter(request=OuterRef("pk"), date__gte=Value(sought.after or date.min))
    rows = rows.annotate(first_day=Subquery(first_day.order_by("date").values("date")[:1]))
    if sought.origin is None:
        return rows.order_by("first_day", "pk")
    rows = rows.exclude(team__club__university=sought.origin).annotate(km=_kilometres(sought.origin))
    if sought.within_km:
        rows = rows.filter(km__lte=sought.within_km)
    return rows.order_by(*(("km", "pk") if sought.nearest_first else ("first_day", "km", "pk")))


def _kilometres(origin: University) -> FloatField:
    """Great-circle distance to where the team plays at home, by the formula of matching/rules.py."""
    lat = Radians(Coalesce("team__home_venue__lat", "team__club__university__lat"))
    lon = Radians(Coalesce("team__home_venue__lon", "team__club__university__lon"))
    p, q = Radians(Value(origin.lat)), Radians(Value(origin.lon))
    north, east = Sin((lat - p) / 2.0), Sin((lon - q) / 2.0)
    h = Power(north, 2) + Cos(p) * Cos(lat) * Power(east, 2)
    return Value(2 * EARTH_RADIUS_KM) * ASin(Least(Value(1.0), Sqrt(h)))


def with_cards(rows: Iterable[FixtureRequest], *, now: datetime) -> list[FixtureRequest]:
    """Gives each row `spans`, the days still free (2 queries for all rows)."""
    rows = list(rows)
    free = free_days(rows, now=now)
    for row in rows:
        row.spans = spans_of(free[row.pk])
    return rows


def free_days(rows: list[FixtureRequest], *, now: datetime) -> dict[int, dict[date, str]]:
    """By request: the days it has named and that no fixture of the team lies on or too near to."""
    free: dict[int, dict[date, str]] = {row.pk: {} for row in rows}
    by_pk = {row.pk: row for row in rows}
    named = RequestDay.objects.filter(request__in=by_pk, date__gte=earliest_day(now)).order_by("date")
    days = list(named.values_list("request", "date", "use"))
    if not days:
        return free
    rest = timedelta(days=max(row.min_rest_days for row in rows))
    dates = [day for _, day, _ in days]
    teams = Q(resource__in=[team_resource(row.team_id) for row in rows])
    held = taken(min(dates) - rest, max(dates) + rest, only=teams).teams
    for pk, day, use in days:
        row = by_pk[pk]
        if all(abs((day - other).days) > row.min_rest_days for other in held.get(row.team_id, ())):
            free[pk][day] = use
    return free


def spans_of(days: dict[date, str]) -> list[DaySpan]:
    spans: list[DaySpan] = []
    for day, use in sorted(days.items()):
        if spans and spans[-1].use == use and day - spans[-1].last == timedelta(days=1):
            spans[-1] = DaySpan(spans[-1].first, day, DayUse(use))
        else:
            spans.append(DaySpan(day, day, DayUse(use)))
    return spans


def universities_looking(rows: QuerySet[FixtureRequest]) -> list[University]:
    return list(
        University.objects.filter(clubs__teams__requests__in=rows.values("pk"))
        .distinct()
        .order_by("name", "pk")
    )


def own_teams(teams: QuerySet[Team], *, most: int) -> list[Team]:
    """With their places, for who acts for them."""
    places = teams.select_related("club__university", "home_venue")
    return list(places.order_by("club__name", "name", "pk")[:most])
