"""Whom to call about a team: its club sees it, and the other side once both have accepted."""

from __future__ import annotations

import pytest
from django.test import Client

from exchange.actions.contacts import MOST_CONTACTS, UnableToSaveContact, save_contact
from exchange.enums import FixtureState
from exchange.models import Club, Fixture, TeamContact
from tests.factories import FixtureFactory, MembershipFactory, TeamFactory, UserFactory

from .looking import text_of

pytestmark = pytest.mark.django_db

SHARED = ("confirmed", "postponed", "played", "entered", "disputed")


def contact_of(team, **facts) -> TeamContact:
    return save_contact(
        contact=TeamContact(team=team, **{"name": "Coach Ivan", "phone": "+375 29 1"} | facts)
    )


def officer_of(client: Client, club: Club):
    client.force_login(MembershipFactory(club=club).user)


def page(client: Client, fixture: Fixture) -> str:
    response = client.get(fixture.get_absolute_url())
    return text_of(response) if response.status_code == 200 else ""


@pytest.mark.parametrize("state", FixtureState)
def test_the_other_side_sees_it_from_the_acceptance_until_the_result_stands(
    client: Client, state: FixtureState
):
    fixture = FixtureFactory(state=state)
    contact_of(fixture.host)
    officer_of(client, fixture.guest.club)
    assert ("Coach Ivan" in page(client, fixture)) == (state in SHARED)


def test_ones_own_is_always_shown(client: Client):
    fixture = FixtureFactory(state=FixtureState.PROPOSED)
    contact_of(fixture.host)
    officer_of(client, fixture.host.club)
    assert "Coach Ivan" in page(client, fixture)


def test_nobody_else_sees_it(client: Client):
    fixture = FixtureFactory(state=FixtureState.CONFIRMED)
    contact_of(fixture.host)
    assert fixture.host.name in page(client, fixture)
    assert "Coach Ivan" not in page(client, fixture)
    client.force_login(UserFactory())
    assert "Coach Ivan" not in page(client, fixture)
    assert "Coach Ivan" not in text_of(client.get(f"/exchange/fixtures/{fixture.pk}/sheet/"))


def test_an_officer_adds_changes_and_removes_one(client: Client):
    team = TeamFactory()
    officer_of(client, team.club)
    base = f"/exchange/clubs/{team.club_id}/teams/{team.pk}/contacts"
    assert client.post(f"{base}/new/", {"name": "Ivan", "phone": "+375 29 1"}).status_code == 302
    contact = team.contacts.get()
    assert client.post(f"{base}/{contact.pk}/", {"name": "Ivan", "email": "i@example.org"}).status_code == 302
    contact.refresh_from_db()
    assert (contact.phone, contact.email) == ("", "i@example.org")
    assert "Ivan" in text_of(client.get(f"/exchange/clubs/{team.club_id}/"))
    assert client.post(f"{base}/{contact.pk}/remove/").status_code == 302
    assert not team.contacts.exists()


def test_a_contact_without_a_way_to_reach_it_is_none(client: Client):
    team = TeamFactory()
    officer_of(client, team.club)
    path = f"/exchange/clubs/{team.club_id}/teams/{team.pk}/contacts/new/"
    assert "Write down a telephone number or an e-mail address." in text_of(
        client.post(path, {"name": "Ivan"})
    )


def test_a_team_has_few_of_them():
    team = TeamFactory()
    for _one in range(MOST_CONTACTS):
        contact_of(team)
    with pytest.raises(UnableToSaveContact, match="at most"):
        contact_of(team)


def test_a_contact_of_another_team_does_not_exist(client: Client):
    mine, other = TeamFactory(), contact_of(TeamFactory())
    officer_of(client, mine.club)
    path = f"/exchange/clubs/{mine.club_id}/teams/{mine.pk}/contacts/{other.pk}/"
    assert client.get(path).status_code == 404
    assert client.post(f"{path}remove/").status_code == 404
    assert TeamContact.objects.filter(pk=other.pk).exists()


def test_contacts_go_with_their_team():
    contact = contact_of(TeamFactory())
    contact.team.delete()
    assert not TeamContact.objects.exists()
