"""One month of the calendar: fixtures day by day, and where seasons begin and end."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max, Min, Q, QuerySet

from exchange.enums import FIXTURE_BEGUN, FixtureState
from exchange.models import Fixture, Season

from .calendar import months
from .invitations import with_sides
from .results import with_scores

#: What stands on a day. A postponed fixture has none, a cancelled one is off.
ON_A_DAY = (FixtureState.PROPOSED, FixtureState.CONFIRMED, *FIXTURE_BEGUN)
#: More than this nobody reads in one month; filters make it less.
MOST = 300
#: In one square of the grid; the list below has the rest.
IN_A_SQUARE = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader filters by; nothing at all asks for everything."""

    sport: str = ""
    category: str = ""
    country: str = ""
    university: int | None = None


@dataclass(frozen=True, slots=True)
class Day:
    date: date
    fixtures: tuple[Fixture, ...] = ()
    begins: tuple[Season, ...] = ()
    ends: tuple[Season, ...] = ()

    @property
    def shown(self) -> tuple[Fixture, ...]:
        return self.fixtures[:IN_A_SQUARE]

    @property
    def more(self) -> int:
        return max(0, len(self.fixtures) - IN_A_SQUARE)

    @property
    def is_empty(self) -> bool:
        return not (self.fixtures or self.begins or self.ends)


@dataclass(frozen=True, slots=True)
class MonthPage:
    first: date
    #: Seven places a week; None where the week reaches into a neighbouring month.
    weeks: list[list[Day | None]]
    seasons: list[Season]
    #: Fixtures beyond `MOST` are left out.
    cut: bool
    #: The months before and after this one that have a fixture, if any do.
    before: date | None
    after: date | None

    @property
    def days(self) -> list[Day]:
        return [day for week in self.weeks for day in week if day and not day.is_empty]

    @property
    def count(self) -> int:
        return sum(len(day.fixtures) for day in self.days)


def narrowed(fixtures: QuerySet[Fixture], asked: Asked) -> QuerySet[Fixture]:
    found = fixtures.filter(state__in=ON_A_DAY)
    if asked.sport:
        found = found.filter(host__sport=asked.sport)
    if asked.category:
        found = found.filter(host__category=asked.category)
    for name, value in (("university__country", asked.country), ("university", asked.university)):
        if value:
            found = found.filter(Q(**{f"host__club__{name}": value}) | Q(**{f"guest__club__{name}": value}))
    return found


def month_page(fixtures: QuerySet[Fixture], asked: Asked, *, first: date) -> MonthPage:
    """`first` is the first day of the month (3 queries)."""
    last = last_day(first)
    found = narrowed(fixtures, asked)
    inside = with_scores(with_sides(found.filter(date__range=(first, last))))
    rows = list(inside.order_by("date", "starts_at", "pk")[: MOST + 1])
    seasons = list(Season.objects.filter(starts__lte=last, ends__gte=first).order_by("starts", "pk"))
    before, after = Max("date", filter=Q(date__lt=first)), Min("date", filter=Q(date__gt=last))
    around = found.order_by().aggregate(before=before, after=after)
    return MonthPage(
        first=first,
        weeks=_weeks(first, rows[:MOST], seasons),
        seasons=seasons,
        cut=len(rows) > MOST,
        before=around["before"] and around["before"].replace(day=1),
        after=around["after"] and around["after"].replace(day=1),
    )


def last_day(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _weeks(first: date, fixtures: list[Fixture], seasons: list[Season]) -> list[list[Day | None]]:
    on: defaultdict[date, list[Fixture]] = defaultdict(list)
    for fixture in fixtures:
        on[fixture.date].append(fixture)

    def day_of(day: date) -> Day:
        begins = tuple(season for season in seasons if season.starts == day)
        ends = tuple(season for season in seasons if season.ends == day)
        return Day(day, tuple(on[day]), begins, ends)

    return [[day and day_of(day) for day in week] for week in months(first, first)[0].weeks]
