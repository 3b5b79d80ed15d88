"""The calendar: a month of public fixtures, filtered, with the ways to other months and to feeds."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from exchange.enums import FixtureState
from tests.factories import (
    FixtureFactory,
    FixtureRequestFactory,
    MembershipFactory,
    SeasonFactory,
    TeamFactory,
)

from .looking import text_of

pytestmark = pytest.mark.django_db

PATH = "/exchange/calendar/"


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(datetime(2027, 3, 20, 12, tzinfo=UTC), tick=False):
        yield


def fixture_on(day: date, state: FixtureState = FixtureState.CONFIRMED, **of_host: object):
    asks = {"season": SeasonFactory(), "days": {}}
    host = FixtureRequestFactory(team=TeamFactory(**of_host), **asks)
    guest = FixtureRequestFactory(
        team=TeamFactory(sport=host.team.sport, category=host.team.category), **asks
    )
    return FixtureFactory(
        season=asks["season"], host_request=host, guest_request=guest, date=day, state=state
    )


def shown(client: Client, **asked: str) -> str:
    response = client.get(PATH, asked)
    assert response.status_code == 200
    return text_of(response)


def test_it_opens_at_this_month(client: Client):
    now, later = fixture_on(date(2027, 3, 27)), fixture_on(date(2027, 4, 3))
    text = shown(client)
    assert "March 2027" in text
    assert f"{now.host} – {now.guest}" in text
    assert f"{later.host} – {later.guest}" not in text


def test_another_month_is_named_in_the_address(client: Client):
    later = fixture_on(date(2027, 4, 3))
    assert f"{later.host} – {later.guest}" in shown(client, month="2027-04")


@pytest.mark.parametrize("month", ["2027-13", "next", "0001-01", "9999-12", "2027-04-01"])
def test_what_is_no_month_is_this_one(client: Client, month: str):
    assert "March 2027" in shown(client, month=month)


@pytest.mark.parametrize("state", FixtureState)
def test_only_what_both_agreed_on_and_still_has_its_day_is_public(client: Client, state: FixtureState):
    fixture = fixture_on(date(2027, 3, 27), state)
    public = ("confirmed", "played", "entered", "disputed", "final", "walkover", "abandoned")
    assert (f"{fixture.host} – {fixture.guest}" in shown(client)) == (state in public)


def test_a_proposed_fixture_is_seen_by_its_clubs(client: Client):
    fixture = fixture_on(date(2027, 3, 27), FixtureState.PROPOSED)
    client.force_login(MembershipFactory(club=fixture.guest.club).user)
    assert f"{fixture.host} – {fixture.guest}" in shown(client)


def test_filters_leave_the_others_out(client: Client):
    handball = fixture_on(date(2027, 3, 27), sport="HBL", category="W")
    basketball = fixture_on(date(2027, 3, 28), club__university__country="PL")
    university = str(handball.host.club.university_id)
    for asked in ({"sport": "HBL"}, {"category": "W"}, {"university": university}):
        text = shown(client, **asked)
        assert f"{handball.host} – {handball.guest}" in text
        assert f"{basketball.host} – {basketball.guest}" not in text
    text = shown(client, country="PL")
    assert f"{basketball.host} – {basketball.guest}" in text
    assert f"{handball.host} – {handball.guest}" not in text


def test_an_empty_month_leads_to_the_next_one_with_something(client: Client):
    fixture_on(date(2027, 5, 8))
    text = shown(client, sport="BKB")
    assert "Nothing is on in this month." in text
    assert "?sport=BKB&amp;month=2027-05" in text


def test_the_days_of_a_season_are_marked_and_lead_to_its_feed(client: Client):
    season = SeasonFactory(name="Late spring", starts=date(2027, 3, 5), ends=date(2027, 6, 30))
    text = shown(client)
    assert "Late spring begins" in text
    assert f"/exchange/feeds/season/{season.pk}.ics" in text


def test_a_full_day_leads_to_the_list(client: Client):
    for _one in range(5):
        fixture_on(date(2027, 3, 27))
    text = shown(client)
    assert '?view=list#day-27">2 more' in text
    assert "month-sheet" not in shown(client, view="list")


@pytest.mark.parametrize("count", [1, 30])
def test_the_calendar_costs_the_same(client: Client, count: int, django_assert_num_queries):
    for n in range(count):
        fixture_on(date(2027, 3, 1) + timedelta(days=n % 28))
    with django_assert_num_queries(10):
        client.get(PATH)
