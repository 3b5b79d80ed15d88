"""What the request pages and the request file read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Prefetch, Q, QuerySet

from exchange.enums import FIXTURE_LIVE
from exchange.models import Fixture, FixtureRequest, Invitation, PlannedFixture, Season, Team, UnservedRequest

from .calendar import months
from .results import with_scores

Field = tuple[str, str]  # sport and category: only teams equal in both meet
Choice = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Opponents:
    """Teams that one team could meet: of its sport and category, of another university."""

    teams: dict[int, Team]

    def choices(self) -> list[Choice]:
        return [(pk, _label(team)) for pk, team in self.teams.items()]


@dataclass(frozen=True, slots=True)
class RequestScope:
    """Within what a request may be made: `standing` fixtures of it stay, and with them their days."""

    season: Season
    team: Team
    opponents: Opponents
    today: date
    past: frozenset[date] = frozenset()
    standing: tuple[Fixture, ...] = ()

    @property
    def held(self) -> frozenset[date]:
        """Days that a change cannot take away."""
        return self.past | {fixture.date for fixture in self.standing}


def teams_with_places(teams: QuerySet[Team]) -> QuerySet[Team]:
    return teams.select_related("club__university").order_by("club__name", "name", "pk")


def today_at(team: Team, now: datetime) -> date:
    """The calendar day where the team plays."""
    return now.astimezone(team.club.university.time_zone).date()


def opponents_of(team: Team) -> Opponents:
    return opponents_among([team])[team.club.university_id, team.sport, team.category]


def opponents_among(teams: Iterable[Team]) -> dict[tuple[int, str, str], Opponents]:
    """Opponents of all `teams` by university, sport and category (1 query however many teams)."""
    keys = {(team.club.university_id, team.sport, team.category) for team in teams}
    fields: defaultdict[Field, list[Team]] = defaultdict(list)
    rows = Team.objects.filter(sport__in={key[1] for key in keys}).select_related("club__university")
    for rival in rows.order_by("club__university__country", "club__university__city", "name", "pk"):
        fields[rival.sport, rival.category].append(rival)
    return {key: _opponents(fields[key[1:]], university=key[0]) for key in keys}


def rivals_of(teams: Iterable[Team]) -> list[Team]:
    """Whom any of `teams` could meet, each once (1 query)."""
    found = {pk: team for group in opponents_among(teams).values() for pk, team in group.teams.items()}
    return sorted(found.values(), key=lambda team: (team.sport, team.category, team.name, team.pk))


def _opponents(teams: list[Team], *, university: int) -> Opponents:
    return Opponents({team.pk: team for team in teams if team.club.university_id != university})


def _label(team: Team) -> str:
    university = team.club.university
    return f"{team.name}, {university.short_name or university} ({university.city})"


def scope_of(team: Team, season: Season, *, now: datetime) -> RequestScope:
    """For a new request."""
    return RequestScope(season, team, opponents_of(team), today_at(team, now))


def scope_of_change(request: FixtureRequest, *, now: datetime) -> RequestScope:
    today = today_at(request.team, now)
    return RequestScope(
        request.season,
        request.team,
        opponents_of(request.team),
        today,
        past=frozenset(request.days.filter(date__lte=today).values_list("date", flat=True)),
        standing=tuple(standing_fixtures(request)),
    )


def fixtures_of(request: FixtureRequest) -> QuerySet[Fixture]:
    """With both sides and their universities, and every invitation."""
    invitations = Invitation.objects.select_related("team").order_by("pk")
    return (
        with_scores(Fixture.objects.filter(Q(host_request=request) | Q(guest_request=request)))
        .select_related("host__club__university", "guest__club__university", "venue")
        .prefetch_related(Prefetch("invitations", queryset=invitations))
        .order_by("date", "pk")
    )


def standing_fixtures(request: FixtureRequest) -> QuerySet[Fixture]:
    """Those that hold their day: proposed or confirmed."""
    return fixtures_of(request).filter(state__in=FIXTURE_LIVE)


@dataclass(frozen=True, slots=True)
class RunAnswer:
    """What the season's published run says of one request; `unserved` when it gave nothing."""

    planned: int
    unserved: UnservedRequest | None


def answer_of_run(request: FixtureRequest) -> RunAnswer | None:
    """None while no run that knew the request has been published."""
    run = request.season.published_run_id
    if run is None:
        return None
    planned = PlannedFixture.objects.filter(Q(host=request) | Q(guest=request), run=run).count()
    unserved = UnservedRequest.objects.filter(run=run, request=request).first()
    return RunAnswer(planned, unserved) if planned or unserved else None


@dataclass(frozen=True, slots=True)
class MarkedMonth:
    """A month with what each day of it is marked as: "" for nothing, None outside the month."""

    first: date
    weeks: list[list[tuple[date, str] | None]]


def marked_months(days: Mapping[date, str]) -> list[MarkedMonth]:
    """Only months that hold a marked day."""
    if not days:
        return []
    kept = {day.replace(day=1) for day in days}
    return [
        MarkedMonth(month.first, [[day and (day, days.get(day, "")) for day in week] for week in month.weeks])
        for month in months(min(days), max(days))
        if month.first in kept
    ]


def listed(requests: QuerySet[FixtureRequest]) -> QuerySet[FixtureRequest]:
    """With what a card of a request shows."""
    return requests.select_related("team__club__university", "season").annotate(
        day_count=Count("days", distinct=True)
    )
