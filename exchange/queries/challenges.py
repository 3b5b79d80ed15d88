"""What a challenge is measured by: both requests, the days that are free, what was said before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from exchange.enums import FIXTURE_LIVE, HOST_USES, TRAVEL_USES, RequestState, Side
from exchange.gateway import earliest_day
from exchange.matching.rules import kilometres
from exchange.models import Fixture, FixtureRequest, ForbiddenPair, RequestDay, Team

from .occupancy import VenueDay, taken, team_resource

#: Free days between two fixtures, of a team that has not asked for any.
USUAL_REST = FixtureRequest._meta.get_field("min_rest_days").default
#: Challenges of one team are counted over this time.
COUNTED = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Duel:
    """A request that somebody asks for, and the team that does; of all seasons what concerns days."""

    asked: FixtureRequest
    team: Team
    #: What the challenger asks of that season itself; it need not have asked.
    own: FixtureRequest | None
    #: Days that the asked side has named, and what it can do then; those of the challenger.
    named: dict[date, str]
    own_named: dict[date, str]
    #: Days of fixtures, by team.
    taken: dict[int, set[date]]
    places: dict[VenueDay, set[int]]
    #: Live fixtures of either request.
    standing: dict[int, int]
    meets: bool
    refused: bool
    own_avoids: bool
    challenges: int
    km: float

    def host(self, side: Side) -> Team:
        """`side` is the challenger's."""
        return self.team if side == Side.HOST else self.asked.team

    def named_for(self, side: Side) -> set[date]:
        """Days the asked side has named for what is left to it."""
        uses = TRAVEL_USES if side == Side.HOST else HOST_USES
        return {day for day, use in self.named.items() if use in uses}


def duel_of(asked: FixtureRequest, team: Team, *, now: datetime) -> Duel:
    """8 queries. Both come with club, university and home venue."""
    own = FixtureRequest.objects.filter(season=asked.season_id, team=team).first()
    pair = (asked.team_id, team.pk)
    rest = timedelta(days=max(asked.min_rest_days, own.min_rest_days if own else USUAL_REST))
    venues = [venue for venue in (asked.team.home_venue, team.home_venue) if venue]
    ours = Q(resource__in=[team_resource(pk) for pk in pair])
    for venue in venues:
        ours |= Q(resource__startswith=f"venue:{venue.pk}:")
    held = taken(asked.season.starts - rest, asked.season.ends + rest, only=ours)
    first, second = sorted(pair)
    forbidden = ForbiddenPair.objects.filter(season=asked.season_id, first=first, second=second)
    between = Fixture.objects.filter(
        Q(host=first, guest=second) | Q(host=second, guest=first),
        season=asked.season_id,
        state__in=FIXTURE_LIVE,
    )
    return Duel(
        asked=asked,
        team=team,
        own=own,
        named=_named(asked, now),
        own_named=_named(own, now) if own and own.state == RequestState.OPEN else {},
        taken={pk: held.teams.get(pk, set()) for pk in pair},
        places=held.places,
        standing=_standing([row for row in (asked, own) if row]),
        meets=between.exists(),
        refused=forbidden.exists() or asked.avoid.filter(pk=team.pk).exists(),
        own_avoids=bool(own) and own.avoid.filter(pk=asked.team_id).exists(),
        challenges=_challenges(team).filter(created_at__gt=now - COUNTED).count(),
        km=kilometres(_place(asked.team), _place(team)),
    )


def _challenges(team: Team) -> QuerySet[Fixture]:
    return Fixture.objects.filter(Q(host=team, challenger=Side.HOST) | Q(guest=team, challenger=Side.GUEST))


def _named(request: FixtureRequest, now: datetime) -> dict[date, str]:
    days = RequestDay.objects.filter(request=request, date__gte=earliest_day(now)).order_by("date")
    return dict(days.values_list("date", "use"))


def _standing(requests: list[FixtureRequest]) -> dict[int, int]:
    pks = [row.pk for row in requests]
    live = Fixture.objects.filter(Q(host_request__in=pks) | Q(guest_request__in=pks), state__in=FIXTURE_LIVE)
    sides = [side for pair in live.values_list("host_request", "guest_request") for side in pair]
    return {pk: sides.count(pk) for pk in pks}


def _place(team: Team) -> object:
    """Where it plays at home: something with `lat` and `lon`."""
    return team.home_venue or team.club.university


def with_places(requests: QuerySet[FixtureRequest]) -> QuerySet[FixtureRequest]:
    return requests.select_related("season", "team__club__university", "team__home_venue")


def worthy_teams(teams: QuerySet[Team], asked: FixtureRequest) -> list[Team]:
    """Those that could meet this one: of its sport and category, of another university."""
    same = teams.filter(sport=asked.team.sport, category=asked.team.category)
    others = same.exclude(club__university=asked.team.club.university_id)
    return list(others.select_related("club__university", "home_venue").order_by("club__name", "name", "pk"))
