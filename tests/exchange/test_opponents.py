"""The board of open requests: who is on it, what everybody may see, filters, distances, points."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from exchange.enums import DayUse, FixtureState, RequestState
from exchange.levels import Level, level_of
from exchange.models import FixtureRequest
from exchange.queries.opponents import DaySpan, Sought, narrowed, open_requests, spans_of
from tests.factories import FixtureFactory, MembershipFactory, SeasonFactory, TeamFactory, UserFactory

from .life import NOW, ask
from .looking import text_of

pytestmark = pytest.mark.django_db
BOARD = "/exchange/opponents/"
FIRST = date(2027, 3, 6)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def season():
    return SeasonFactory()


def at(lat: float, lon: float, **more: object) -> dict[str, object]:
    return {
        "team__club__university__lat": lat,
        "team__club__university__lon": lon,
        "team__home_venue": None,
        **more,
    }


def names(client, **asked: object) -> list[str]:
    response = client.get(BOARD, asked)
    return [card.team.name for card in response.context["cards"]]


def test_open_requests_are_on_the_board_and_no_others(client, season):
    ask(season, team__name="Owls")
    ask(season, team__name="Withdrawn", state=RequestState.WITHDRAWN)
    ask(season, team__name="Too late", days={NOW.date() + timedelta(days=1): DayUse.BOTH})
    ask(SeasonFactory(name="Over", starts=date(2026, 1, 1), ends=date(2026, 6, 1)), team__name="Over")
    full = FixtureFactory(season=season, state=FixtureState.CONFIRMED)
    assert full.host.name not in names(client)
    assert names(client) == ["Owls"]


def test_who_wants_two_and_has_one_still_looks_on_its_other_days(client, season):
    request = ask(season, team__name="Owls", wanted=2)
    FixtureFactory(season=season, host_request=request, date=FIRST)
    (card,) = client.get(BOARD).context["cards"]
    assert card.spans == [
        DaySpan(FIRST + timedelta(days=7 * n), FIRST + timedelta(days=7 * n), DayUse.BOTH) for n in (1, 2)
    ]


def test_nothing_private_is_shown(client, season):
    rival = TeamFactory(name="Rival seven")
    request = ask(season, team__name="Owls", notes="Our keeper is ill.")
    request.avoid.add(rival)
    request.prefer.add(TeamFactory(name="Beloved nine"))
    officer = request.team.club.memberships.get().user
    for path in (BOARD, f"{BOARD}places.geojson", f"{BOARD}{request.pk}/"):
        said = text_of(client.get(path))
        assert "Owls" in said
        for secret in ("keeper", "Rival seven", "Beloved nine", officer.email, officer.first_name):
            assert secret not in said


def test_a_withdrawn_request_has_no_page(client, season):
    request = ask(season, state=RequestState.WITHDRAWN)
    assert client.get(f"{BOARD}{request.pk}/").status_code == 404
    assert client.get(f"{BOARD}{request.pk}/challenge/").status_code in (302, 404)


def test_filters_leave_what_they_say(client, season):
    ask(season, team__name="Owls", team__rating=1480)
    ask(season, team__name="Foxes", team__sport="VVO", team__rating=1720)
    ask(season, team__name="Bears", team__category="W", team__rating_deviation=350)
    ask(
        season,
        team__name="Storks",
        team__club__university__country="PL",
        days={date(2027, 4, 3): DayUse.HOST},
    )
    assert names(client, sport="VVO") == ["Foxes"]
    assert names(client, category="W") == ["Bears"]
    assert names(client, country="PL") == ["Storks"]
    assert names(client, level="top") == ["Foxes"]
    assert names(client, level="unrated") == ["Bears"]
    assert names(client, after="2027-04-01") == ["Storks"]
    assert "Storks" not in names(client, before="2027-03-31")
    assert names(client, after="2027-04-04") == []
    assert len(names(client, sport="nonsense", after="soon", origin="x", within="-1")) == 4


def test_distances_are_those_of_the_engine_nearest_first(client, season):
    minsk = ask(season, team__name="Minsk", **at(53.9, 27.5667)).team.club.university
    ask(season, team__name="Vilnius", **at(54.6872, 25.2797))
    ask(season, team__name="Warsaw", **at(52.2297, 21.0122))
    ask(season, team__name="Fiji", **at(-17.7, 178.0))
    response = client.get(BOARD, {"origin": minsk.pk, "sort": "distance"})
    found = [(card.team.name, round(card.km)) for card in response.context["cards"]]
    assert found[:2] == [("Vilnius", 172), ("Warsaw", 475)]
    assert found[2][0] == "Fiji"
    assert names(client, origin=minsk.pk, within=200) == ["Vilnius"]
    assert "172 km" in text_of(response)


def test_an_officer_sees_distances_from_home_and_not_the_own_university(client, season):
    own = ask(season, team__name="Own", **at(53.9, 27.5667))
    ask(season, team__name="Vilnius", **at(54.6872, 25.2797))
    ask(season, team__name="Volleyball", team__sport="VVO", **at(54.6872, 25.2797))
    client.force_login(own.team.club.memberships.get().user)
    assert sorted(names(client)) == ["Vilnius", "Volleyball"]
    assert names(client, team=own.team.pk) == ["Vilnius"]
    assert client.get(BOARD).context["cards"][0].km == pytest.approx(172.3, abs=0.5)


def test_only_teams_about_as_strong(client, season):
    own = ask(season, team__rating=1500)
    ask(season, team__name="Near", team__rating=1640)
    ask(season, team__name="Far", team__rating=1660)
    client.force_login(own.team.club.memberships.get().user)
    assert names(client, team=own.team.pk, level="near") == ["Near"]


def test_only_clubs_with_a_visit_to_return(client, season):
    own, owing = ask(season, wanted=3), ask(season, team__name="Guests of ours", wanted=3)
    ask(season, team__name="Strangers")
    FixtureFactory(
        season=season,
        host_request=own,
        guest_request=owing,
        state=FixtureState.RESULT_CONFIRMED,
        date=date(2027, 2, 6),
    )
    client.force_login(own.team.club.memberships.get().user)
    assert names(client, visits="on") == ["Guests of ours"]


def test_the_points_of_the_map_are_those_of_the_list(client, season):
    one = ask(season, team__name="Owls", **at(53.9, 27.5667))
    ask(season, team__name="Foxes", team__club=one.team.club, team__home_venue=None)
    ask(season, team__name="Volley", team__sport="VVO")
    told = json.loads(client.get(f"{BOARD}places.geojson", {"sport": "BKB"}).content)
    (feature,) = told["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [27.5667, 53.9]}
    assert feature["properties"]["count"] == 2
    assert {item["text"] for item in feature["properties"]["items"]} == {
        "Owls: Basketball, Men",
        "Foxes: Basketball, Men",
    }
    assert feature["properties"]["items"][0]["url"] == reverse("exchange:opponent", args=[one.pk])


@pytest.mark.parametrize("count", [1, 30])
def test_the_board_costs_the_same_queries(client, season, count, django_assert_max_num_queries):
    for _ in range(count):
        ask(season)
    client.get(BOARD)
    with django_assert_max_num_queries(6) as queries:
        assert client.get(BOARD).status_code == 200
    assert len(queries) == 6, [query["sql"][:90] for query in queries]


def test_an_empty_board_says_what_to_do(client):
    page = text_of(client.get(BOARD))
    assert "Nobody looks for opponents now." in page
    assert reverse("exchange:request_new") in page
    ask(SeasonFactory())
    assert "Take a filter away" in text_of(client.get(BOARD, {"after": "2027-06-30"}))


def test_htmx_gets_the_results_alone(client, season):
    ask(season, team__name="Owls")
    part = client.get(BOARD, headers={"HX-Request": "true", "HX-Target": "board"})
    assert "Owls" in text_of(part)
    assert "<html" not in text_of(part)
    assert "HX-Request" in part["Vary"]


def test_visitors_are_asked_to_sign_in_and_strangers_are_told_why_not(client, season):
    request = ask(season)
    assert "Sign in to challenge" in text_of(client.get(f"{BOARD}{request.pk}/"))
    client.force_login(UserFactory())
    assert "Challenge this team" not in text_of(client.get(f"{BOARD}{request.pk}/"))
    other = MembershipFactory(club=ask(season).team.club)
    client.force_login(other.user)
    assert "Challenge this team" in text_of(client.get(f"{BOARD}{request.pk}/"))


@pytest.mark.parametrize(
    ("rating", "deviation", "level"),
    [
        (1399, 80, Level.STARTING),
        (1400, 80, Level.MIDDLE),
        (1550, 199, Level.STRONG),
        (1700, 60, Level.TOP),
        (1700, 200, Level.UNRATED),
    ],
)
def test_levels(rating, deviation, level):
    assert level_of(rating, deviation) == level


def test_each_rated_team_has_one_level(season):
    for rating in (100, 1400, 1549.9, 1550, 1700, 2500):
        ask(season, team__rating=rating)
    rows = open_requests(NOW)
    found = [narrowed(rows, Sought(level=level), now=NOW).count() for level in Level]
    assert (found, sum(found)) == ([1, 2, 1, 2, 0], FixtureRequest.objects.count())


def test_days_in_a_row_are_one_span():
    days = {FIRST: "both", FIRST + timedelta(1): "both", FIRST + timedelta(2): "host"}
    assert spans_of(days) == [
        DaySpan(FIRST, FIRST + timedelta(1), DayUse.BOTH),
        DaySpan(FIRST + timedelta(2), FIRST + timedelta(2), DayUse.HOST),
    ]
