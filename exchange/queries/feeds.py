"""What calendars to subscribe to show. The public ones hold nothing that both clubs had not agreed on."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q, QuerySet

from exchange.enums import FIXTURE_LIVE, FIXTURE_PUBLIC, FixtureState
from exchange.models import Club, Fixture, Season, Team
from portal.models import University

from .invitations import with_sides

#: Days that stay in a feed once they are over.
LOOKS_BACK = 90
#: The largest feed; a season of one sport has less.
MOST_FIXTURES = 2_000
#: What stands in the calendar of who plays: a fixture that never was agreed on goes away again.
OWN = (*FIXTURE_LIVE, FixtureState.CANCELLED)


def team_fixtures(team: Team) -> Q:
    return Q(host=team) | Q(guest=team)


def club_fixtures(club: Club) -> Q:
    return Q(host__club=club) | Q(guest__club=club)


def university_fixtures(university: University) -> Q:
    return Q(host__club__university=university) | Q(guest__club__university=university)


def season_fixtures(season: Season) -> Q:
    return Q(season=season)


def sport_fixtures(code: str) -> Q:
    return Q(host__sport=code)


def public_feed(which: Q, *, today: date) -> QuerySet[Fixture]:
    return _recent(Fixture.objects.filter(which, state__in=FIXTURE_PUBLIC), today)


def own_feed(teams: QuerySet[Team], *, today: date) -> QuerySet[Fixture]:
    """Of all these teams, pending ones among them."""
    mine = teams.values("pk")
    which = Q(host__in=mine) | Q(guest__in=mine)
    return _recent(Fixture.objects.filter(which, state__in=OWN), today)


def _recent(fixtures: QuerySet[Fixture], today: date) -> QuerySet[Fixture]:
    recent = with_sides(fixtures.filter(date__gte=today - timedelta(days=LOOKS_BACK)))
    return recent.order_by("date", "pk")[:MOST_FIXTURES]
