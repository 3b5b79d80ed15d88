"""What waits for a person, on one page."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import time_machine

from exchange.enums import FixtureState, RequestState
from tests.factories import (
    ClubFactory,
    FixtureFactory,
    FixtureRequestFactory,
    MembershipFactory,
    TeamFactory,
    UserFactory,
)

from .looking import coordinator_of, text_of

NOW = datetime(2027, 2, 10, 12, tzinfo=UTC)
DESK = "/exchange/"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def club():
    return ClubFactory()


@pytest.fixture
def officer(client, club):
    officer = MembershipFactory(club=club).user
    client.force_login(officer)
    return officer


def test_visitors_are_asked_to_sign_in(client):
    assert client.get(DESK).url == "/accounts/login/?next=/exchange/"


def test_who_acts_for_no_club_learns_whom_to_ask(client):
    client.force_login(UserFactory())
    text = text_of(client.get(DESK))
    assert "You act for no club yet" in text
    assert "The coordinator of your university, or another officer of your club, can add you" in text


def test_a_club_without_teams_is_told_to_add_one(client, club, officer):
    text = text_of(client.get(DESK))
    assert "Your club has no team yet" in text
    assert f"/exchange/clubs/{club.pk}/" in text


def test_teams_without_requests_are_told_to_ask(client, club, officer):
    TeamFactory(club=club)
    text = text_of(client.get(DESK))
    assert "No team asks for fixtures" in text
    assert "Nothing waits for your answer." in text
    assert text.count('href="/exchange/requests/new/"') == 2


def test_the_desk_shows_what_is_mine_and_nothing_else(client, club, officer):
    asked = FixtureRequestFactory(team__club=club, team__name="Minsk Lions", state=RequestState.WITHDRAWN)
    fixture = FixtureFactory(host_request__team__club=club, host_request__team__name="Minsk Bears")
    foreign = FixtureFactory(state=FixtureState.CONFIRMED)
    mine, theirs = fixture.invitations.order_by("pk")
    text = text_of(client.get(DESK))
    assert f'action="/exchange/invitations/{mine.pk}/answer/"' in text
    assert f"/exchange/invitations/{theirs.pk}/" not in text
    assert f"/exchange/fixtures/{foreign.pk}/" not in text
    for word in ("Minsk Lions", "withdrawn", "Minsk Bears", "at your place, they travel 42 km", club.name):
        assert word in text
    assert f'href="/exchange/requests/{asked.pk}/"' in text


def test_what_is_over_is_not_shown(client, club, officer):
    fixture = FixtureFactory(host_request__team__club=club, state=FixtureState.DECLINED, invited=False)
    assert f"/exchange/fixtures/{fixture.pk}/" not in text_of(client.get(DESK))


def test_officers_see_nothing_of_coordination(client, club, officer):
    assert "For coordinators" not in text_of(client.get(DESK))


def test_coordinators_see_the_clubs_of_their_university_and_the_runs(client, club):
    client.force_login(coordinator_of(club.university))
    other = ClubFactory()
    text = text_of(client.get(DESK))
    assert club.name in text
    assert f"/exchange/clubs/{other.pk}/" not in text
    assert 'href="/exchange/runs/"' in text
    assert 'href="/exchange/seasons/"' not in text


def test_administrators_see_seasons(client, club):
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    assert 'href="/exchange/seasons/"' in text_of(client.get(DESK))


@pytest.mark.parametrize("count", [1, 30])
def test_the_desk_costs_the_same_queries(client, club, officer, count, django_assert_num_queries):
    FixtureFactory.create_batch(count, host_request__team__club=club)
    MembershipFactory.create_batch(count - 1, user=officer)
    with django_assert_num_queries(12):
        client.get(DESK)
