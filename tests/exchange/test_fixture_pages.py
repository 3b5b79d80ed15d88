"""Fixtures as everybody sees them, and as the two clubs do."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import time_machine

from exchange.enums import FIXTURE_COMING, FixtureState
from tests.factories import FixtureFactory, MembershipFactory, UserFactory

from .looking import text_of

NOW = datetime(2027, 2, 10, 12, tzinfo=UTC)
LIST = "/exchange/fixtures/"
TERMS = [{"name": "distance", "points": 348, "of": 400, "params": {"km": 42}}]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(NOW, tick=False):
        yield


def listed(client, **filters) -> list[int]:
    return [fixture.pk for fixture in client.get(LIST, filters).context["page_of_fixtures"]]


def confirmed(**facts):
    return FixtureFactory(state=FixtureState.CONFIRMED, terms=TERMS, **facts)


def test_without_fixtures_the_list_says_when_there_will_be(client):
    assert "A fixture appears here once both clubs have accepted it." in text_of(client.get(LIST))


def test_visitors_see_confirmed_fixtures_still_to_come(client):
    late, soon = confirmed(date=date(2027, 4, 3)), confirmed(date=date(2027, 3, 6))
    confirmed(date=date(2027, 2, 6))
    for state in FixtureState:
        if state not in FIXTURE_COMING:
            FixtureFactory(state=state)
    assert listed(client) == [soon.pk, late.pk]


def test_clubs_see_their_own_proposed_ones_too(client):
    fixture = FixtureFactory()
    client.force_login(MembershipFactory(club=fixture.guest.club).user)
    assert listed(client) == [fixture.pk]
    assert "proposed" in text_of(client.get(LIST))
    client.force_login(UserFactory())
    assert listed(client) == []


def test_fixtures_are_found_by_sport_month_and_university(client):
    ball = confirmed(host_request__team__sport="BKB", guest_request__team__sport="BKB", date=date(2027, 3, 6))
    net = confirmed(host_request__team__sport="VVO", guest_request__team__sport="VVO", date=date(2027, 4, 3))
    past = confirmed(date=date(2027, 2, 6))
    assert listed(client, sport="VVO") == [net.pk]
    assert listed(client, month="2027-03") == [ball.pk]
    assert listed(client, month="2027-02") == [past.pk]
    assert listed(client, university=ball.guest.club.university_id) == [ball.pk]
    assert listed(client, university=ball.guest.club.university_id, sport="VVO") == []
    assert "Take a filter away" in text_of(client.get(LIST, {"sport": "VVO", "month": "2027-03"}))
    assert listed(client, sport="XXX", month="soon", university="0") == [ball.pk, net.pk]


def test_the_filters_offer_what_occurs(client):
    fixture = confirmed()
    FixtureFactory(host_request__team__sport="VVO", guest_request__team__sport="VVO")
    form = client.get(LIST).context["filters"]
    assert [code for code, _name in form.fields["sport"].choices] == ["", "BKB"]
    assert form.fields["month"].choices[1:] == [("2027-03", "March 2027")]
    sides = {str(team.club.university_id) for team in (fixture.host, fixture.guest)}
    assert {pk for pk, _name in form.fields["university"].choices[1:]} == sides


def test_long_lists_have_pages(client):
    for n in range(31):
        confirmed(date=date(2027, 3, 1 + n % 28), invited=False)
    first = client.get(LIST)
    assert (len(first.context["page_of_fixtures"]), "?page=2" in first.content.decode()) == (30, True)
    assert len(listed(client, page=2)) == 1
    assert len(listed(client, page="rubbish")) == 30


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_costs_the_same_queries(client, count, django_assert_num_queries):
    for _ in range(count):
        confirmed(invited=False)
    with django_assert_num_queries(5):
        client.get(LIST)


def test_a_fixture_tells_visitors_who_when_and_where(client):
    fixture = confirmed()
    text = text_of(client.get(fixture.get_absolute_url()))
    for fact in (
        fixture.host.club,
        fixture.guest.club.university,
        "Saturday, 6 March 2027",
        "(Europe/Minsk)",
        fixture.venue,
        "42 km",
    ):
        assert str(fact) in text
    assert "Why this opponent" not in text
    assert "waiting for an answer" not in text


def test_the_two_clubs_see_reasons_and_answers(client):
    fixture = FixtureFactory(terms=TERMS)
    invitation = fixture.invitations.get(team=fixture.host)
    client.force_login(MembershipFactory(club=fixture.host.club).user)
    text = text_of(client.get(fixture.get_absolute_url()))
    for fact in ("proposed", "42 km apart: 348 of 400", "waiting for an answer", "Answer the invitation"):
        assert fact in text
    assert f'href="/exchange/invitations/{invitation.pk}/"' in text


def test_the_two_clubs_alone_see_the_notes(client):
    fixture = confirmed()
    for request in (fixture.host_request, fixture.guest_request):
        request.notes = f"Known <i>to</i>\n{request.team}"
        request.save()
    for person in (None, MembershipFactory().user):
        if person:
            client.force_login(person)
        assert "Known" not in client.get(fixture.get_absolute_url()).content.decode()
    client.force_login(MembershipFactory(club=fixture.host.club).user)
    page = client.get(fixture.get_absolute_url()).content.decode()
    for team in (fixture.host, fixture.guest):
        assert f"A note from {team}" in page
        assert f"Known &lt;i&gt;to&lt;/i&gt;<br>{team}" in page
    fixture.state = FixtureState.DECLINED
    fixture.save()
    assert "Known" not in client.get(fixture.get_absolute_url()).content.decode()


@pytest.mark.parametrize("state", FixtureState)
def test_what_both_clubs_never_agreed_on_does_not_exist_for_others(client, state):
    never_agreed = state in ("proposed", "declined", "expired", "withdrawn")
    fixture = FixtureFactory(state=state)
    assert client.get(fixture.get_absolute_url()).status_code == (404 if never_agreed else 200)
    client.force_login(UserFactory())
    assert client.get(fixture.get_absolute_url()).status_code == (404 if never_agreed else 200)
