from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from django.urls import reverse

from exchange.actions.seasons import UnableToSaveSeason, save_season
from exchange.enums import FixtureState
from exchange.models import Season
from tests.factories import (
    FixtureFactory,
    FixtureRequestFactory,
    MatchRunFactory,
    MembershipFactory,
    SeasonFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 1, 10, 12, tzinfo=UTC)
LIST, NEW = reverse("exchange:seasons"), reverse("exchange:season_new")
FACTS = {
    "name": "Autumn 2030",
    "starts": "2030-09-01",
    "ends": "2030-12-20",
    "answer_days": 5,
    "remind_hours": 24,
    "kick_off": "11:30",
    "result_hours": 72,
    "rating_weight": 0.25,
}


def test_a_season_is_kept_with_its_policy():
    season = Season(
        name="Spring", starts=date(2027, 2, 1), ends=date(2027, 6, 30), publishes_itself=False, answer_days=5
    )
    save_season(season=season, now=NOW)
    season.refresh_from_db()
    assert (season.publishes_itself, season.answer_days) == (False, 5)


@pytest.mark.parametrize(
    ("starts", "ends", "reason"),
    [
        (date(2027, 3, 1), date(2027, 2, 1), "before the first"),
        (date(2026, 8, 1), date(2027, 1, 9), "over already"),
        (date(2027, 1, 1), date(2028, 1, 2), "a year at most"),
        (date(2027, 1, 1), date(3027, 1, 1), "a year at most"),
    ],
)
def test_dates_that_make_no_season_are_refused(starts, ends, reason):
    with pytest.raises(UnableToSaveSeason, match=reason):
        save_season(season=Season(name="Spring", starts=starts, ends=ends), now=NOW)
    assert not Season.objects.exists()


@pytest.mark.parametrize(
    ("name", "reason"), [("", "blank"), ("Spring 2027", "already exists"), ("x" * 101, "at most")]
)
def test_a_season_has_a_name_of_its_own(name, reason):
    SeasonFactory(name="Spring 2027")
    with pytest.raises(UnableToSaveSeason, match=reason):
        save_season(season=Season(name=name, starts=date(2027, 2, 1), ends=date(2027, 3, 1)), now=NOW)


@pytest.mark.parametrize("answer_days", [0, 61])
def test_clubs_have_some_days_to_answer_but_not_endless_ones(answer_days):
    season = SeasonFactory.build(name="Spring", answer_days=answer_days)
    with pytest.raises(UnableToSaveSeason, match=r"greater than or equal to 1|less than or equal to 60"):
        save_season(season=season, now=NOW)


def test_a_season_keeps_the_days_of_its_fixtures():
    season = FixtureFactory(date=date(2027, 3, 6), state=FixtureState.CONFIRMED).season
    season.starts = date(2027, 3, 7)
    with pytest.raises(UnableToSaveSeason, match=r"6 March 2027, before the first day"):
        save_season(season=season, now=NOW)
    season.starts, season.ends = date(2027, 2, 1), date(2027, 3, 5)
    with pytest.raises(UnableToSaveSeason, match=r"6 March 2027, after the last day"):
        save_season(season=season, now=NOW)

    season.starts = season.ends = date(2027, 3, 6)
    save_season(season=season, now=NOW)
    assert Season.objects.get().starts == date(2027, 3, 6)


def test_fixtures_that_do_not_stand_hold_no_day():
    season = FixtureFactory(date=date(2027, 3, 6), state=FixtureState.DECLINED).season
    season.starts = date(2027, 3, 7)
    save_season(season=season, now=NOW)
    assert Season.objects.get().starts == date(2027, 3, 7)


def test_seasons_may_overlap():
    SeasonFactory()
    save_season(season=Season(name="Ice", starts=date(2027, 1, 1), ends=date(2027, 3, 1)), now=NOW)
    assert Season.objects.count() == 2


def test_a_run_published_in_the_meantime_stays_the_seasons():
    opened = SeasonFactory()
    run = MatchRunFactory(season=opened)
    Season.objects.update(published_run=run)
    opened.name = "Spring term"
    save_season(season=opened, now=NOW)
    season = Season.objects.get()
    assert (season.name, season.published_run) == ("Spring term", run)


# -- pages -----------------------------------------------------------------------------------------


@pytest.fixture
def administrator(client):
    person = UserFactory(is_superuser=True, is_staff=True)
    client.force_login(person)
    return person


def test_only_portal_administrators_plan_seasons(client):
    season = SeasonFactory()
    urls = (LIST, NEW, reverse("exchange:season_edit", args=[season.pk]))
    assert [client.get(url).status_code for url in urls] == [302, 302, 302]
    client.force_login(MembershipFactory().user)
    assert [client.get(url).status_code for url in urls] == [404, 404, 404]
    assert client.post(NEW, FACTS).status_code == 404
    assert client.post(urls[2], FACTS).status_code == 404
    assert list(Season.objects.values_list("name", flat=True)) == ["Spring 2027"]


def test_an_administrator_adds_and_changes_a_season(client, administrator):
    assert client.post(NEW, FACTS).url == LIST
    season = Season.objects.get()
    assert (season.name, season.starts, season.publishes_itself, season.answer_days) == (
        "Autumn 2030",
        date(2030, 9, 1),
        False,
        5,
    )
    edit = reverse("exchange:season_edit", args=[season.pk])
    assert 'value="2030-09-01"' in client.get(edit).text
    assert client.post(edit, FACTS | {"publishes_itself": "on", "answer_days": 9}).url == LIST
    season.refresh_from_db()
    assert (season.publishes_itself, season.answer_days) == (True, 9)
    assert (season.remind_hours, season.kick_off, season.result_hours) == (24, time(11, 30), 72)
    assert season.rating_weight == 0.25


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("name", "Spring 2027", "There is a season of this name already."),
        ("name", "", "This field is required."),
        ("starts", "yesterday", "Enter a valid date."),
        ("ends", "2030-08-01", "The last day lies before the first."),
        ("ends", "2020-01-01", "The last day lies before the first."),
        ("ends", "2032-01-01", "A season lasts a year at most."),
        ("answer_days", "0", "greater than or equal to 1"),
        ("answer_days", "9" * 40, "less than or equal to 60"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(client, administrator, field, value, reason):
    SeasonFactory(name="Spring 2027")
    answer = client.post(NEW, FACTS | {"name": "Autumn 2030"} | {field: value})
    assert answer.status_code == 200
    assert reason in answer.text
    assert "2030-09-01" in answer.text or field == "starts"
    assert Season.objects.count() == 1


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_costs_the_same_queries(client, administrator, django_assert_num_queries, count):
    for number in range(count):
        FixtureRequestFactory(season=SeasonFactory(name=f"Season {number}"))
    client.get(LIST)
    with django_assert_num_queries(3):
        assert client.get(LIST).text.count("Season ") >= count
