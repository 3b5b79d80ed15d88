"""Public pages cost at most twelve queries, and the same with ten times as much on them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from exchange.actions.clubs import found_club
from exchange.enums import FixtureState
from exchange.models import Club, Season
from portal.actions.site import lay_out_site
from portal.actions.universities import join_university
from portal.models import HomePage
from tests.factories import (
    FixtureFactory,
    FixtureRequestFactory,
    SeasonFactory,
    TeamFactory,
    UniversityFactory,
)

pytestmark = pytest.mark.django_db

MOST = 12
NOW = timezone.now()
DAY = timezone.localdate() + timedelta(days=8)


def found() -> tuple[Club, dict[str, str]]:
    """A club, and the addresses that show what it does."""
    university = UniversityFactory(name="University of Minsk", slug="minsk")
    page = join_university(university=university, now=NOW)
    club = found_club(university=university, name="Rowers", now=NOW)
    return club, {
        "home": HomePage.objects.order_by("pk").first().url,
        "university": page.url,
        "club": club.page.url,
        "fixtures": "/exchange/fixtures/",
        "calendar": f"/exchange/calendar/?month={DAY:%Y-%m}",
        "opponents": "/exchange/opponents/",
        "search": "/search/?q=owls",
        "universities": page.get_parent().url,
    }


def add_teams(club: Club, season: Season, numbers: range) -> None:
    """Each has a fixture ahead, and looks for another."""
    for number in numbers:
        team = TeamFactory(club=club, name=f"Owls {number}")
        guest = TeamFactory(name=f"Hawks {number}")
        FixtureFactory(host=team, guest=guest, season=season, date=DAY, state=FixtureState.CONFIRMED)
        FixtureRequestFactory(season=season, team=team, wanted=3)


def queries_of(address: str) -> int:
    """Asked once before: what a process asks only once is not counted."""
    Client().get(address)
    with CaptureQueriesContext(connection) as queries:
        assert Client().get(address).status_code == 200
    return len(queries)


@pytest.mark.parametrize(
    "name", ["home", "universities", "university", "club", "fixtures", "calendar", "opponents", "search"]
)
def test_a_public_page_costs_at_most_twelve_queries_however_much_it_shows(name: str):
    lay_out_site(now=NOW)
    season = SeasonFactory(starts=timezone.localdate(), ends=timezone.localdate() + timedelta(days=60))
    club, addresses = found()
    add_teams(club, season, range(3))
    few = queries_of(addresses[name])
    add_teams(club, season, range(3, 30))
    assert queries_of(addresses[name]) <= few <= MOST
