"""What waits for a person, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from exchange.enums import FIXTURE_LIVE, FixtureState
from exchange.models import Club, Fixture, FixtureRequest, Invitation, Team

from .dates import waiting_for
from .invitations import unanswered, with_sides
from .requests import listed
from .unfinished import results_to_enter

#: Cards of a kind at once: portal administrators act for every club there is.
SHOWN = 30


@dataclass(frozen=True, slots=True)
class Desk:
    """At most `SHOWN` of each, the most urgent first."""

    invitations: list[Invitation]
    #: Fixtures whose other side has offered dates.
    offers: list[Fixture]
    #: Fixtures whose result is to be entered or confirmed.
    results: list[Fixture]
    requests: list[FixtureRequest]
    fixtures: list[Fixture]
    clubs: list[Club]

    @property
    def team_count(self) -> int:
        return sum(club.team_count for club in self.clubs)


def desk_of(
    *,
    clubs: QuerySet[Club],
    teams: QuerySet[Team],
    requests: QuerySet[FixtureRequest],
    invitations: QuerySet[Invitation],
    today: date,
    now: datetime,
) -> Desk:
    """Of what one person may act for (6 queries)."""
    asked = listed(requests.filter(season__ends__gte=today))
    mine = teams.values("pk")
    # The day that a postponed fixture has left says nothing about it.
    ahead = Q(state=FixtureState.POSTPONED) | Q(state__in=FIXTURE_LIVE, date__gte=today)
    coming = Fixture.objects.filter(ahead, Q(host__in=mine) | Q(guest__in=mine))
    counted = clubs.select_related("university").annotate(team_count=Count("teams", distinct=True))
    return Desk(
        invitations=list(unanswered(invitations)[:SHOWN]),
        offers=list(with_sides(waiting_for(teams, now=now))[:SHOWN]),
        results=list(with_sides(results_to_enter(teams))[:SHOWN]),
        requests=list(asked[:SHOWN]),
        fixtures=list(with_sides(coming).order_by("date", "pk")[:SHOWN]),
        clubs=list(counted.order_by("name", "pk")[:SHOWN]),
    )
