"""Filing, changing, withdrawing and reopening a request."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError

from exchange.actions import requests as actions
from exchange.actions.requests import (
    UnableToChange,
    UnableToFile,
    UnableToImport,
    UnableToReopen,
    UnableToWithdraw,
    Wish,
)
from exchange.enums import DayUse, FixtureState, RequestState
from exchange.models import FixtureRequest
from tests.factories import FixtureFactory, FixtureRequestFactory, SeasonFactory, TeamFactory, UserFactory

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
DAYS = {date(2027, 3, 6): DayUse.HOST, date(2027, 3, 7): DayUse.TRAVEL, date(2027, 3, 13): DayUse.BOTH}

pytestmark = pytest.mark.django_db


@pytest.fixture
def season():
    return SeasonFactory()


@pytest.fixture
def team():
    return TeamFactory()


@pytest.fixture
def officer():
    return UserFactory()


def days_of(request: FixtureRequest) -> dict[date, str]:
    return dict(request.days.values_list("date", "use"))


def filed(season, team, **facts):
    asked = {"season": season, "team": team, "days": DAYS, "by": None, "now": NOW}
    return actions.file_request(**asked | facts)


def changed(request, **facts):
    kept = {
        "days": DAYS,
        "wanted": 1,
        "min_rest_days": 1,
        "max_distance_km": 300,
        "max_rating_gap": None,
        "avoid": [],
        "prefer": [],
        "notes": "",
        "by": UserFactory(),
        "now": NOW,
    }
    return actions.change_request(request=request, **kept | facts)


def test_a_request_is_filed_as_asked(season, team, officer):
    friend, foe = TeamFactory(), TeamFactory()
    request = filed(
        season,
        team,
        wanted=2,
        min_rest_days=3,
        max_distance_km=450,
        max_rating_gap=200,
        avoid=[foe],
        prefer=[friend],
        notes="We bring a physio.",
        by=officer,
    )
    request = FixtureRequest.objects.get(pk=request.pk)
    assert (request.season, request.team, request.state) == (season, team, RequestState.OPEN)
    assert (request.wanted, request.min_rest_days, request.max_distance_km) == (2, 3, 450)
    assert (request.max_rating_gap, request.notes) == (200, "We bring a physio.")
    assert (request.created_at, request.created_by) == (NOW, officer)
    assert (list(request.avoid.all()), list(request.prefer.all())) == ([foe], [friend])
    assert days_of(request) == DAYS


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"days": {}}, "Name at least one day on which the team can play."),
        (
            {"days": {date(2027, 7, 1): DayUse.HOST}},
            "1 July 2027 lies outside the season, which runs from 1 February 2027 to 30 June 2027.",
        ),
        (
            {"days": {date(2027, 3, 6): DayUse.HOST}, "now": datetime(2027, 3, 6, 9, tzinfo=UTC)},
            "6 March 2027 is not a day still to come.",
        ),
        ({"wanted": 4}, "There are only 3 days to play on; ask for no more fixtures than days."),
        ({"wanted": 0}, "Ensure this value is greater than or equal to 1."),
        ({"max_distance_km": 99_999}, "Ensure this value is less than or equal to 20100."),
    ],
)
def test_what_cannot_be_asked_is_refused_in_a_sentence(season, team, facts, sentence):
    with pytest.raises(UnableToFile, match=f"^{sentence}$"):
        filed(season, team, **facts)
    assert not FixtureRequest.objects.exists()


def test_today_is_over_where_the_team_plays_before_it_is_in_utc(season):
    team = TeamFactory(club__university__time_zone="Asia/Vladivostok")
    late = datetime(2027, 3, 5, 20, tzinfo=UTC)  # the 6th has begun in Vladivostok
    with pytest.raises(UnableToFile, match="6 March 2027 is not a day still to come"):
        filed(season, team, now=late)


def test_opponents_must_be_possible_ones(season, team):
    other_sport = TeamFactory(sport="VVO", name="Volleyballers")
    neighbour = TeamFactory(club__university=team.club.university, name="Neighbours")
    rival = TeamFactory(name="Rivals")
    with pytest.raises(UnableToFile, match="Volleyballers plays another sport or category"):
        filed(season, team, prefer=[other_sport])
    with pytest.raises(UnableToFile, match="Neighbours belongs to the same university"):
        filed(season, team, avoid=[neighbour])
    with pytest.raises(UnableToFile, match="Rivals cannot be both avoided and preferred"):
        filed(season, team, avoid=[rival], prefer=[rival])


def test_a_team_asks_once_a_season(season, team):
    filed(season, team)
    with pytest.raises(UnableToFile, match="already asked for fixtures in this season"):
        filed(season, team)
    assert FixtureRequest.objects.count() == 1


def test_a_change_replaces_days_and_wishes(season, team):
    rival, friend = TeamFactory(), TeamFactory()
    request = filed(season, team, avoid=[rival])
    changed(request, days={date(2027, 4, 3): DayUse.HOST}, wanted=1, prefer=[friend], notes="New captain.")
    request.refresh_from_db()
    assert days_of(request) == {date(2027, 4, 3): DayUse.HOST}
    assert (list(request.avoid.all()), list(request.prefer.all())) == ([], [friend])
    assert request.notes == "New captain."


def test_a_change_leaves_days_gone_by_and_days_of_standing_fixtures(season):
    request = FixtureRequestFactory(season=season, days=DAYS)
    FixtureFactory(host_request=request, date=date(2027, 3, 13))
    later = datetime(2027, 3, 6, 9, tzinfo=UTC)
    changed(request, days={date(2027, 3, 13): DayUse.TRAVEL, date(2027, 5, 1): DayUse.HOST}, now=later)
    assert days_of(request) == {
        date(2027, 3, 6): DayUse.HOST,
        date(2027, 3, 13): DayUse.BOTH,
        date(2027, 5, 1): DayUse.HOST,
    }


def test_a_change_leaves_room_for_fixtures_that_stand(season):
    request = FixtureRequestFactory(season=season, days=DAYS, wanted=2)
    FixtureFactory(host_request=request, date=date(2027, 3, 6))
    FixtureFactory(host_request=request, date=date(2027, 3, 13))
    with pytest.raises(UnableToChange, match="2 fixtures of this request already stand"):
        changed(request, wanted=1)
    with pytest.raises(UnableToChange, match="lie closer together"):
        changed(request, wanted=2, min_rest_days=7)
    changed(request, wanted=2, min_rest_days=6)


def test_withdrawing_keeps_fixtures_and_happens_once(season, officer):
    request = FixtureRequestFactory(season=season)
    fixture = FixtureFactory(host_request=request, state=FixtureState.CONFIRMED)
    actions.withdraw_request(request=request, by=officer, now=NOW)
    request.refresh_from_db()
    fixture.refresh_from_db()
    assert (request.state, fixture.state) == (RequestState.WITHDRAWN, FixtureState.CONFIRMED)
    with pytest.raises(UnableToWithdraw, match="already withdrawn"):
        actions.withdraw_request(request=request, by=officer, now=NOW)
    with pytest.raises(UnableToChange, match="Reopen it"):
        changed(request)


def test_a_reopened_request_waits_from_then_on(season, officer):
    request = FixtureRequestFactory(season=season, state=RequestState.WITHDRAWN)
    actions.reopen_request(request=request, by=officer, now=NOW)
    request.refresh_from_db()
    assert (request.state, request.created_at) == (RequestState.OPEN, NOW)
    with pytest.raises(UnableToReopen, match="already open"):
        actions.reopen_request(request=request, by=officer, now=NOW)


def test_a_request_of_a_season_gone_by_is_not_reopened(season, officer):
    request = FixtureRequestFactory(season=season, state=RequestState.WITHDRAWN)
    with pytest.raises(UnableToReopen, match="season is over"):
        actions.reopen_request(request=request, by=officer, now=datetime(2027, 7, 1, tzinfo=UTC))


def test_an_import_files_all_rows_or_none(season, team):
    other = TeamFactory()
    rows = [
        Wish(season=season, team=team, days=DAYS, prefer=[other]),
        Wish(season=season, team=other, days=DAYS),
    ]
    with pytest.raises(UnableToImport, match=r"^Request 2, .+: There are only 3 days"):
        actions.import_requests(
            rows=[rows[0], Wish(season=season, team=other, days=DAYS, wanted=9)], by=None, now=NOW
        )
    with pytest.raises(UnableToImport, match="the team stands in more than one row"):
        actions.import_requests(rows=[rows[0], rows[0]], by=None, now=NOW)
    assert not FixtureRequest.objects.exists()
    first, second = actions.import_requests(rows=rows, by=None, now=NOW)
    assert (days_of(first), days_of(second)) == (DAYS, DAYS)
    assert list(first.prefer.all()) == [other]


def test_an_import_beside_a_standing_request_saves_nothing(season, team):
    filed(season, team)
    rows = [Wish(season=season, team=one, days=DAYS) for one in (TeamFactory(), team)]
    with pytest.raises(UnableToImport, match="asked in the meantime") as refused:
        actions.import_requests(rows=rows, by=None, now=NOW)
    assert isinstance(refused.value.__cause__, IntegrityError)
    assert FixtureRequest.objects.count() == 1


@pytest.mark.parametrize("count", [2, 40])
def test_an_import_costs_the_same_statements_whatever_its_length(
    season, count, django_assert_max_num_queries
):
    rows = [Wish(season=season, team=team, days=DAYS) for team in TeamFactory.create_batch(count)]
    with django_assert_max_num_queries(6):
        actions.import_requests(rows=rows, by=None, now=NOW)
