from __future__ import annotations

from datetime import UTC, date, datetime
from email import message_from_bytes, policy

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.utils import translation

from exchange.actions.clubs import (
    MOST_OFFICERS,
    UnableToAppointOfficer,
    UnableToDismissOfficer,
    UnableToFoundClub,
    appoint_officer,
    dismiss_officer,
    found_club,
)
from exchange.actions.teams import UnableToSaveTeam, save_team
from exchange.actions.venues import UnableToSaveVenue, save_venue
from exchange.enums import FixtureState, RequestState
from exchange.models import Club, ClubIndexPage, Membership, Team, Venue
from portal.actions.universities import appoint, join_university
from portal.enums import MailState, UniversityRole
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
NOW = datetime(2027, 1, 10, 12, tzinfo=UTC)


def mail_to(address: str, kind: str = "appointed") -> str:
    row = OutboxMessage.objects.filter(recipient=address, kind=kind).latest("pk")
    return message_from_bytes(bytes(row.mime), policy=policy.SMTP).get_body(("plain",)).get_content()


# -- founding --------------------------------------------------------------------------------------


@pytest.fixture
def university() -> University:
    row = UniversityFactory(name="Polessky State University")
    join_university(university=row, now=NOW)
    return row


def test_a_founded_club_has_a_public_page_below_its_university(university, client):
    club = found_club(university=university, name="  Rowing   Club Pinsk ", now=NOW)

    assert (club.name, club.slug) == ("Rowing Club Pinsk", "rowing-club-pinsk")
    page = club.page
    assert (page.title, page.slug, page.live) == ("Rowing Club Pinsk", "rowing-club-pinsk", True)
    assert page.get_latest_revision() is not None
    index = page.get_parent().specific
    assert (type(index), index.title, index.slug, index.live) == (ClubIndexPage, "Clubs", "clubs", True)
    assert index.get_parent().specific == university.page


def test_the_second_club_joins_the_first_in_one_list(university):
    first = found_club(university=university, name="Rowing", now=NOW)
    second = found_club(university=university, name="Chess", now=NOW)
    assert first.page.get_parent() == second.page.get_parent()
    assert ClubIndexPage.objects.count() == 1


def test_the_list_is_named_in_the_language_of_the_pages_above(university):
    with translation.override("be"):
        found_club(university=university, name="Rowing", now=NOW)
    assert ClubIndexPage.objects.get().title == "Clubs"


def test_names_of_any_script_get_an_address(university):
    names = ("Спортивный клуб", "Спортивный клуб!", "体育", "???")
    slugs = [found_club(university=university, name=name, now=NOW).slug for name in names]
    assert slugs == ["sportivnyy-klub", "sportivnyy-klub-2", "tiyu", "club"]


def test_a_given_address_is_used_or_refused(university):
    assert found_club(university=university, name="Rowing", slug="eights", now=NOW).slug == "eights"
    with pytest.raises(UnableToFoundClub, match="already has a club at this address"):
        found_club(university=university, name="Sculls", slug="eights", now=NOW)


@pytest.mark.parametrize(
    ("name", "reason"), [("спорт", "of this name"), ("", "blank"), ("x" * 201, "at most 200")]
)
def test_a_club_needs_a_name_of_its_own(university, name, reason):
    found_club(university=university, name="Спорт", now=NOW)
    with pytest.raises(UnableToFoundClub, match=reason):
        found_club(university=university, name=name, now=NOW)
    assert Club.objects.count() == 1


def test_another_university_may_have_a_club_of_the_same_name(university):
    other = UniversityFactory()
    join_university(university=other, now=NOW)
    found_club(university=university, name="Rowing", now=NOW)
    assert found_club(university=other, name="Rowing", now=NOW).slug == "rowing"


def test_a_university_without_a_page_founds_nothing():
    with pytest.raises(UnableToFoundClub, match="has not joined"):
        found_club(university=UniversityFactory(joined_at=None), name="Rowing", now=NOW)


# -- officers --------------------------------------------------------------------------------------


@pytest.fixture
def officer() -> User:
    return UserFactory(email="anna@example.org", first_name="Anna", last_name="Kravets", language="ru")


@pytest.fixture
def club(officer) -> Club:
    club = ClubFactory(name="Rowing Club Pinsk")
    MembershipFactory(club=club, user=officer)
    return club


