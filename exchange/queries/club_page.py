"""A club as everybody may see it on its page: teams with their form, fixtures, whom it has met."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import (
    Count,
    Exists,
    F,
    Max,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Window,
    prefetch_related_objects,
)
from django.db.models.functions import RowNumber

from exchange.enums import FIXTURE_BEGUN, FixtureState, RequestState, ResultKind, ResultState
from exchange.models import Club, ClubPage, Fixture, RatingChange, Result, Team
from exchange.rating_plot import RatingLine, rating_line

from .invitations import with_sides
from .reciprocity import Balance, balances
from .results import with_scores

#: Results that a team's form shows, and those that its line is drawn from.
FORM, LINE = 5, 12
COMING, PLAYED, MET = 10, 5, 12


@dataclass(frozen=True, slots=True)
class TeamForm:
    team: Team
    #: The latest last: 1 won, 0.5 drawn, 0 lost; of results that moved the rating.
    scores: list[float]
    line: RatingLine | None


@dataclass(frozen=True, slots=True)
class Met:
    """Another club, how often the two have played and when last."""

    club: Club
    times: int
    last: date


@dataclass(frozen=True, slots=True)
class ClubView:
    club: Club
    teams: list[TeamForm]
    open_requests: int
    coming: list[Fixture]
    #: The latest first.
    played: list[Fixture]
    #: Those met most often first, at most `MET`; `met_more` says how many others there are.
    met: list[Met] = field(default_factory=list)
    met_more: int = 0
    visits: list[Balance] = field(default_factory=list)


def club_view(page: ClubPage, *, today: date) -> ClubView:
    """6 queries, and none for the club or its university afterwards."""
    with_university = Prefetch("club", Club.objects.select_related("university"))
    prefetch_related_objects([page], with_university)
    club = page.club
    teams = list(_teams(club, today))
    coming, played = _fixtures(club, today)
    met, visits = _others(club)
    return ClubView(
        club=club,
        teams=list(_with_form(teams)),
        open_requests=sum(team.asks for team in teams),
        coming=coming,
        played=played,
        met=met[:MET],
        met_more=max(0, len(met) - MET),
        visits=visits,
    )


def _teams(club: Club, today: date) -> QuerySet[Team]:
    asked = Q(requests__state=RequestState.OPEN, requests__season__ends__gte=today)
    return (
        club.teams.select_related("home_venue")
        .annotate(asks=Count("requests", filter=asked))
        .order_by("sport", "category", "name")
    )


def _with_form(teams: list[Team]) -> Iterable[TeamForm]:
    latest = Window(RowNumber(), partition_by=F("team"), order_by=F("pk").desc())
    rows = RatingChange.objects.filter(team__in=teams).annotate(nth=latest).filter(nth__lte=LINE)
    changes: defaultdict[int, list[RatingChange]] = defaultdict(list)
    for change in rows.order_by("pk"):
        changes[change.team_id].append(change)
    for team in teams:
        mine = changes[team.pk]
        yield TeamForm(team, [change.score for change in mine[-FORM:]], rating_line(mine))


def _fixtures(club: Club, today: date) -> tuple[list[Fixture], list[Fixture]]:
    """What comes, the next first, and what was played, the latest first (1 query)."""
    mine = Fixture.objects.filter(Q(host__club=club) | Q(guest__club=club))
    ahead = mine.filter(state=FixtureState.CONFIRMED, date__gte=today).order_by("date", "pk")[:COMING]
    begun = mine.filter(state__in=FIXTURE_BEGUN).order_by("-date", "-pk")[:PLAYED]
    either = Q(pk__in=ahead.values("pk")) | Q(pk__in=begun.values("pk"))
    found = list(with_scores(with_sides(Fixture.objects.filter(either))).order_by("date", "pk"))
    coming = [fixture for fixture in found if fixture.state == FixtureState.CONFIRMED]
    return coming, [fixture for fixture in reversed(found) if fixture.state in FIXTURE_BEGUN]


def _others(club: Club) -> tuple[list[Met], list[Balance]]:
    """Whom the club has met, and who owes whom a visit (2 queries)."""
    trips: Counter[tuple[int, int]] = Counter()
    times: Counter[int] = Counter()
    last: dict[int, date] = {}
    for host, guest, state, stayed, count, day in _meetings(club):
        other = guest if host == club.pk else host
        if state != FixtureState.WALKOVER:
            times[other] += count
            last[other] = max(day, last.get(other, day))
        if not (stayed and state == FixtureState.WALKOVER):
            trips[host, guest] += count
    known = {pk for pair in trips for pk in pair} - {club.pk}
    clubs = Club.objects.select_related("university").in_bulk(known | set(times))
    met = [Met(clubs[pk], count, last[pk]) for pk, count in times.items()]
    met.sort(key=lambda one: (-one.times, one.club.name, one.club.pk))
    return met, balances(club, trips, clubs)


def clubs_met(club: Club) -> list[Met]:
    """All of them, those met most often first (2 queries)."""
    return _others(club)[0]


def _meetings(club: Club) -> QuerySet:
    """By the two clubs, by how it ended and by whether the guest stayed away: how often and when last."""
    absent = {"state": ResultState.STANDS, "kind": ResultKind.GUEST_ABSENT}
    stayed = Exists(Result.objects.filter(fixture=OuterRef("pk"), **absent))
    begun = Fixture.objects.filter(Q(host__club=club) | Q(guest__club=club), state__in=FIXTURE_BEGUN)
    return (
        begun.exclude(host__club=F("guest__club"))
        .order_by()
        .annotate(stayed=stayed)
        .values_list("host__club", "guest__club", "state", "stayed")
        .annotate(count=Count("pk"), last=Max("date"))
    )
