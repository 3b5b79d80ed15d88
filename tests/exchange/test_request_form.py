"""The page on which a team asks: its days, its questions, its errors, and the page of a request."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.utils import translation

from exchange.enums import DayUse, FixtureState, RequestState
from exchange.models import FixtureRequest, UnservedRequest
from tests.factories import (
    ClubFactory,
    FixtureFactory,
    FixtureRequestFactory,
    MatchRunFactory,
    MembershipFactory,
    SeasonFactory,
    TeamFactory,
    UserFactory,
)

from .looking import text_of

NOW = datetime(2027, 2, 10, 12, tzinfo=UTC)
NEW = "/exchange/requests/new/"
NUMBERS = {"wanted": "1", "min_rest_days": "1", "max_distance_km": "300", "max_rating_gap": "", "notes": ""}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def season():
    return SeasonFactory()


@pytest.fixture
def club():
    return ClubFactory()


@pytest.fixture
def team(club):
    return TeamFactory(club=club, name="Minsk Lions")


@pytest.fixture
def officer(client, club):
    officer = UserFactory()
    MembershipFactory(user=officer, club=club)
    client.force_login(officer)
    return officer


def posted(season, team, **said):
    return {"team": team.pk, "season": season.pk, **NUMBERS, **said}


# -- who asks


def test_who_acts_for_no_club_is_told_whom_to_ask(client, season):
    client.force_login(UserFactory())
    assert "You act for no club yet" in text_of(client.get(NEW))


def test_a_club_without_teams_is_led_to_its_desk(client, season, club, officer):
    text = text_of(client.get(NEW))
    assert "Your club has no team yet" in text
    assert f'href="/exchange/clubs/{club.pk}/"' in text


def test_without_an_open_season_nobody_can_ask(client, team, officer):
    SeasonFactory(name="Long ago", starts=date(2026, 1, 1), ends=date(2026, 6, 1))
    assert "No season is open" in text_of(client.get(NEW))


def test_one_team_and_one_season_need_no_question(client, season, team, officer):
    response = client.get(NEW)
    assert response.context["form"].scope.team == team
    assert "Minsk Lions · Basketball, Men" in text_of(response)


def test_with_several_teams_the_first_question_is_which(client, season, team, officer):
    TeamFactory(club=team.club)
    response = client.get(NEW)
    assert "Which team asks for fixtures?" in text_of(response)
    response = client.get(NEW, {"team": "", "season": season.pk})
    assert response.context["form"].errors == {"team": ["This field is required."]}
    assert client.get(NEW, {"team": team.pk, "season": season.pk}).context["form"].scope.team == team
    assert client.get(NEW, {"team": team.pk}).context["form"].scope.team == team


def test_nobody_asks_for_a_team_of_others(client, season, team, officer):
    foreign = TeamFactory()
    for response in (client.get(NEW, {"team": foreign.pk}), client.post(NEW, posted(season, foreign))):
        assert "team" in response.context["form"].errors
    assert not FixtureRequest.objects.exists()


def test_who_has_not_signed_in_is_asked_to(client):
    assert client.get(NEW).url == "/accounts/login/?next=/exchange/requests/new/"


# -- the grid


def test_each_day_to_come_is_a_select_and_no_other(client, season, team, officer):
    text = client.get(NEW).content.decode()
    days = re.findall(r'name="days-(\d{4}-\d{2}-\d{2})"', text)
    assert (days[0], days[-1], len(days)) == ("2027-02-11", "2027-06-30", 140)
    assert re.findall(r"<caption>(.+?)</caption>", text) == [
        "February 2027", "March 2027", "April 2027", "May 2027", "June 2027",
    ]  # fmt: skip
    assert 'aria-label="6 March"' in text
    assert text.count("<option") == 140 * 4 + 9 + 4


@pytest.mark.parametrize(
    ("language", "first", "day"),
    [("en", "Mon", "6 March"), ("ru", "Пн", "6 марта"), ("be", "Пн", "6 сакавіка")],
)
def test_weeks_begin_where_the_language_has_it(client, season, team, officer, language, first, day):
    response = client.get(NEW, headers={"accept-language": language})
    text = response.content.decode()
    assert re.search(r'<th scope="col" abbr="[^"]+">([^<]+)</th>', text)[1].casefold() == first.casefold()
    assert f'aria-label="{day}"' in text
    translation.activate("en")


def test_days_that_were_chosen_stay_when_something_else_is_wrong(client, season, team, officer):
    rival = TeamFactory()
    said = {
        "days-2027-03-06": "host",
        "days-2027-03-07": "both",
        "prefer": [rival.pk],
        "notes": "Bring balls.",
    }
    response = client.post(NEW, posted(season, team, wanted="many", **said))
    form, text = response.context["form"], text_of(response)
    assert form.errors == {"wanted": ["Enter a whole number."]}
    for day, use in (("2027-03-06", "host"), ("2027-03-07", "both")):
        (select,) = re.findall(rf'<select[^>]+name="days-{day}".+?</select>', text)
        assert re.search(rf'value="{use}"[^>]*selected', select)
    assert f'name="prefer" value="{rival.pk}" checked' in text
    assert "Bring balls.</textarea>" in text
    assert 'value="many"' in text
    assert "Please correct this:" in text
    assert not FixtureRequest.objects.exists()


# -- what is asked


def test_a_request_is_filed_and_shown(client, season, team, officer):
    friend, foe = TeamFactory(name="Friends"), TeamFactory(name="Foes")
    response = client.post(
        NEW,
        posted(
            season,
            team,
            **{
                "days-2027-03-06": "host",
                "days-2027-03-07": "travel",
                "days-2027-03-13": "both",
                "days-2027-03-14": "",
            },
            wanted="2",
            max_rating_gap="150",
            prefer=[friend.pk],
            avoid=[foe.pk],
        ),
        follow=True,
    )
    request = FixtureRequest.objects.get()
    assert response.redirect_chain == [(f"/exchange/requests/{request.pk}/", 302)]
    assert dict(request.days.values_list("date", "use")) == {
        date(2027, 3, 6): DayUse.HOST,
        date(2027, 3, 7): DayUse.TRAVEL,
        date(2027, 3, 13): DayUse.BOTH,
    }
    assert (request.wanted, request.max_rating_gap, request.created_by) == (2, 150, officer)
    text = text_of(response)
    for word in (
        "Your request stands.",
        "Friends",
        "Foes",
        "March 2027",
        "No run has looked at this request yet",
    ):
        assert word in text


@pytest.mark.parametrize(
    ("said", "field", "sentence"),
    [
        ({}, "days", "Name at least one day on which the team can play."),
        ({"days-soon": "host"}, "days", "“soon” is not a date."),
        ({"days-2027-02-10": "host"}, "days", "10 February 2027 is not a day still to come."),
        (
            {"days-2027-07-01": "host"},
            "days",
            "1 July 2027 lies outside the season, which runs from 1 February 2027 to 30 June 2027.",
        ),
        ({"days-2027-03-06": "sleep"}, "days", "“sleep” is not something to do on a day."),
        (
            {"days-2027-03-06": "host", "wanted": "2"},
            "wanted",
            "There is only 1 day to play on; ask for no more fixtures than days.",
        ),
        ({"days-2027-03-06": "host", "wanted": ""}, "wanted", "This field is required."),
        (
            {"days-2027-03-06": "host", "min_rest_days": "-1"},
            "min_rest_days",
            "Ensure this value is greater than or equal to 0.",
        ),
        (
            {"days-2027-03-06": "host", "max_distance_km": "40000"},
            "max_distance_km",
            "Ensure this value is less than or equal to 20100.",
        ),
        ({"days-2027-03-06": "host", "prefer": ["x"]}, "prefer", "Choose teams of the list only."),
        ({"days-2027-03-06": "host", "avoid": ["9" * 30]}, "avoid", "Choose teams of the list only."),
        (
            {"days-2027-03-06": "host", "notes": "x" * 2001},
            "notes",
            "Ensure this value has at most 2000 characters (it has 2001).",
        ),
    ],
)
def test_what_is_wrong_is_told_at_its_field(client, season, team, officer, said, field, sentence):
    response = client.post(NEW, posted(season, team, **said))
    assert response.context["form"].errors == {field: [sentence]}
    assert f'<p class="error">{sentence}</p>' in response.content.decode().replace("&#x27;", "'")
    assert not FixtureRequest.objects.exists()


def test_whom_to_avoid_is_not_whom_to_meet(client, season, team, officer):
    rival = TeamFactory(name="Rivals")
    said = {"days-2027-03-06": "host", "avoid": [rival.pk], "prefer": [rival.pk]}
    response = client.post(NEW, posted(season, team, **said))
    assert response.context["form"].errors == {"avoid": ["Rivals cannot be both avoided and preferred."]}


def test_only_possible_opponents_are_offered(client, season, team, officer):
    rival = TeamFactory()
    TeamFactory(sport="VVO")
    TeamFactory(category="W")
    TeamFactory(club__university=team.club.university)
    assert [pk for pk, _label in client.get(NEW).context["form"].scope.opponents.choices()] == [rival.pk]


def test_a_team_that_has_asked_is_led_to_its_request(client, season, team, officer):
    request = FixtureRequestFactory(season=season, team=team)
    text = text_of(client.get(NEW))
    assert "Minsk Lions has already asked in the season Spring 2027" in text
    assert f'href="/exchange/requests/{request.pk}/"' in text


def test_who_asks_at_the_same_moment_as_somebody_else_is_told(client, season, team, officer):
    standing = FixtureRequestFactory(season=season, team=team)
    response = client.post(NEW, posted(season, team, **{"days-2027-04-03": "host"}))
    text = text_of(response)
    assert "This team has already asked for fixtures in this season." in text
    assert f'href="/exchange/requests/{standing.pk}/"' in text
    assert re.search(r'name="days-2027-04-03".+?value="host"[^>]*selected', text)
    assert FixtureRequest.objects.count() == 1


@pytest.mark.parametrize("count", [1, 30])
def test_the_form_costs_the_same_queries_whatever_the_opponents(
    client, season, team, officer, count, django_assert_num_queries
):
    TeamFactory.create_batch(count)
    with django_assert_num_queries(10):
        client.get(NEW)


# -- the page of a request


@pytest.fixture
def asked(season, team, officer):
    days = {date(2027, 2, 6): DayUse.HOST, date(2027, 3, 6): DayUse.HOST, date(2027, 3, 13): DayUse.BOTH}
    return FixtureRequestFactory(season=season, team=team, days=days, wanted=2)


def test_a_request_is_changed(client, season, team, asked):
    url = f"/exchange/requests/{asked.pk}/edit/"
    text = text_of(client.get(url))
    assert re.search(r'name="days-2027-03-06".+?value="host"[^>]*selected', text)
    response = client.post(
        url, posted(season, team, **{"days-2027-04-03": "travel"}, wanted="2"), follow=True
    )
    assert "Your request is changed." in text_of(response)
    assert dict(asked.days.values_list("date", "use")) == {
        date(2027, 2, 6): DayUse.HOST,  # gone by
        date(2027, 4, 3): DayUse.TRAVEL,
    }


def test_the_day_of_a_standing_fixture_is_not_offered_and_not_lost(client, season, team, asked):
    fixture = FixtureFactory(host_request=asked, date=date(2027, 3, 13))
    url = f"/exchange/requests/{asked.pk}/edit/"
    text = text_of(client.get(url))
    assert "days-2027-03-13" not in text
    assert f'href="/exchange/fixtures/{fixture.pk}/" aria-label="13 March: a fixture"' in text
    response = client.post(url, posted(season, team, **{"days-2027-03-13": ""}))
    assert response.status_code == 302
    assert dict(asked.days.values_list("date", "use")) == {
        date(2027, 2, 6): DayUse.HOST,
        date(2027, 3, 13): DayUse.BOTH,
    }


def test_a_request_leaves_room_for_what_stands(client, season, team, asked):
    FixtureFactory(host_request=asked, date=date(2027, 3, 6))
    FixtureFactory(host_request=asked, date=date(2027, 3, 13))
    url = f"/exchange/requests/{asked.pk}/edit/"
    errors = client.post(url, posted(season, team, min_rest_days="7")).context["form"].errors
    assert errors == {
        "wanted": ["2 fixtures of this request already stand; ask for at least as many."],
        "min_rest_days": ["Two fixtures that stand lie closer together than this."],
    }


def test_withdrawing_says_that_fixtures_stay(client, asked):
    fixture = FixtureFactory(host_request=asked, state=FixtureState.CONFIRMED, date=date(2027, 3, 6))
    assert "fixtures that are proposed or agreed stay" in text_of(client.get(asked.get_absolute_url()))
    response = client.post(f"/exchange/requests/{asked.pk}/withdraw/", follow=True)
    text = text_of(response)
    assert "Your request is withdrawn. Fixtures that stand are not touched by this." in text
    assert f"/exchange/fixtures/{fixture.pk}/" in text
    assert f"/exchange/requests/{asked.pk}/reopen/" in text
    response = client.post(f"/exchange/requests/{asked.pk}/withdraw/", follow=True)
    assert "This request is already withdrawn." in text_of(response)
    response = client.post(f"/exchange/requests/{asked.pk}/reopen/", follow=True)
    assert "Your request is open again." in text_of(response)
    asked.refresh_from_db()
    assert asked.state == RequestState.OPEN


def test_a_get_withdraws_nothing(client, asked):
    for act in ("withdraw", "reopen"):
        led = client.get(f"/exchange/requests/{asked.pk}/{act}/")
        assert (led.status_code, led["Location"]) == (302, asked.get_absolute_url())


def test_an_unserved_request_shows_why_and_what_would_help(client, season, asked):
    run = MatchRunFactory(season=season, state="published")
    season.published_run = run
    season.save()
    UnservedRequest.objects.create(run=run, request=asked, reason=REASON, advice=None)
    assert "Why there is no fixture yet" in text_of(client.get(asked.get_absolute_url()))


REASON = {"code": "no_category", "params": {"sport": "BKB", "category": "M"}}


@pytest.mark.parametrize("what", ["", "edit/"])
def test_a_request_of_others_does_not_exist(client, season, officer, what):
    foreign = FixtureRequestFactory(season=season)
    assert client.get(f"/exchange/requests/{foreign.pk}/{what}").status_code == 404


@pytest.mark.parametrize("what", ["edit", "withdraw", "reopen"])
def test_a_request_of_others_cannot_be_touched(client, season, officer, what):
    foreign = FixtureRequestFactory(season=season)
    assert client.post(f"/exchange/requests/{foreign.pk}/{what}/", NUMBERS).status_code == 404