def test_a_stranger_gets_an_account_without_a_password_and_a_link_to_set_one(club, officer):
    membership = appoint_officer(club=club, email=" Boris@Example.org ", by=officer, now=NOW)

    boris = membership.user
    assert (boris.email, boris.language, boris.has_usable_password()) == ("boris@example.org", "ru", False)
    assert EmailAddress.objects.get(user=boris).verified is False
    text = mail_to("boris@example.org")
    assert "http://portal.test/accounts/password/reset/key/" in text
    assert f"?next=%2Fexchange%2Fclubs%2F{club.pk}%2F" in text
    assert "Anna Kravets" in text
    assert "Rowing Club Pinsk" in text


def test_who_has_an_account_is_told_where_the_club_is(club, officer):
    UserFactory(email="boris@example.org")
    appoint_officer(club=club, email="BORIS@example.org", by=officer, now=NOW)

    text = mail_to("boris@example.org")
    assert f"http://portal.test/exchange/clubs/{club.pk}/" in text
    assert "password" not in text
    assert User.objects.filter(email__iexact="boris@example.org").count() == 1


def test_an_address_that_somebody_has_proven_beside_another_is_theirs(club, officer):
    boris = UserFactory(email="boris@example.org")
    boris.emailaddress_set.create(email="captain@example.org", verified=True)
    assert appoint_officer(club=club, email="captain@example.org", by=officer, now=NOW).user == boris


def test_who_signed_up_under_a_foreign_address_is_shut_out(club, officer):
    """The stranger's password would otherwise open the account as soon as the owner proves the address."""
    User.objects.create_user("boris@example.org", "the stranger's password")
    membership = appoint_officer(club=club, email="boris@example.org", by=officer, now=NOW)
    assert not membership.user.has_usable_password()
    assert "/accounts/password/reset/key/" in mail_to("boris@example.org")


@pytest.mark.parametrize(
    "facts", [{"is_superuser": True}, {"is_staff": True}, {"last_login": NOW}, {"groups": True}, {}]
)
def test_an_account_in_use_keeps_its_password_though_its_address_is_not_proven(club, officer, facts):
    in_group = facts.pop("groups", False) if (used := bool(facts)) else False
    person = User.objects.create_user("boris@example.org", "their own password", **facts)
    if in_group:
        person.groups.add(Group.objects.create(name="coordinators"))
    appoint_officer(club=club, email="boris@example.org", by=officer, now=NOW)
    person.refresh_from_db()
    assert person.has_usable_password() is used


def test_the_link_is_sent_again_to_who_has_not_come_yet_once_a_day(club, officer):
    for hour in (12, 13):
        appoint_officer(club=club, email="boris@example.org", by=officer, now=NOW.replace(hour=hour))
    assert OutboxMessage.objects.filter(recipient="boris@example.org").count() == 1

    appoint_officer(club=club, email="boris@example.org", by=officer, now=NOW.replace(day=11))
    assert OutboxMessage.objects.filter(recipient="boris@example.org").count() == 2
    assert club.memberships.count() == 2


def test_nobody_is_an_officer_twice(club, officer):
    with pytest.raises(UnableToAppointOfficer, match="Anna Kravets is an officer of this club already"):
        appoint_officer(club=club, email="anna@example.org", by=officer, now=NOW)


@pytest.mark.parametrize(
    "email", ["", "nobody", "a@b", "a b@example.org", "борис@example.org", "x" * 300 + "@example.org"]
)
def test_what_is_no_address_is_refused(club, officer, email):
    with pytest.raises(UnableToAppointOfficer, match="no e-mail address"):
        appoint_officer(club=club, email=email, by=officer, now=NOW)
    assert User.objects.count() == 1


def test_a_closed_account_is_not_appointed(club, officer):
    UserFactory(email="boris@example.org", is_active=False)
    with pytest.raises(UnableToAppointOfficer, match="closed"):
        appoint_officer(club=club, email="boris@example.org", by=officer, now=NOW)


def test_a_club_has_a_bounded_number_of_officers(club, officer):
    MembershipFactory.create_batch(MOST_OFFICERS - 1, club=club)
    with pytest.raises(UnableToAppointOfficer, match="30 officers at most"):
        appoint_officer(club=club, email="boris@example.org", by=officer, now=NOW)
    assert not User.objects.filter(email="boris@example.org").exists()


def test_who_is_dismissed_is_told_and_keeps_the_account(club, officer):
    boris = MembershipFactory(club=club, user__email="boris@example.org")
    dismiss_officer(membership=boris, by=officer, now=NOW)
    assert list(club.memberships.values_list("user", flat=True)) == [officer.pk]
    assert "Anna Kravets has removed you" in mail_to("boris@example.org", "dismissed")
    assert User.objects.filter(email="boris@example.org", is_active=True).exists()


