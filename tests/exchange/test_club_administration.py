"""The pages on which a club is administered: rights, rubbish, and the way of a new officer to the desk."""

from __future__ import annotations

import re
from email import message_from_bytes, policy

import pytest
from django.urls import reverse
from django.utils import timezone

from exchange.enums import RequestState
from exchange.models import Club, Team, Venue
from portal.actions.universities import appoint, join_university
from portal.enums import UniversityRole
from portal.models import OutboxMessage, University, User
from tests.factories import (
    ClubFactory,
    FixtureFactory,
    FixtureRequestFactory,
    MembershipFactory,
    TeamFactory,
    UniversityFactory,
    UserFactory,
    VenueFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def university() -> University:
    return joined(UniversityFactory(name="Polessky State University"))


@pytest.fixture
def club(university) -> Club:
    return ClubFactory(university=university, name="Rowing Club Pinsk")


@pytest.fixture
def officer(club) -> User:
    return MembershipFactory(club=club, user__email="anna@example.org", user__first_name="Anna").user


@pytest.fixture
def coordinator(university) -> User:
    return coordinator_of(university)


def joined(university: University) -> University:
    join_university(university=university, now=timezone.now())
    university.refresh_from_db()
    return university


def coordinator_of(university: University) -> User:
    person = UserFactory()
    appoint(user=person, university=university, role=UniversityRole.COORDINATOR)
    return person


def url_of(name: str, *args: object) -> str:
    return reverse(f"exchange:{name}", args=[getattr(arg, "pk", arg) for arg in args])


def routes(club: Club) -> dict[str, str]:
    """Every page below a club, with things that are the club's own."""
    team = TeamFactory(club=club)
    return {
        "club": url_of("club", club),
        "people": url_of("club_people_add", club),
        "remove": url_of("club_people_remove", club, MembershipFactory(club=club)),
        "team": url_of("team_new", club),
        "team edit": url_of("team_edit", club, team),
        "venue": url_of("venue_new", club),
        "venue edit": url_of("venue_edit", club, team.home_venue),
    }


# -- rights ----------------------------------------------------------------------------------------


def test_the_club_is_there_for_those_who_act_for_it_and_for_nobody_else(client, club, officer, coordinator):
    other = joined(UniversityFactory())
    expected = {
        None: 302,
        officer: 200,
        coordinator: 200,
        UserFactory(is_superuser=True): 200,
        UserFactory(): 404,
        MembershipFactory(club__university=club.university).user: 404,
        coordinator_of(other): 404,
        MembershipFactory(club__university=other).user: 404,
    }
    urls = routes(club)
    for person, status in expected.items():
        client.logout()
        if person is not None:
            client.force_login(person)
        for name, url in urls.items():
            assert client.get(url).status_code == status, (name, person)
            if status != 200 and name != "club":
                assert client.post(url, {}).status_code == status, (name, person)


def test_what_belongs_to_another_club_is_not_reached_through_ones_own(client, club, officer):
    client.force_login(officer)
    foreign = TeamFactory()
    neighbour = TeamFactory(club__university=club.university)
    for url in (
        url_of("team_edit", club, foreign),
        url_of("team_edit", club, neighbour),
        url_of("venue_edit", club, foreign.home_venue),
        url_of("club_people_remove", club, MembershipFactory()),
        url_of("club", 999_999),
        url_of("club", 10**30),
    ):
        assert client.get(url).status_code == 404, url
        assert client.post(url, {"name": "Stolen"}).status_code in (404, 405), url
    assert client.get(url_of("venue_edit", club, neighbour.home_venue)).status_code == 200, "shared"


def test_coordinators_found_clubs_at_their_own_university(client, club, officer, university, coordinator):
    new = url_of("club_new")
    assert client.get(new).status_code == 302
    client.force_login(officer)
    assert client.get(new).status_code == 404
    assert client.post(new, {"university": university.pk, "name": "Chess"}).status_code == 404

    client.force_login(coordinator)
    assert client.get(new).status_code == 200
    other = joined(UniversityFactory())
    assert "Select a valid choice" in client.post(new, {"university": other.pk, "name": "Chess"}).text
    answer = client.post(new, {"university": university.pk, "name": "Chess"})
    chess = Club.objects.get(name="Chess")
    assert answer.url == url_of("club", chess)
    assert client.get(chess.page.url).status_code == 200
    assert "Nobody acts for the club yet." in client.get(answer.url).text
    assert (
        "already has a club of this name"
        in client.post(new, {"university": university.pk, "name": "CHESS"}).text
    )


# -- the desk --------------------------------------------------------------------------------------


def test_the_desk_shows_people_teams_venues_and_requests(client, club, officer):
    asked = FixtureRequestFactory(team__club=club, team__name="Eights", state=RequestState.WITHDRAWN)
    TeamFactory(club=club, name="Fours", rating=1612.4, rating_deviation=80)
    client.force_login(officer)
    html = client.get(url_of("club", club)).text
    for text in (
        "Eights",
        "Fours",
        "Rating 1612 ± 80",
        "anna@example.org",
        "withdrawn",
        str(asked.team.home_venue),
    ):
        assert text in html
    assert asked.get_absolute_url() in html
    assert f"{url_of('request_new')}?team=" in html


def test_a_new_club_says_what_to_do_next(client, club, officer):
    client.force_login(officer)
    html = client.get(url_of("club", club)).text
    assert "The club has no team yet." in html
    assert "No venue is known yet." in html


@pytest.mark.parametrize("count", [1, 30])
def test_the_desk_costs_the_same_queries(client, club, officer, django_assert_max_num_queries, count):
    FixtureRequestFactory.create_batch(count, team__club=club)
    MembershipFactory.create_batch(count, club=club)
    client.force_login(officer)
    client.get(url_of("club", club))
    with django_assert_max_num_queries(12):
        assert client.get(url_of("club", club)).text.count("<article") == count


# -- teams and venues ------------------------------------------------------------------------------


def test_an_officer_adds_and_changes_a_team(client, club, officer):
    client.force_login(officer)
    given = {
        "sport": "ROW",
        "category": "W",
        "name": " Eights  of Pinsk ",
        "home_venue": "",
        "rating": "3000",
    }
    assert client.post(url_of("team_new", club), given).url == url_of("club", club)
    team = Team.objects.get()
    assert (team.club, team.sport, team.category, team.name) == (club, "ROW", "W", "Eights of Pinsk")
    assert (team.rating, team.home_venue) == (1500, None)

    page = client.get(url_of("team_edit", club, team)).text
    assert "Its rating is 1500." in page
    assert 'name="rating"' not in page
    venue = VenueFactory(university=club.university)
    client.post(url_of("team_edit", club, team), given | {"home_venue": venue.pk, "name": "Fours"})
    team.refresh_from_db()
    assert (team.name, team.home_venue, team.rating) == ("Fours", venue, 1500)


def test_an_administrator_sets_the_rating(client, club):
    client.force_login(UserFactory(is_superuser=True))
    team = TeamFactory(club=club)
    given = {"sport": "BKB", "category": "M", "name": "Giants", "home_venue": ""}
    edit = url_of("team_edit", club, team)
    assert (
        "between 0 and 4000" in client.post(edit, given | {"rating": "9000", "rating_deviation": "50"}).text
    )
    assert (
        "between 0 and 350" in client.post(edit, given | {"rating": "1700", "rating_deviation": "999"}).text
    )
    client.post(edit, given | {"rating": "1700", "rating_deviation": "50"})
    team.refresh_from_db()
    assert (team.rating, team.rating_deviation) == (1700, 50)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"name": "giants"}, "This club already has a team of this name."),
        ({"name": ""}, "This field is required."),
        ({"sport": "ZZZ"}, "Select a valid choice."),
        ({"sport": "GRY", "category": "M"}, "This sport is not played in this category."),
        ({"category": "Q"}, "Select a valid choice."),
        ({"home_venue": "999999"}, "Select a valid choice."),
        ({"home_venue": "9" * 40}, "Select a valid choice."),
        ({"home_venue": "x"}, "Select a valid choice."),
        ({"name": "\x00"}, "Null characters are not allowed."),
    ],
)
def test_a_faulty_team_is_told_and_not_saved(client, club, officer, change, reason):
    TeamFactory(club=club, name="Giants")
    client.force_login(officer)
    given = {"sport": "BKB", "category": "M", "name": "Second", "home_venue": ""} | change
    answer = client.post(url_of("team_new", club), given)
    assert answer.status_code == 200
    assert reason in answer.text
    assert Team.objects.count() == 1


