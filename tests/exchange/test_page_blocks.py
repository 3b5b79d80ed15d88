"""Blocks that show what stands in the exchange and in research, and the pages of venues."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from exchange.actions.clubs import found_club
from exchange.actions.venue_pages import UnableToPublishVenue, publish_venue_page
from exchange.enums import FixtureState, RequestState
from exchange.models import Club, ClubPage, Fixture, Venue, VenueIndexPage, VenuePage
from portal.actions.pages import publish_new_page
from portal.actions.universities import appoint, join_university
from portal.blocks import BodyBlock
from portal.enums import UniversityRole
from portal.models import HomePage, StandardPage, University
from tests.factories import (
    FixtureFactory,
    FixtureRequestFactory,
    MembershipFactory,
    SeasonFactory,
    TeamFactory,
    UniversityFactory,
    UserFactory,
    VenueFactory,
)

pytestmark = pytest.mark.django_db

NOW = timezone.now()
BODY = BodyBlock()


def club_of(name: str) -> Club:
    university = UniversityFactory(name=f"University of {name}", city=name)
    join_university(university=university, now=NOW)
    return found_club(university=university, name=f"{name} club", now=NOW)


@pytest.fixture
def minsk(db: None) -> Club:
    return club_of("Minsk")


@pytest.fixture
def brest(minsk: Club) -> Club:
    return club_of("Brest")


def asks(club: Club, name: str, **facts: object) -> None:
    season = SeasonFactory(ends=timezone.localdate().replace(year=timezone.localdate().year + 1))
    FixtureRequestFactory(
        team=TeamFactory(club=club, name=name), notes="Ring me", **{"season": season, **facts}
    )


def on_page(client: Client, page, name: str, **value: object) -> str:
    """What the block shows on that page."""
    page.body = BODY.to_python(
        [{"type": name, "value": {"heading": "Live", "whose": "here", "most": 5, **value}}]
    )
    page.save_revision(clean=False).publish()
    response = client.get(page.url)
    assert response.status_code == 200
    return response.content.decode().split("<h2>Live</h2>")[1].split("</section>")[0]


def university_page(club: Club):
    return club.university.pages.first()


def test_open_requests_are_of_what_the_page_is_about(client: Client, minsk: Club, brest: Club):
    asks(minsk, "Minsk eight")
    asks(brest, "Brest eight")
    for page in (ClubPage.objects.get(club=minsk), university_page(minsk)):
        shown = on_page(client, page, "open_requests")
        assert "Minsk eight" in shown
        assert "Brest eight" not in shown
    shown = on_page(client, university_page(minsk), "open_requests", whose="everywhere")
    assert "Minsk eight" in shown
    assert "Brest eight" in shown
    assert "Brest eight" in on_page(client, HomePage.objects.order_by("pk").first(), "open_requests")


def test_below_a_university_live_blocks_are_of_it(client: Client, minsk: Club, brest: Club):
    asks(minsk, "Minsk eight")
    asks(brest, "Brest eight")
    page = StandardPage(title="Play us", slug="play")
    publish_new_page(page=page, parent=university_page(minsk), now=NOW)
    shown = on_page(client, page, "open_requests")
    assert "Minsk eight" in shown
    assert "Brest eight" not in shown


def test_only_open_requests_of_clubs_with_a_page_are_public_and_no_note_is(client: Client, minsk: Club):
    asks(minsk, "Open eight")
    asks(minsk, "Withdrawn eight", state=RequestState.WITHDRAWN)
    asks(minsk, "Late eight", season=SeasonFactory(name="Over", starts="2020-01-01", ends="2020-06-30"))
    hidden = found_club(university=minsk.university, name="Hidden", now=NOW)
    ClubPage.objects.get(club=hidden).unpublish()
    asks(hidden, "Hidden eight")
    shown = on_page(client, university_page(minsk), "open_requests")
    assert "Open eight" in shown
    for other in ("Withdrawn eight", "Late eight", "Hidden eight", "Ring me"):
        assert other not in shown


def played(minsk: Club, brest: Club, state: FixtureState, days: int) -> Fixture:
    day = timezone.localdate() + timezone.timedelta(days=days)
    return FixtureFactory(
        host_request__team=TeamFactory(club=minsk, name=f"Host {state} {days}"),
        guest_request__team=TeamFactory(club=brest, name=f"Guest {state} {days}"),
        date=day,
        state=state,
    )


def test_fixtures_and_results_are_those_that_are_public(client: Client, minsk: Club, brest: Club):
    played(minsk, brest, FixtureState.CONFIRMED, 10)
    played(minsk, brest, FixtureState.PROPOSED, 11)
    played(minsk, brest, FixtureState.PLAYED, -10)
    page = university_page(brest)
    coming = on_page(client, page, "next_fixtures")
    assert "Host confirmed" in coming
    assert "proposed" not in coming
    results = on_page(client, page, "results")
    assert "Host played" in results
    assert "Host confirmed" not in results


def test_projects_say_when_there_are_none(client: Client, minsk: Club):
    assert "No project is published yet." in on_page(client, university_page(minsk), "projects")


@pytest.mark.parametrize("name", ["open_requests", "next_fixtures", "results", "map"])
def test_a_live_block_costs_the_same_with_one_row_and_with_many(client, minsk, brest, name):
    costs = []
    for count in (1, 8):
        for number in range(count):
            asks(minsk, f"Eight {count} {number}")
            played(minsk, brest, FixtureState.CONFIRMED, 20 * count + number)
            played(minsk, brest, FixtureState.PLAYED, -20 * count - number)
        page = university_page(minsk)
        on_page(client, page, name, most=20)
        with CaptureQueriesContext(connection) as asked:
            client.get(page.url)
        costs.append(len(asked))
    assert costs[0] == costs[1]


def test_the_map_lists_venues_with_their_address_and_page(client: Client, minsk: Club):
    venue = VenueFactory(
        university=minsk.university, name="Main hall", street="Kirov street 24", postal_code="220030"
    )
    page = publish_venue_page(venue=venue, now=NOW)
    shown = on_page(client, ClubPage.objects.get(club=minsk), "map")
    assert f'<a href="{page.url}">Main hall</a>' in shown
    assert "Kirov street 24, 220030 Minsk" in shown
    assert f'data-src="/exchange/places/{minsk.university_id}.json"' in shown
    point = client.get(f"/exchange/places/{minsk.university_id}.json").json()["features"][0]
    assert point["geometry"] == {"type": "Point", "coordinates": [27.5667, 53.9]}
    assert point["properties"]["items"] == [{"text": "Main hall", "url": page.url}]


def test_the_map_of_everything_shows_universities_that_have_joined(client: Client, minsk: Club, brest: Club):
    UniversityFactory(name="Elsewhere", joined_at=None)
    names = [one["properties"]["name"] for one in client.get("/exchange/places.json").json()["features"]]
    assert names == ["University of Brest", "University of Minsk"]
    outside = University.objects.get(name="Elsewhere").pk
    assert client.get(f"/exchange/places/{outside}.json").status_code == 404


def test_a_new_club_page_offers_an_outline_that_visitors_do_not_see(client: Client, minsk: Club):
    coordinator = Client()
    person = UserFactory()
    appoint(user=person, university=minsk.university, role=UniversityRole.COORDINATOR)
    coordinator.force_login(person)
    page = ClubPage.objects.get(club=minsk)
    edit = f"/cms/pages/{page.pk}/edit/"
    assert "Play against us" in coordinator.get(edit).content.decode()
    assert "Play against us" not in client.get(page.url).content.decode()
    page.save_revision()
    assert "Play against us" not in coordinator.get(edit).content.decode()


# -- pages of venues ---------------------------------------------------------------------------------------


def test_a_venue_has_one_page_below_its_university(minsk: Club):
    venue = VenueFactory(university=minsk.university, name="Main hall")
    page = publish_venue_page(venue=venue, now=NOW)
    assert publish_venue_page(venue=venue, now=NOW) == page
    assert VenuePage.objects.count() == 1
    assert page.get_parent().specific == VenueIndexPage.objects.get()
    assert page.get_parent().get_parent().specific == university_page(minsk)
    other = publish_venue_page(venue=VenueFactory(university=minsk.university, name="Main-hall"), now=NOW)
    assert other.slug == "main-hall-1"


def test_a_university_that_has_not_joined_has_no_pages_of_venues(db: None):
    venue = VenueFactory(university=UniversityFactory(joined_at=None))
    with pytest.raises(UnableToPublishVenue, match="has not joined"):
        publish_venue_page(venue=venue, now=NOW)


def test_a_venues_page_tells_where_it_is_and_what_is_played(client: Client, minsk: Club, brest: Club):
    venue = VenueFactory(
        university=minsk.university, name="Main hall", street="Kirov street 24", lat=53.9, lon=27.5
    )
    TeamFactory(club=minsk, home_venue=venue, sport="BKB")
    here = played(minsk, brest, FixtureState.CONFIRMED, 5)
    Fixture.objects.filter(pk=here.pk).update(venue=venue)
    page = client.get(publish_venue_page(venue=venue, now=NOW).url).content.decode()
    for part in ("Kirov street 24<br>Minsk<br>Belarus", "Basketball", "53.9, 27.5", "Host confirmed"):
        assert part in page
    assert "mlat=53.9&amp;mlon=27.5" in page


def test_the_list_shows_live_pages_of_this_university(client: Client, minsk: Club, brest: Club):
    for club, name in ((minsk, "Minsk hall"), (brest, "Brest hall")):
        publish_venue_page(venue=VenueFactory(university=club.university, name=name), now=NOW)
    hidden = publish_venue_page(venue=VenueFactory(university=minsk.university, name="Old hall"), now=NOW)
    hidden.unpublish()
    above = VenueIndexPage.objects.child_of(university_page(minsk)).get()
    page = client.get(above.url).content.decode()
    assert "Minsk hall" in page
    assert "Brest hall" not in page
    assert "Old hall" not in page


def test_an_officer_publishes_the_page_from_the_form_of_the_venue(client: Client, minsk: Club, brest: Club):
    venue = VenueFactory(university=minsk.university, name="Main hall")
    path = f"/exchange/clubs/{minsk.pk}/venues/{venue.pk}/"
    client.force_login(MembershipFactory(club=brest).user)
    assert client.post(f"{path}page/").status_code == 404
    client.force_login(MembershipFactory(club=minsk).user)
    assert "Publish a page of this venue" in client.get(path).content.decode()
    assert client.get(f"{path}page/").url == path
    assert not VenuePage.objects.exists()
    page = client.post(f"{path}page/", follow=True).content.decode()
    assert "The venue has a page now." in page
    assert "<h1>Main hall</h1>" in page
    assert "See the venue’s page" in client.get(path).content.decode()


def test_the_form_of_a_venue_takes_its_address(client: Client, minsk: Club):
    client.force_login(MembershipFactory(club=minsk).user)
    facts = {"name": "Hall", "capacity": 1, "lat": 53.9, "lon": 27.5}
    facts |= {"street": "Kirov street 24", "postal_code": "220030", "town": ""}
    client.post(f"/exchange/clubs/{minsk.pk}/venues/new/", facts)
    assert Venue.objects.get(name="Hall").address == ["Kirov street 24", "220030 Minsk"]


def test_a_venues_page_is_made_by_no_form(minsk: Club):
    publish_venue_page(venue=VenueFactory(university=minsk.university), now=NOW)
    assert not VenuePage.can_create_at(VenueIndexPage.objects.get())
    assert University.objects.get(pk=minsk.university_id).pages.count() == 1
