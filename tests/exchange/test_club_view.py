"""What the page of a club says of its teams, its fixtures and the clubs it has met."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from exchange.actions.clubs import found_club
from exchange.enums import FixtureState, ResultKind, ResultState
from exchange.models import Club, ClubPage, Fixture, Result, Team
from exchange.queries.club_page import club_view
from portal.actions.universities import join_university
from tests.factories import (
    FixtureFactory,
    FixtureRequestFactory,
    SeasonFactory,
    TeamFactory,
    UniversityFactory,
)

from .looking import text_of

pytestmark = pytest.mark.django_db

NOW = datetime(2027, 3, 20, 12, tzinfo=UTC)
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def rowers(db: None) -> Club:
    university = UniversityFactory(slug="minsk", name="University of Minsk")
    join_university(university=university, now=NOW)
    return found_club(university=university, name="Rowers", now=NOW)


@pytest.fixture
def team(rowers: Club) -> Team:
    return TeamFactory(club=rowers, name="First boat")


def page_of(club: Club) -> ClubPage:
    return ClubPage.objects.filter(club=club).first()


def fixture_of(host: Team, guest: Team, day: date, state: FixtureState = FixtureState.PLAYED) -> Fixture:
    season = SeasonFactory(name=f"Season of {day} {host.pk} {guest.pk}")
    asks = {"season": season, "days": {}}
    return FixtureFactory(
        season=season,
        host_request=FixtureRequestFactory(team=host, **asks),
        guest_request=FixtureRequestFactory(team=guest, **asks),
        date=day,
        state=state,
    )


def played(host: Team, guest: Team, day: date, mine: int, theirs: int) -> Fixture:
    fixture = fixture_of(host, guest, day, FixtureState.RESULT_CONFIRMED)
    ended = {"state": ResultState.STANDS, "entered_at": NOW, "stands_at": NOW}
    fixture.results.create(kind=ResultKind.PLAYED, host_score=mine, guest_score=theirs, **ended)
    won = {True: 1, False: 0}.get(mine > theirs) if mine != theirs else 0.5
    for side, score in ((host, won), (guest, 1 - won)):
        side.rating_changes.create(
            fixture=fixture, at=NOW, score=score, expected=0.5, weight=0.5, before=1500,
            after=1500 + 20 * (score - 0.5), deviation_before=80, deviation_after=78,
        )  # fmt: skip
    return fixture


def test_the_form_of_a_team_is_its_last_five_results_the_latest_last(rowers: Club, team: Team):
    for n, (mine, theirs) in enumerate([(0, 1), (3, 1), (2, 2), (0, 4), (5, 1), (2, 0)]):
        played(team, TeamFactory(), date(2027, 3, 1) + timedelta(days=n), mine, theirs)
    (row,) = club_view(page_of(rowers), today=TODAY).teams
    assert row.scores == [1, 0.5, 0, 1, 1]
    assert (row.line.lowest, row.line.highest) == (1490, 1510)


def test_the_form_is_said_in_words(client: Client, rowers: Club, team: Team):
    played(team, TeamFactory(), date(2027, 3, 1), 3, 1)
    text = text_of(client.get(page_of(rowers).url))
    assert '<span aria-hidden="true">W</span><span class="visually-hidden">won</span>' in text


def test_clubs_met_are_counted_at_home_and_away(rowers: Club, team: Team):
    swan, owl = TeamFactory(club__name="Swans"), TeamFactory(club__name="Owls")
    fixture_of(team, swan, date(2027, 3, 1))
    fixture_of(swan, team, date(2027, 3, 8))
    fixture_of(owl, team, date(2027, 3, 9))
    shown = club_view(page_of(rowers), today=TODAY)
    assert [(one.club.name, one.times, one.last) for one in shown.met] == [
        ("Swans", 2, date(2027, 3, 8)),
        ("Owls", 1, date(2027, 3, 9)),
    ]
    assert [(row.other.name, row.owes, row.is_owed) for row in shown.visits] == [("Owls", 0, 1)]


def test_a_walkover_is_no_meeting_and_no_visit_where_the_guest_stayed_away(rowers: Club, team: Team):
    fixture = fixture_of(TeamFactory(), team, date(2027, 3, 1), FixtureState.WALKOVER)
    Result.objects.create(
        fixture=fixture, kind=ResultKind.GUEST_ABSENT, state=ResultState.STANDS, entered_at=NOW, stands_at=NOW
    )
    shown = club_view(page_of(rowers), today=TODAY)
    assert (shown.met, shown.visits) == ([], [])


def test_what_comes_and_what_was_played_are_told_apart(rowers: Club, team: Team):
    coming = fixture_of(team, TeamFactory(), date(2027, 3, 27), FixtureState.CONFIRMED)
    past = fixture_of(team, TeamFactory(), date(2027, 3, 6))
    fixture_of(team, TeamFactory(), date(2027, 4, 6), FixtureState.PROPOSED)
    shown = club_view(page_of(rowers), today=TODAY)
    assert (shown.coming, shown.played) == ([coming], [past])


@pytest.mark.parametrize("count", [1, 10])
def test_a_full_page_of_a_club_costs_at_most_twelve_queries(
    client: Client, rowers: Club, count: int, django_assert_max_num_queries
):
    for n in range(count):
        mine = TeamFactory(club=rowers)
        played(mine, TeamFactory(), date(2027, 3, 1) + timedelta(days=n), 2, 1)
        fixture_of(TeamFactory(), mine, date(2027, 3, 27) + timedelta(days=n), FixtureState.CONFIRMED)
    path = page_of(rowers).url
    assert client.get(path).status_code == 200
    with django_assert_max_num_queries(12) as queries:
        client.get(path)
    assert len(queries) == 10


def test_the_map_says_what_the_list_says(client: Client, rowers: Club, team: Team):
    swans = TeamFactory(club__name="Swans", club__university__lat=52.1, club__university__lon=26.1)
    fixture_of(team, swans, date(2027, 3, 1))
    fixture_of(swans, team, date(2027, 3, 8))
    (feature,) = client.get(f"/exchange/clubs/{rowers.pk}/met.geojson").json()["features"]
    assert feature["geometry"]["coordinates"] == [26.1, 52.1]
    assert feature["properties"]["items"] == [
        {
            "text": "Swans: met 2 times",
            "url": f"/exchange/fixtures/?show=played&university={swans.club.university_id}",
        }
    ]