def test_a_home_venue_of_another_university_cannot_be_chosen(client, club, officer):
    client.force_login(officer)
    given = {"sport": "BKB", "category": "M", "name": "Giants", "home_venue": VenueFactory().pk}
    assert "Select a valid choice." in client.post(url_of("team_new", club), given).text


def test_a_busy_team_keeps_its_sport(client, club, officer):
    client.force_login(officer)
    team = FixtureRequestFactory(team__club=club).team
    given = {"sport": "VVO", "category": "M", "name": team.name, "home_venue": ""}
    answer = client.post(url_of("team_edit", club, team), given)
    assert "withdraw the request first" in answer.text
    assert '<option value="VVO" selected>' in answer.text, "what was chosen is not lost"


def test_an_officer_adds_and_changes_a_venue(client, club, officer):
    client.force_login(officer)
    page = client.get(url_of("venue_new", club)).text
    assert 'value="53.9"' in page
    given = {"name": "Pool  Volna", "capacity": "2", "lat": "52.1", "lon": "26.1"}
    assert client.post(url_of("venue_new", club), given).url == url_of("club", club)
    venue = Venue.objects.get()
    assert (venue.university, venue.name, venue.hall, venue.capacity) == (
        club.university,
        "Pool Volna",
        False,
        2,
    )

    client.post(url_of("venue_edit", club, venue), given | {"hall": "on", "capacity": "3"})
    venue.refresh_from_db()
    assert (venue.hall, venue.capacity) == (True, 3)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"name": "HALL"}, "This university already has a venue of this name."),
        ({"capacity": "0"}, "greater than or equal to 1"),
        ({"capacity": "9" * 30}, "less than or equal to 50"),
        ({"lat": "nan"}, "Enter a number."),
        ({"lat": "91"}, "less than or equal to 90"),
        ({"lon": "-181"}, "greater than or equal to -180"),
    ],
)
def test_a_faulty_venue_is_told_and_not_saved(client, club, officer, change, reason):
    VenueFactory(university=club.university, name="Hall")
    client.force_login(officer)
    given = {"name": "Pool", "capacity": "2", "lat": "52.1", "lon": "26.1"} | change
    answer = client.post(url_of("venue_new", club), given)
    assert answer.status_code == 200
    assert reason in answer.text
    assert Venue.objects.count() == 1


