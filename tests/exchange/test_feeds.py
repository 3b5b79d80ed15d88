"""Calendars to subscribe to, and the fixture page for search engines."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from exchange.enums import FixtureState
from exchange.models import Fixture
from exchange.sports_events import sports_event
from exchange.templatetags.exchange_calendars import own_feed_link
from tests.factories import FixtureFactory, MembershipFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def make(state: str = "confirmed", **facts: object) -> Fixture:
    return FixtureFactory(**{"state": state, "date": TODAY + timedelta(days=20)} | facts)


def addresses(fixture: Fixture) -> dict[str, str]:
    club = fixture.guest.club
    keys = {
        "team": fixture.guest_id,
        "club": club.pk,
        "university": club.university_id,
        "season": fixture.season_id,
        "sport": fixture.host.sport,
    }
    return {kind: reverse(f"exchange:{kind}_feed", args=[key]) for kind, key in keys.items()}


def read(client, address: str) -> Calendar:
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(response.content)


@pytest.mark.parametrize("kind", ["team", "club", "university", "season", "sport"])
def test_each_feed_has_its_fixtures_and_no_others(client, kind):
    fixture, other = make(), make(season__name="Autumn", host_request__team__sport="VBV")
    calendar = read(client, addresses(fixture)[kind])
    uids = [str(event["UID"]) for event in calendar.events]
    assert uids == [str(fixture.uid)]
    assert str(other.uid) not in uids


def test_a_feed_says_when_to_come_again_and_carries_its_zone(client):
    calendar = read(client, addresses(make(time_zone="Europe/Vilnius"))["team"])
    assert calendar["METHOD"] == "PUBLISH"
    assert calendar.refresh_interval == timedelta(hours=1)
    assert calendar["X-PUBLISHED-TTL"] == "PT1H"
    assert [zone.tz_name for zone in calendar.timezones] == ["Europe/Vilnius"]


@pytest.mark.parametrize(
    ("state", "status", "summary"),
    [
        ("confirmed", "CONFIRMED", ""),
        ("played", "CONFIRMED", ""),
        ("disputed", "CONFIRMED", ""),
        ("cancelled", "CANCELLED", "Off: "),
        ("postponed", "CANCELLED", "Postponed: "),
    ],
)
def test_what_a_state_is_in_a_calendar(client, state, status, summary):
    fixture = make(state)
    (event,) = read(client, addresses(fixture)["season"]).events
    assert event["STATUS"] == status
    assert event["SUMMARY"] == f"{summary}{fixture.host} – {fixture.guest}"
    assert event.start.astimezone(UTC) == fixture.starts_at


@pytest.mark.parametrize("state", ["proposed", "declined", "expired", "withdrawn"])
def test_what_was_never_agreed_on_is_in_no_public_feed(client, state):
    fixture = make(state)
    for address in addresses(fixture).values():
        assert read(client, address).events == []


def test_feeds_name_no_person(client):
    fixture = make()
    MembershipFactory(club=fixture.host.club)
    content = client.get(addresses(fixture)["team"]).content
    assert b"person" not in content.lower()
    assert b"mailto" not in content


def test_what_has_not_changed_is_not_sent_again(client):
    fixture = make()
    address = addresses(fixture)["club"]
    tag = client.get(address)["ETag"]
    again = client.get(address, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    Fixture.objects.filter(pk=fixture.pk).update(venue=None)
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 200


def test_a_feed_looks_back_ninety_days(client):
    near, far = make(date=TODAY - timedelta(days=90)), make(date=TODAY - timedelta(days=91))
    uids = {str(event["UID"]) for event in read(client, addresses(near)["season"]).events}
    assert uids == {str(near.uid)}
    assert far.season_id == near.season_id


@pytest.mark.parametrize("count", [1, 30])
def test_a_feed_costs_the_same_queries(client, count, django_assert_num_queries):
    fixtures = [make() for _ in range(count)]
    address = addresses(fixtures[0])["season"]
    with django_assert_num_queries(2):
        client.get(address)


@pytest.fixture
def officer():
    return MembershipFactory(club=make("proposed").host.club).user


def own(person) -> str:
    link = own_feed_link(person)
    assert link.startswith("webcal://portal.test/exchange/feeds/mine/")
    return link.removeprefix("webcal://portal.test")


def test_the_feed_of_a_person_has_what_waits_for_an_answer(client, officer):
    make()
    (event,) = read(client, own(officer)).events
    assert event["STATUS"] == "TENTATIVE"
    assert event["UID"] == str(Fixture.objects.get(state="proposed").uid)


def test_the_feed_of_a_person_is_kept_by_nobody_else(client, officer):
    assert "private" in client.get(own(officer))["Cache-Control"]


def test_a_new_address_ends_the_old_one(client, officer):
    old = own(officer)
    client.force_login(officer)
    client.post(reverse("exchange:feed_renew"))
    assert client.get(old).status_code == 404
    assert own(officer) != old
    assert client.get(own(officer)).status_code == 200


def test_only_posting_makes_a_new_address(client, officer):
    old = own(officer)
    client.force_login(officer)
    client.get(reverse("exchange:feed_renew"))
    assert own(officer) == old


def test_a_closed_account_and_a_changed_address_show_nothing(client, officer):
    address = own(officer)
    assert client.get(address.replace(".ics", "x.ics")).status_code == 404
    officer.is_active = False
    officer.save()
    assert client.get(address).status_code == 404


def test_who_leaves_the_club_reads_its_pending_fixtures_no_more(client, officer):
    address = own(officer)
    officer.memberships.all().delete()
    assert read(client, address).events == []


def test_the_desk_shows_the_address(client, officer):
    client.force_login(officer)
    assert own_feed_link(officer) in client.get("/exchange/").content.decode()


def ld(client, fixture: Fixture) -> dict[str, object]:
    page = client.get(fixture.get_absolute_url()).content.decode()
    (written,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return json.loads(written)


def test_search_engines_read_what_is_played_where(client):
    fixture = make(date=date(2027, 4, 10), kick_off=time(15, 30), time_zone="Europe/Vilnius")
    event = ld(client, fixture)
    assert (event["@context"], event["@type"]) == ("https://schema.org", "SportsEvent")
    assert event["startDate"] == "2027-04-10T15:30:00+03:00"
    assert event["endDate"] == "2027-04-10T18:30:00+03:00"
    assert event["eventStatus"] == "https://schema.org/EventScheduled"
    assert event["homeTeam"]["name"] == fixture.host.name
    assert event["awayTeam"]["memberOf"]["name"] == str(fixture.guest.club.university)
    assert event["location"]["address"]["addressCountry"] == "BY"
    assert event["location"]["geo"]["latitude"] == 53.9
    assert event["url"] == f"http://portal.test{fixture.get_absolute_url()}"


@pytest.mark.parametrize(
    ("state", "status"),
    [("postponed", "EventPostponed"), ("cancelled", "EventCancelled"), ("disputed", "EventScheduled")],
)
def test_search_engines_are_told_what_is_off(state, status):
    assert sports_event(make(state))["eventStatus"] == f"https://schema.org/{status}"


def test_an_agreed_date_is_a_rescheduled_event():
    fixture = make(sequence=2)
    fixture.moves.create(
        at=datetime(2027, 1, 1, tzinfo=UTC), move="agree-date", source="postponed", target="confirmed",
        actor="host", via="portal", hours_before=9,
    )  # fmt: skip
    assert sports_event(fixture)["eventStatus"] == "https://schema.org/EventRescheduled"


@pytest.mark.parametrize("state", sorted(set(FixtureState) - {"confirmed", "postponed", "cancelled"}))
def test_search_engines_read_nothing_that_is_not_public(state):
    never_agreed = state in ("proposed", "declined", "expired", "withdrawn")
    assert (sports_event(make(state)) is None) is never_agreed


@pytest.mark.parametrize("name", ["</script><script>alert(1)</script>", "<!--<script>", "A & B \u2028 C"])
def test_a_name_stays_a_name_between_the_tags(client, name):
    fixture = make(host_request__team__name=name)
    assert ld(client, fixture)["homeTeam"]["name"] == name
    page = client.get(fixture.get_absolute_url()).content.decode()
    assert "<script>alert" not in page
    assert "<!--" not in page