def test_a_welcome_that_has_not_left_yet_does_not_go_to_who_is_dismissed(club, officer):
    membership = appoint_officer(club=club, email="boris@example.org", by=officer, now=NOW)
    dismiss_officer(membership=membership, by=officer, now=NOW)
    assert OutboxMessage.objects.get(kind="appointed").state == MailState.CANCELLED

    appoint_officer(club=club, email="boris@example.org", by=officer, now=NOW)
    assert OutboxMessage.objects.filter(kind="appointed", state=MailState.QUEUED).count() == 1


def test_who_is_added_and_removed_without_end_gets_one_mail_of_each_kind_a_day(club, officer):
    def turn(now: datetime) -> None:
        membership = appoint_officer(club=club, email="boris@example.org", by=officer, now=now)
        OutboxMessage.objects.filter(state=MailState.QUEUED).update(state=MailState.SENT)
        dismiss_officer(membership=membership, by=officer, now=now)
        OutboxMessage.objects.filter(state=MailState.QUEUED).update(state=MailState.SENT)

    for _ in range(3):
        turn(NOW)
    assert sorted(OutboxMessage.objects.values_list("kind", flat=True)) == ["appointed", "dismissed"]
    turn(NOW.replace(day=11))
    assert OutboxMessage.objects.count() == 4


def test_who_leaves_is_not_written_to(club, officer):
    MembershipFactory(club=club)
    dismiss_officer(membership=officer.memberships.get(), by=officer, now=NOW)
    assert not OutboxMessage.objects.exists()


def test_the_last_officer_cannot_leave_but_be_dismissed_by_the_coordinator(club, officer):
    with pytest.raises(UnableToDismissOfficer, match="A club needs an officer"):
        dismiss_officer(membership=officer.memberships.get(), by=officer, now=NOW)

    join_university(university=club.university, now=NOW)
    coordinator = UserFactory()
    appoint(user=coordinator, university=club.university, role=UniversityRole.COORDINATOR)
    dismiss_officer(membership=officer.memberships.get(), by=coordinator, now=NOW)
    assert not club.memberships.exists()


def test_who_is_gone_cannot_be_dismissed_again(club, officer):
    boris = MembershipFactory(club=club)
    dismiss_officer(membership=Membership.objects.get(pk=boris.pk), by=officer, now=NOW)
    with pytest.raises(UnableToDismissOfficer, match="no officer of the club any more"):
        dismiss_officer(membership=boris, by=officer, now=NOW)


# -- teams -----------------------------------------------------------------------------------------


def test_officers_found_teams_with_the_rating_of_the_unknown(club, officer):
    team = Team(club=club, sport="ROW", category="M", name="Eights", rating=2800, rating_deviation=1)
    save_team(team=team, by=officer)
    team.refresh_from_db()
    assert (team.rating, team.rating_deviation) == (1500, 350)


def test_ratings_are_given_by_administrators(club, officer):
    team = TeamFactory(club=club, rating=1500)
    team.rating = 1900
    save_team(team=team, by=officer)
    team.refresh_from_db()
    assert team.rating == 1500

    team.rating = 1900
    save_team(team=team, by=UserFactory(is_superuser=True))
    team.refresh_from_db()
    assert team.rating == 1900


def test_a_rating_that_moved_in_the_meantime_is_not_written_back(club, officer):
    team = TeamFactory(club=club, rating=1500)
    Team.objects.update(rating=1532)
    team.name = "Eights"
    save_team(team=team, by=officer)
    assert Team.objects.get().rating == 1532


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"category": "X"}, "not played in this category"),
        ({"sport": "ZZZ"}, "not a valid choice"),
        ({"name": "x" * 201}, "at most 200"),
        ({"name": "First"}, "already exists"),
    ],
)
def test_a_team_that_cannot_be_is_refused(club, officer, facts, reason):
    TeamFactory(club=club, name="First")
    with pytest.raises(UnableToSaveTeam, match=reason):
        save_team(
            team=Team(**({"club": club, "sport": "BKB", "category": "M", "name": "Second"} | facts)),
            by=officer,
        )
    assert Team.objects.count() == 1


def test_a_home_venue_is_the_universitys_own_and_fits_the_sport(club, officer):
    team = TeamFactory(club=club, sport="BKB")
    team.home_venue = VenueFactory()
    with pytest.raises(UnableToSaveTeam, match="another university"):
        save_team(team=team, by=officer)
    team.home_venue = VenueFactory(university=club.university, hall=False)
    with pytest.raises(UnableToSaveTeam, match="choose a hall"):
        save_team(team=team, by=officer)


