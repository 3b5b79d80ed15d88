"""Fixtures for the list that everybody may read, and for their pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from exchange.enums import FIXTURE_BEGUN, FIXTURE_COMING, FixtureState
from exchange.models import Fixture, Team
from portal.models import University
from portal.sports import sport

from .results import with_scores

#: All that a line of the list shows: a fixture and its sides have a hundred columns, these are few.
LOADED = ("host__club__university", "guest")
SHOWN = (
    *("date", "kick_off", "state", "host__name", "host__sport", "host__category", "guest__name"),
    "host__club__university__city",
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader filters by; the empty one asks for all that is still to come."""

    sport: str = ""
    month: date | None = None
    university: int | None = None
    #: What has been played instead, the latest first.
    played: bool = False


def ahead(today: date) -> Q:
    """Still to be played; the day that a postponed fixture has left says nothing about it."""
    return Q(state__in=FIXTURE_COMING, date__gte=today) | Q(state=FixtureState.POSTPONED)


def narrowed(fixtures: QuerySet[Fixture], wanted: Wanted, *, today: date) -> QuerySet[Fixture]:
    if wanted.played:
        fixtures = fixtures.filter(state__in=FIXTURE_BEGUN)
    elif wanted.month is None:
        fixtures = fixtures.filter(ahead(today))
    if wanted.month is not None:
        fixtures = fixtures.filter(date__year=wanted.month.year, date__month=wanted.month.month)
    if wanted.sport:
        fixtures = fixtures.filter(host__sport=wanted.sport)
    if wanted.university is not None:
        sides = Q(host__club__university=wanted.university) | Q(guest__club__university=wanted.university)
        fixtures = fixtures.filter(sides)
    order = ("-date", "-pk") if wanted.played else ("date", "pk")
    return with_scores(fixtures.select_related(*LOADED).only(*SHOWN)).order_by(*order)


def sports_of(fixtures: QuerySet[Fixture]) -> list[tuple[str, str]]:
    """Code and name of every sport that is played."""
    codes = fixtures.order_by().values_list("host__sport", flat=True).distinct()
    return sorted(((code, str(sport(code).name)) for code in codes), key=lambda choice: choice[1])


def months_of(fixtures: QuerySet[Fixture]) -> list[date]:
    return list(fixtures.order_by().dates("date", "month"))


def universities_of(fixtures: QuerySet[Fixture]) -> list[University]:
    teams = Team.objects.filter(Q(pk__in=fixtures.values("host")) | Q(pk__in=fixtures.values("guest")))
    rows = University.objects.filter(clubs__teams__in=teams).distinct().order_by("name", "pk")
    return list(rows.only("name", "names", "country"))