def test_a_booked_venue_is_not_made_smaller_than_its_bookings(client, club, officer):
    venue = VenueFactory(university=club.university, capacity=2)
    for place in (1, 2):
        FixtureFactory(host_request__team__home_venue=venue, held=place)
    client.force_login(officer)
    given = {"name": "Hall", "hall": "on", "capacity": "1", "lat": "52.1", "lon": "26.1"}
    assert "2 fixtures are booked here on" in client.post(url_of("venue_edit", club, venue), given).text


# -- people ----------------------------------------------------------------------------------------


def mailed_link(address: str) -> str:
    row = OutboxMessage.objects.get(recipient=address)
    text = message_from_bytes(bytes(row.mime), policy=policy.SMTP).get_body(("plain",)).get_content()
    return re.search(r"http://portal\.test(/accounts/password/reset/key/\S+)", text)[1]


def test_from_the_appointment_by_mail_and_password_to_the_desk(client, club, officer):
    """Nothing but the mail and the browser: no address has to be confirmed by a second mail."""
    client.force_login(officer)
    answer = client.post(url_of("club_people_add", club), {"email": "boris@example.org"}, follow=True)
    assert "boris@example.org may now act for Rowing Club Pinsk and is told by mail." in answer.text
    assert "has not signed in yet" in answer.text
    client.logout()

    form = client.get(mailed_link("boris@example.org"), follow=True)
    password = {"password1": "a boat for eight", "password2": "a boat for eight"}
    hidden = dict(re.findall(r'<input type="hidden" name="(next)" value="([^"]+)"', form.text))
    answer = client.post(form.redirect_chain[-1][0], password | hidden)
    assert answer.url == url_of("club", club), "on to the club"

    sign_in = client.get(answer.url)
    assert sign_in.url.startswith("/accounts/login/?next=")
    answer = client.post(sign_in.url, {"login": "boris@example.org", "password": "a boat for eight"})
    assert answer.url == url_of("club", club)
    page = client.get(answer.url)
    assert "Rowing Club Pinsk" in page.text
    assert "has not signed in yet" not in page.text
    assert OutboxMessage.objects.exclude(kind="appointed").count() == 0, "no other mail was needed"

    client.logout()
    assert "This link is used up" in client.get(mailed_link("boris@example.org"), follow=True).text


