"""One month of the calendar: fixtures and events day by day, and where seasons begin and end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max, Min, Q, QuerySet

from exchange.enums import FIXTURE_BEGUN, FixtureState
from exchange.models import Fixture, Season
from portal.enums import EventKind
from portal.models import Agreement, Event
from portal.queries.agreements import sides_of
from portal.queries.events import EventsAsked, narrowed_events

from .calendar import months
from .invitations import with_sides
from .results import with_scores

#: What stands on a day. A postponed fixture has none, a cancelled one is off.
ON_A_DAY = (FixtureState.PROPOSED, FixtureState.CONFIRMED, *FIXTURE_BEGUN)
#: The word for what clubs play.
FIXTURES = "fixtures"
#: More than this nobody reads in one month; filters make it less.
MOST = 300
#: In one square of the grid; the list below has the rest.
IN_A_SQUARE = 3
#: Of them, so that a camp of two weeks leaves room for what is played.
EVENTS_IN_A_SQUARE = 2


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader filters by; nothing at all asks for everything."""

    sport: str = ""
    category: str = ""
    country: str = ""
    university: int | None = None
    agreement: Agreement | None = None
    #: "fixtures", "events", or one kind of events.
    what: str = ""

    @property
    def fixtures(self) -> bool:
        return self.what in ("", FIXTURES)

    @property
    def events(self) -> EventsAsked | None:
        """None: no event is asked for. Events are of no category."""
        if self.category or self.what == FIXTURES:
            return None
        kind = self.what if self.what in EventKind else ""
        agreement = self.agreement and self.agreement.pk
        return EventsAsked(kind, self.sport, self.country, self.university, agreement)


@dataclass(frozen=True, slots=True)
class Day:
    date: date
    fixtures: tuple[Fixture, ...] = ()
    #: All that go on.
    events: tuple[Event, ...] = ()
    #: Those that the list names on this day: on their first, or on the first of the month.
    opened: tuple[Event, ...] = ()
    begins: tuple[Season, ...] = ()
    ends: tuple[Season, ...] = ()

    @property
    def shown(self) -> tuple[Fixture, ...]:
        return self.fixtures[: IN_A_SQUARE - len(self.shown_events)]

    @property
    def shown_events(self) -> tuple[Event, ...]:
        return self.events[:EVENTS_IN_A_SQUARE]

    @property
    def more(self) -> int:
        return len(self.fixtures) + len(self.events) - len(self.shown) - len(self.shown_events)

    @property
    def is_empty(self) -> bool:
        return not (self.fixtures or self.opened or self.begins or self.ends)


@dataclass(frozen=True, slots=True)
class MonthPage:
    first: date
    #: Seven places a week; None where the week reaches into a neighbouring month.
    weeks: list[list[Day | None]]
    seasons: list[Season]
    #: Fixtures, and events, beyond `MOST` are left out.
    cut: bool
    #: The months before and after this one that have something, if any do.
    before: date | None
    after: date | None

    @property
    def days(self) -> list[Day]:
        return [day for week in self.weeks for day in week if day and not day.is_empty]

    @property
    def count(self) -> int:
        return sum(len(day.fixtures) + len(day.opened) for day in self.days)


def narrowed(fixtures: QuerySet[Fixture], asked: Asked) -> QuerySet[Fixture]:
    if not asked.fixtures:
        return fixtures.none()
    found = fixtures.filter(state__in=ON_A_DAY)
    if asked.sport:
        found = found.filter(host__sport=asked.sport)
    if asked.category:
        found = found.filter(host__category=asked.category)
    for name, value in (("university__country", asked.country), ("university", asked.university)):
        if value:
            found = found.filter(Q(**{f"host__club__{name}": value}) | Q(**{f"guest__club__{name}": value}))
    if asked.agreement:
        sides = sides_of(asked.agreement)
        found = found.filter(sides.bind_pairs("host__club__university", "guest__club__university"))
    return found


def month_page(
    fixtures: QuerySet[Fixture], events: QuerySet[Event], asked: Asked, *, first: date
) -> MonthPage:
    """`first` is the first day of the month (5 queries at most)."""
    last = last_day(first)
    found = narrowed(fixtures, asked)
    wanted = asked.events
    gathered = events.none() if wanted is None else narrowed_events(events, wanted)
    inside = with_scores(with_sides(found.filter(date__range=(first, last))))
    rows = list(inside.order_by("date", "starts_at", "pk")[: MOST + 1])
    days = list(gathered.during(first, last).order_by("starts_on", "title", "pk")[: MOST + 1])
    seasons = list(Season.objects.filter(starts__lte=last, ends__gte=first).order_by("starts", "pk"))
    before, after = Max("date", filter=Q(date__lt=first)), Min("date", filter=Q(date__gt=last))
    played = found.order_by().aggregate(before=before, after=after)
    before, after = (
        Max("ends_on", filter=Q(ends_on__lt=first)),
        Min("starts_on", filter=Q(starts_on__gt=last)),
    )
    held = gathered.order_by().aggregate(before=before, after=after)
    return MonthPage(
        first=first,
        weeks=_weeks(first, rows[:MOST], days[:MOST], seasons),
        seasons=seasons,
        cut=max(len(rows), len(days)) > MOST,
        before=_month_of(max, played["before"], held["before"]),
        after=_month_of(min, played["after"], held["after"]),
    )


def _month_of(nearest: Callable[..., date], *days: date | None) -> date | None:
    known = list(filter(None, days))
    return nearest(known).replace(day=1) if known else None


def last_day(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _weeks(
    first: date, fixtures: list[Fixture], events: list[Event], seasons: list[Season]
) -> list[list[Day | None]]:
    on: defaultdict[date, list[Fixture]] = defaultdict(list)
    for fixture in fixtures:
        on[fixture.date].append(fixture)

    def day_of(day: date) -> Day:
        begins = tuple(season for season in seasons if season.starts == day)
        ends = tuple(season for season in seasons if season.ends == day)
        going_on = tuple(event for event in events if event.starts_on <= day <= event.ends_on)
        opened = tuple(event for event in going_on if max(event.starts_on, first) == day)
        return Day(day, tuple(on[day]), going_on, opened, begins, ends)

    return [[day and day_of(day) for day in week] for week in months(first, first)[0].weeks]
