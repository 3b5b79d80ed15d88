"""A team as everybody may see it: what it has played, what comes, how its rating went."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet

from exchange.enums import FIXTURE_BEGUN, FixtureState, RequestState, ResultKind, ResultState
from exchange.models import Fixture, FixtureRequest, RatingChange, Result, Team

from .invitations import with_sides
from .results import with_scores

#: Of each list; the list of fixtures has the rest.
SHOWN = 30


@dataclass(frozen=True, slots=True)
class TeamRecord:
    """Of results that stand and were played to the end; walkovers are counted beside."""

    won: int
    drawn: int
    lost: int
    walkovers: int

    @property
    def played(self) -> int:
        return self.won + self.drawn + self.lost


@dataclass(frozen=True, slots=True)
class TeamPage:
    record: TeamRecord
    coming: list[Fixture]
    past: list[Fixture]
    #: The latest last, as they were applied.
    changes: list[RatingChange]
    open_requests: int


def team_page(team: Team, *, today: date) -> TeamPage:
    """5 queries."""
    mine = with_sides(Fixture.objects.filter(Q(host=team) | Q(guest=team)))
    coming = mine.filter(state=FixtureState.CONFIRMED, date__gte=today).order_by("date", "pk")
    past = with_scores(mine.filter(state__in=FIXTURE_BEGUN)).order_by("-date", "-pk")
    asked = FixtureRequest.objects.filter(team=team, state=RequestState.OPEN, season__ends__gte=today)
    return TeamPage(
        record=record_of(team),
        coming=list(coming[:SHOWN]),
        past=list(past[:SHOWN]),
        changes=list(reversed(_changes(team)[:SHOWN])),
        open_requests=asked.count(),
    )


def _changes(team: Team) -> QuerySet[RatingChange]:
    sides = ("fixture__host", "fixture__guest")
    return RatingChange.objects.filter(team=team).select_related(*sides).order_by("-pk")


def record_of(team: Team) -> TeamRecord:
    at_home, away = Q(fixture__host=team), Q(fixture__guest=team)
    played = Q(kind=ResultKind.PLAYED)
    more, fewer = Q(host_score__gt=F("guest_score")), Q(host_score__lt=F("guest_score"))
    counts = Result.objects.filter(at_home | away, state=ResultState.STANDS).aggregate(
        won=Count("pk", filter=played & (at_home & more | away & fewer)),
        lost=Count("pk", filter=played & (at_home & fewer | away & more)),
        drawn=Count("pk", filter=played & Q(host_score=F("guest_score"))),
        walkovers=Count("pk", filter=Q(kind__in=(ResultKind.HOST_ABSENT, ResultKind.GUEST_ABSENT))),
    )
    return TeamRecord(**counts)
