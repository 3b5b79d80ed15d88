"""Two people at once, on the database that is set up."""

from __future__ import annotations

import pytest
from wagtail.models import Locale, Page

from exchange.actions.clubs import appoint_officer, dismiss_officer, found_club
from exchange.actions.teams import save_team
from exchange.actions.venues import save_venue
from exchange.models import Club, ClubIndexPage, ClubPage, Membership, Team, Venue
from portal.models import OutboxMessage, University, UniversityPage, User
from tests.exchange.life import NOW, at_once, kinds
from tests.factories import ClubFactory, MembershipFactory, UniversityFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_last_two_officers_do_not_dismiss_each_other():
    club = ClubFactory()
    anna, boris = MembershipFactory.create_batch(2, club=club)

    def dismissal(of: Membership, by: Membership):
        return lambda: dismiss_officer(membership=of, by=by.user, now=NOW)

    results = at_once(dismissal(anna, boris), dismissal(boris, anna))

    assert kinds(results) == ["NoneType", "UnableToDismissOfficer"]
    assert club.memberships.count() == 1


def test_a_person_appointed_by_two_at_once_is_an_officer_once_with_one_account_and_one_mail():
    club = ClubFactory()
    officers = [member.user for member in MembershipFactory.create_batch(2, club=club)]

    def appointment(by: User):
        return lambda: appoint_officer(club=club, email="boris@example.org", by=by, now=NOW)

    results = at_once(*(appointment(by) for by in officers))

    assert kinds(results) == ["Membership", "Membership"]
    assert User.objects.filter(email="boris@example.org").count() == 1
    assert club.memberships.count() == 3
    assert OutboxMessage.objects.filter(recipient="boris@example.org").count() == 1


def test_of_two_teams_of_one_name_one_is_told():
    officer = MembershipFactory()

    def team():
        return Team(club=officer.club, sport="ROW", category="M", name="Eights")

    results = at_once(*[lambda: save_team(team=team(), by=officer.user)] * 2)

    assert kinds(results) == ["Team", "UnableToSaveTeam"]
    assert Team.objects.count() == 1


def test_of_two_venues_of_one_name_one_is_told():
    university = UniversityFactory()

    def venue():
        return Venue(university=university, name="Pool", lat=1.0, lon=1.0)

    results = at_once(*[lambda: save_venue(venue=venue(), now=NOW)] * 2)

    assert kinds(results) == ["UnableToSaveVenue", "Venue"]
    assert Venue.objects.count() == 1


@pytest.fixture
def university() -> University:
    """With a page. Tests without a transaction of their own begin without Wagtail's root."""
    university = UniversityFactory()
    Locale.objects.get_or_create(language_code="en")
    root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root")
    root.add_child(
        instance=UniversityPage(title=university.name, slug=university.slug, university=university)
    )
    return university


def test_two_clubs_founded_at_once_stand_in_one_list(university):
    results = at_once(
        *(
            lambda name=name: found_club(university=university, name=name, now=NOW)
            for name in ("Rowing", "Chess")
        )
    )
    assert kinds(results) == ["Club", "Club"]
    assert ClubIndexPage.objects.count() == 1
    assert ClubIndexPage.objects.get().numchild == 2
    assert len({page.path for page in ClubPage.objects.all()}) == 2


def test_of_two_clubs_of_one_name_one_is_told(university):
    results = at_once(*[lambda: found_club(university=university, name="Rowing", now=NOW)] * 2)
    assert kinds(results) == ["Club", "UnableToFoundClub"]
    assert Club.objects.count() == 1
