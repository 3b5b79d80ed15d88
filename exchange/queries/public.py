"""What anyone may see of clubs and their fixtures: no person, no address, nothing unconfirmed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Manager, Q, QuerySet, Value

from exchange.enums import FIXTURE_BEGUN, FixtureState
from exchange.models import Club, ClubIndexPage, ClubPage, Fixture, Team
from portal.models import University, UniversityPage
from portal.models.spoken import in_one_language

#: What the two clubs have agreed on and was not called off.
AGREED = (FixtureState.CONFIRMED, *FIXTURE_BEGUN)


@dataclass(frozen=True, slots=True)
class Figures:
    universities: int = 0
    clubs: int = 0
    teams: int = 0
    fixtures: int = 0


def figures() -> Figures:
    """1 query."""
    universities = _counted(University.objects.members(), "universities")
    clubs, teams = _counted(Club.objects, "clubs"), _counted(Team.objects, "teams")
    fixtures = _counted(Fixture.objects.filter(state__in=AGREED), "fixtures")
    return Figures(**dict(universities.union(clubs, teams, fixtures, all=True)))


def _counted(rows: QuerySet | Manager, name: str) -> QuerySet:
    """A row (name, count); none where there is nothing to count."""
    return rows.order_by().values(what=Value(name)).annotate(number=Count("pk")).values_list("what", "number")


def coming_fixtures(
    *, today: date, university: University | None = None, club: Club | None = None
) -> QuerySet[Fixture]:
    """Confirmed fixtures from today on, with all that a line about them shows."""
    fixtures = Fixture.objects.filter(state=FixtureState.CONFIRMED, date__gte=today)
    if university is not None:
        fixtures = fixtures.filter(
            Q(host__club__university=university) | Q(guest__club__university=university)
        )
    if club is not None:
        fixtures = fixtures.filter(Q(host__club=club) | Q(guest__club=club))
    return fixtures.select_related("host__club__university", "guest__club__university", "venue").order_by(
        "date", "pk"
    )


def _club_cards() -> QuerySet[ClubPage]:
    pages = (
        in_one_language(ClubPage.objects.live()).select_related("club").annotate(teams=Count("club__teams"))
    )
    return pages.order_by("club__name", "pk")


def live_club_pages(university: University) -> QuerySet[ClubPage]:
    """Pages of a university's clubs, each with the number of its teams as `teams`."""
    return _club_cards().filter(club__university=university)


def live_club_pages_below(index: ClubIndexPage) -> QuerySet[ClubPage]:
    """Of the university above `index`: in another language not all clubs have a page below it."""
    return _club_cards().filter(
        club__university__in=UniversityPage.objects.ancestor_of(index).values("university")
    )
