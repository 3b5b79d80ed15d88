"""Events in the calendar and in the feed, and opponents under an agreement."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.test import Client
from icalendar import Calendar

from exchange.enums import FixtureState
from tests.factories import (
    AgreementFactory,
    EventFactory,
    FixtureRequestFactory,
    MembershipFactory,
    TeamFactory,
    UniversityFactory,
)

from .looking import text_of
from .test_month_page import fixture_on, shown

pytestmark = pytest.mark.django_db

PATH = "/exchange/calendar/"


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(datetime(2027, 3, 20, 12, tzinfo=UTC), tick=False):
        yield


def test_an_event_stands_on_each_of_its_days_and_once_in_the_list(client: Client):
    event = EventFactory(title="Rowing camp", starts_on=date(2027, 2, 20), ends_on=date(2027, 3, 3))
    page = shown(client)
    assert page.count('class="square-event"') == 3
    assert page.count('class="fixture-pair"') == 1
    assert event.get_absolute_url() in page
    assert "Rowing camp" not in shown(client, month="2027-04")


def test_what_is_not_public_is_not_shown(client: Client):
    EventFactory(title="Secret camp", public=False, starts_on=date(2027, 3, 27))
    assert "Secret camp" not in shown(client)


def test_filters_hold_for_both(client: Client):
    fixture = fixture_on(date(2027, 3, 27), sport="HBL", category="W")
    pair = f"{fixture.host} – {fixture.guest}"
    EventFactory(title="Zz congress", kind="congress", sport="", country="PL", starts_on=date(2027, 3, 27))
    for asked, told in (
        ({"what": "fixtures"}, (True, False)),
        ({"what": "events"}, (False, True)),
        ({"what": "congress"}, (False, True)),
        ({"what": "camp"}, (False, False)),
        ({"sport": "HBL"}, (True, False)),
        ({"category": "W"}, (True, False)),
        ({"country": "PL"}, (False, True)),
    ):
        page = shown(client, **asked)
        assert (pair in page, "Zz congress" in page) == told, asked


def test_an_agreement_narrows_to_its_events_and_to_fixtures_under_it(client: Client):
    agreement = AgreementFactory(countries=["BY", "PL"])
    EventFactory(title="Zz cup", agreement=agreement, starts_on=date(2027, 3, 27))
    EventFactory(title="Zz other", starts_on=date(2027, 3, 27))
    home = fixture_on(date(2027, 3, 27))
    abroad = fixture_on(date(2027, 3, 28), club__university__country="PL")
    page = shown(client, agreement=str(agreement.pk))
    assert ("Zz cup" in page, "Zz other" in page) == (True, False)
    assert f"{home.host} – {home.guest}" not in page
    assert f"{abroad.host} – {abroad.guest}" in page


def test_an_empty_month_leads_to_the_next_event(client: Client):
    EventFactory(starts_on=date(2027, 6, 8))
    assert "month=2027-06" in shown(client)


def test_the_feed_has_whole_days_and_what_its_address_asks_for(client: Client):
    EventFactory(title="Judo cup", sport="JUD", starts_on=date(2027, 4, 1), ends_on=date(2027, 4, 3))
    EventFactory(title="Basketball cup", starts_on=date(2027, 4, 1))
    EventFactory(title="Long ago", sport="JUD", starts_on=date(2026, 4, 1))
    EventFactory(title="Hidden", sport="JUD", starts_on=date(2027, 4, 1), public=False)
    response = client.get("/exchange/calendar/events.ics?sport=JUD&kind=nonsense&agreement=x")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    (event,) = Calendar.from_ical(response.content).events
    assert str(event["SUMMARY"]) == "Judo cup"
    assert (event.start, event.end) == (date(2027, 4, 1), date(2027, 4, 4))
    assert client.get("/exchange/calendar/events.ics").content.count(b"BEGIN:VEVENT") == 2
    again = client.get(
        "/exchange/calendar/events.ics",
        headers={"if-none-match": client.get("/exchange/calendar/events.ics")["ETag"]},
    )
    assert again.status_code == 304


@pytest.mark.parametrize("count", [1, 30])
def test_the_calendar_with_events_costs_the_same(client: Client, count: int, django_assert_num_queries):
    for n in range(count):
        EventFactory(
            host=UniversityFactory(), agreement=AgreementFactory(), starts_on=date(2027, 3, 1 + n % 28)
        )
        fixture_on(date(2027, 3, 1 + n % 28), FixtureState.CONFIRMED)
    with django_assert_num_queries(10):
        client.get(PATH)


@pytest.fixture
def officer():
    return MembershipFactory(club=TeamFactory().club).user


def board(client: Client, **asked: str) -> str:
    return text_of(client.get("/exchange/opponents/", {"origin": "", **asked}))


def test_opponents_under_an_agreement(client: Client, officer):
    agreement = AgreementFactory(title="Two countries", countries=["BY", "PL"])
    later = AgreementFactory(countries=["BY", "LT"], valid_from=date(2030, 1, 1))
    days = {date(2027, 4, 10): "both"}
    for name, country in (("Warsaw eight", "PL"), ("Brest eight", "BY"), ("Vilnius eight", "LT")):
        FixtureRequestFactory(team__name=name, team__club__university__country=country, days=days)
    everybody = board(client, agreement=str(agreement.pk))
    assert all(name in everybody for name in ("Warsaw eight", "Brest eight", "Vilnius eight"))
    client.force_login(officer)
    for chosen in ("any", str(agreement.pk)):
        page = board(client, agreement=chosen)
        assert "Two countries" in page
        assert ("Warsaw eight" in page, "Brest eight" in page, "Vilnius eight" in page) == (
            True,
            False,
            False,
        )
    assert "Vilnius eight" in board(client, agreement=str(later.pk))
