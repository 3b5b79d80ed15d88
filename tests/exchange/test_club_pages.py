"""What visitors find on the pages of clubs."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from exchange.actions.clubs import found_club
from exchange.enums import RequestState
from exchange.models import Club, ClubIndexPage, ClubPage
from portal.actions.universities import join_university
from tests.factories import (
    FixtureRequestFactory,
    MembershipFactory,
    SeasonFactory,
    TeamFactory,
    UniversityFactory,
)

pytestmark = pytest.mark.django_db

NOW = timezone.now()


@pytest.fixture
def rowers(db: None) -> Club:
    university = UniversityFactory(slug="minsk")
    join_university(university=university, now=NOW)
    return found_club(university=university, name="Rowers", now=NOW)


def shown(client: Client, club: Club) -> str:
    response = client.get(ClubPage.objects.get(club=club).url)
    assert response.status_code == 200
    return response.content.decode()


def test_a_club_shows_its_teams_with_sport_category_and_level(client: Client, rowers: Club):
    TeamFactory(club=rowers, name="First boat", sport="ROW", category="W", rating=1612.4, rating_deviation=71)
    page = shown(client, rowers)
    for part in ("First boat", "Rowing", "Women", "1612", "± 71"):
        assert part in page


def test_a_club_without_teams_says_so(client: Client, rowers: Club):
    assert "No team yet." in shown(client, rowers)


def test_no_address_of_a_person_is_shown(client: Client, rowers: Club):
    officer = MembershipFactory(club=rowers).user
    page = shown(client, rowers)
    assert officer.email not in page
    assert officer.first_name not in page


@pytest.mark.parametrize(
    ("requests", "said"),
    [(0, "No open request"), (1, "One request is open"), (3, "3 requests are open")],
)
def test_a_club_says_whether_it_looks_for_opponents(client: Client, rowers: Club, requests: int, said: str):
    for _one in range(requests):
        FixtureRequestFactory(team=TeamFactory(club=rowers))
    FixtureRequestFactory(team=TeamFactory(club=rowers), state=RequestState.WITHDRAWN)
    over = SeasonFactory(name="Over", starts="2020-01-01", ends="2020-06-30")
    FixtureRequestFactory(team=TeamFactory(club=rowers), season=over)
    assert said in shown(client, rowers)


@pytest.mark.parametrize("count", [1, 30])
def test_a_clubs_page_costs_the_same(client: Client, rowers: Club, count: int, django_assert_num_queries):
    TeamFactory.create_batch(count, club=rowers)
    shown(client, rowers)
    path = ClubPage.objects.get(club=rowers).url
    with django_assert_num_queries(9):
        client.get(path)


def test_the_list_of_clubs_shows_live_ones(client: Client, rowers: Club):
    hidden = found_club(university=rowers.university, name="Swimmers", now=NOW)
    hidden.page.unpublish()
    page = client.get(ClubIndexPage.objects.get().url).content.decode()
    assert "Rowers" in page
    assert "Swimmers" not in page
