"""Everything of one season that a matching run looks at, read in a fixed number of queries."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q

from exchange.enums import FIXTURE_HOLDS, FixtureState, RequestState
from exchange.models import Fixture, FixtureRequest, ForbiddenPair, RequestDay, Season

from .occupancy import Taken, taken
from .reciprocity import debts_among, returns


class Standing(NamedTuple):
    """A fixture between two requests that holds its date."""

    host: int
    guest: int
    date: date


@dataclass(frozen=True, slots=True)
class SeasonRows:
    """Keys are ids of requests; `played` are days of standing fixtures, `forbidden` are pairs of teams.

    `postponed` counts the fixtures of a request that wait for another date.
    """

    season: Season
    requests: list[FixtureRequest]
    days: dict[int, dict[date, str]]
    standing: list[Standing]
    played: dict[int, list[date]]
    postponed: Counter[int]
    avoid: dict[int, set[int]]
    prefer: dict[int, set[int]]
    #: Teams to meet because one of the two clubs owes the other a visit.
    returns: dict[int, set[int]]
    forbidden: list[tuple[int, int]]
    taken: Taken

    @property
    def first(self) -> date:
        """Of the season; earlier where a fixture stands outside, since its dates were moved afterwards."""
        return min([self.season.starts, *(f.date for f in self.standing)])

    @property
    def last(self) -> date:
        return max([self.season.ends, *(f.date for f in self.standing)])


def read_season(season: Season, *, earliest: date) -> SeasonRows:
    """Open requests, those whose fixtures still stand, and their days from `earliest` on (9 queries)."""
    with one_moment():
        requests, standing, avoid = _requests(season), _standing(season), _wishes("avoid", season)
        pairs = ForbiddenPair.objects.filter(season=season).order_by("pk").values_list("first", "second")
        waiting = Fixture.objects.filter(season=season, state=FixtureState.POSTPONED).order_by("pk")
        postponed = list(waiting.values_list("host_request", "guest_request", "host", "guest"))
        dates = [season.starts, season.ends, *(fixture.date for fixture in standing)]
        margin = timedelta(days=max((request.min_rest_days for request in requests), default=0))
        played = _played(standing)
        waiting = Counter(request for *sides, _host, _guest in postponed for request in sides)
        return SeasonRows(
            season=season,
            # Nothing is left to pair of a request all of whose fixtures only wait for another date.
            requests=[row for row in requests if row.pk in played or row.wanted > waiting[row.pk]],
            days=_days(season, earliest),
            standing=standing,
            played=played,
            postponed=waiting,
            avoid=avoid,
            prefer=_wishes("prefer", season),
            returns=returns(requests, _owed(season), avoid),
            # They meet already, on a day that is still to be found.
            forbidden=[*pairs, *(tuple(teams) for _, _, *teams in postponed)],
            taken=taken(min(dates) - margin, max(dates) + margin),
        )


@contextmanager
def one_moment() -> Iterator[None]:
    """Queries that see the database as it was at one moment; inside another transaction, as that one does."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _requests(season: Season) -> list[FixtureRequest]:
    mine = Q(host_request=OuterRef("pk")) | Q(guest_request=OuterRef("pk"))
    stands = Fixture.objects.filter(mine, state__in=FIXTURE_HOLDS)
    rows = FixtureRequest.objects.filter(Q(state=RequestState.OPEN) | Exists(stands), season=season)
    return list(rows.select_related("team__club__university", "team__home_venue").order_by("pk"))


def _standing(season: Season) -> list[Standing]:
    rows = Fixture.objects.filter(season=season, state__in=FIXTURE_HOLDS).order_by("pk")
    return [Standing(*row) for row in rows.values_list("host_request", "guest_request", "date")]


def _played(standing: list[Standing]) -> dict[int, list[date]]:
    played: defaultdict[int, list[date]] = defaultdict(list)
    for host, guest, day in standing:
        played[host].append(day)
        played[guest].append(day)
    return {request: sorted(days) for request, days in played.items()}


def _days(season: Season, earliest: date) -> dict[int, dict[date, str]]:
    rows = RequestDay.objects.filter(
        request__season=season,
        request__state=RequestState.OPEN,
        date__range=(max(earliest, season.starts), season.ends),
    )
    days: defaultdict[int, dict[date, str]] = defaultdict(dict)
    for request, day, use in rows.order_by("request", "date").values_list("request", "date", "use"):
        days[request][day] = use
    return dict(days)


def _owed(season: Season) -> dict[tuple[int, int], int]:
    return debts_among(FixtureRequest.objects.filter(season=season).values("team__club"))


def _wishes(name: str, season: Season) -> dict[int, set[int]]:
    rows = getattr(FixtureRequest, name).through.objects.filter(fixturerequest__season=season)
    wishes: defaultdict[int, set[int]] = defaultdict(set)
    for request, team in rows.values_list("fixturerequest", "team"):
        wishes[request].add(team)
    return dict(wishes)