def test_who_lost_the_link_asks_for_another_and_gets_in(client, club, officer):
    client.force_login(officer)
    client.post(url_of("club_people_add", club), {"email": "boris@example.org"})
    client.logout()
    OutboxMessage.objects.all().delete()
    client.post(reverse("account_reset_password"), {"email": "boris@example.org"})
    form = client.get(mailed_link("boris@example.org"), follow=True)
    password = {"password1": "a boat for eight", "password2": "a boat for eight"}
    client.post(form.redirect_chain[-1][0], password)
    client.post(reverse("account_login"), {"login": "boris@example.org", "password": "a boat for eight"})
    assert client.get(url_of("club", club)).status_code == 200


def test_a_reset_proves_no_second_address(client, officer):
    """Who has proven an address already proves others by their own mails only."""
    officer.emailaddress_set.create(email="second@example.org")
    client.post(reverse("account_reset_password"), {"email": "anna@example.org"})
    form = client.get(mailed_link("anna@example.org"), follow=True)
    client.post(
        form.redirect_chain[-1][0], {"password1": "a boat for eight", "password2": "a boat for eight"}
    )
    assert not officer.emailaddress_set.get(email="second@example.org").verified


@pytest.mark.parametrize("email", ["", "nobody", "a@b", "x" * 300 + "@example.org", "\x00@example.org"])
def test_what_is_no_address_is_told(client, club, officer, email):
    client.force_login(officer)
    answer = client.post(url_of("club_people_add", club), {"email": email})
    assert answer.status_code == 200
    assert "Please correct this:" in answer.text
    assert club.memberships.count() == 1


def test_removing_asks_first(client, club, officer):
    boris = MembershipFactory(club=club, user__email="boris@example.org")
    remove = url_of("club_people_remove", club, boris)
    client.force_login(officer)
    assert "boris@example.org will no longer act for" in client.get(remove).text
    assert club.memberships.count() == 2
    answer = client.post(remove, follow=True)
    assert "no longer acts for Rowing Club Pinsk" in answer.text
    assert club.memberships.count() == 1
    assert client.post(remove).status_code == 404


def test_who_leaves_is_asked_and_led_away(client, club, officer):
    MembershipFactory(club=club)
    remove = url_of("club_people_remove", club, officer.memberships.get())
    client.force_login(officer)
    assert "Do you want to leave Rowing Club Pinsk?" in client.get(remove).text
    assert client.post(remove).url == reverse("exchange:desk")
    assert client.get(url_of("club", club)).status_code == 404


def test_the_last_officer_is_told_why_not(client, club, officer):
    client.force_login(officer)
    answer = client.post(url_of("club_people_remove", club, officer.memberships.get()))
    assert answer.status_code == 409
    assert "A club needs an officer." in answer.text
    assert club.memberships.count() == 1