@pytest.mark.parametrize("change", [{"sport": "VVO"}, {"category": "W"}])
def test_sport_and_category_stay_while_a_request_is_open(club, officer, change):
    request = FixtureRequestFactory(team__club=club)
    team = Team.objects.get(pk=request.team_id)
    for name, value in change.items():
        setattr(team, name, value)
    with pytest.raises(UnableToSaveTeam, match="withdraw the request first"):
        save_team(team=team, by=officer)

    type(request).objects.update(state=RequestState.WITHDRAWN)
    save_team(team=team, by=officer)
    team.refresh_from_db()
    assert {name: getattr(team, name) for name in change} == change


@pytest.mark.parametrize(
    ("state", "held"),
    [(FixtureState.PROPOSED, True), (FixtureState.CONFIRMED, True), (FixtureState.DECLINED, False)],
)
def test_sport_stays_while_a_fixture_stands(club, officer, state, held):
    fixture = FixtureFactory(host_request__team__club=club, state=state)
    fixture.host_request.state = RequestState.WITHDRAWN
    fixture.host_request.save()
    team = Team.objects.get(pk=fixture.host_id)
    team.sport = "VVO"
    if held:
        with pytest.raises(UnableToSaveTeam, match="add another team instead"):
            save_team(team=team, by=officer)
    else:
        save_team(team=team, by=officer)


def test_the_name_of_a_busy_team_may_change(club, officer):
    team = FixtureFactory(host_request__team__club=club).host
    team.name = "Eights"
    save_team(team=team, by=officer)
    assert Team.objects.get(pk=team.pk).name == "Eights"


# -- venues ----------------------------------------------------------------------------------------


def places_of(venue: Venue) -> list[str]:
    fixtures = venue.fixtures.order_by("pk")
    return [fixture.occupancies.get(resource__startswith="venue:").resource for fixture in fixtures]


def book(venue: Venue, place: int, day: date = date(2027, 3, 6)) -> None:
    FixtureFactory(host_request__team__home_venue=venue, date=day, held=place)


def test_a_venue_holds_no_less_than_is_booked():
    venue = VenueFactory(capacity=3)
    book(venue, 1)
    book(venue, 3)
    venue.capacity = 1
    with pytest.raises(UnableToSaveVenue, match="2 fixtures are booked here on 6 March 2027"):
        save_venue(venue=venue, now=NOW)
    assert Venue.objects.get(pk=venue.pk).capacity == 3


def test_fixtures_on_places_that_go_move_to_free_ones():
    venue = VenueFactory(capacity=4)
    for place, day in ((2, 6), (4, 6), (3, 7), (1, 8)):
        book(venue, place, date(2027, 3, day))
    venue.capacity = 2
    save_venue(venue=venue, now=NOW)
    assert places_of(venue) == [f"venue:{venue.pk}:{place}" for place in (2, 1, 1, 1)]


def test_days_gone_by_do_not_hold_a_venue_back():
    venue = VenueFactory(capacity=2)
    book(venue, 1, date(2027, 1, 9))
    book(venue, 2, date(2027, 1, 9))
    venue.capacity = 1
    save_venue(venue=venue, now=NOW)
    assert Venue.objects.get(pk=venue.pk).capacity == 1


def test_a_neighbours_bookings_do_not_count():
    venue = VenueFactory(capacity=2)
    longer = VenueFactory(pk=int(f"{venue.pk}0"), capacity=2)
    book(longer, 2)
    venue.capacity = 1
    save_venue(venue=venue, now=NOW)
    assert places_of(longer) == [f"venue:{longer.pk}:2"]


def test_a_hall_stays_one_while_hall_sports_call_it_home():
    team = TeamFactory(name="Giants", sport="BKB")
    venue = team.home_venue
    venue.hall = False
    with pytest.raises(UnableToSaveVenue, match="Giants plays here and needs a hall"):
        save_venue(venue=venue, now=NOW)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"capacity": 0}, "greater than or equal to 1"),
        ({"capacity": 51}, "less than or equal to 50"),
        ({"lat": 91.0}, "less than or equal to 90"),
        ({"name": ""}, "blank"),
        ({"name": "Hall"}, "already exists"),
    ],
)
def test_a_venue_that_cannot_be_is_refused(facts, reason):
    university = VenueFactory(name="Hall").university
    given = {"university": university, "name": "Pool", "lat": 1.0, "lon": 1.0} | facts
    with pytest.raises(UnableToSaveVenue, match=reason):
        save_venue(venue=Venue(**given), now=NOW)
    assert Venue.objects.count() == 1
