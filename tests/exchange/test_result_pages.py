"""Results and teams on pages: what the sides do there, what others see."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from exchange.actions.fixtures import By, Entry, confirm_result, enter_result
from exchange.enums import Actor, FixtureState, ResultKind
from exchange.models import Fixture, RatingChange
from tests.factories import FixtureFactory, MembershipFactory, TeamFactory, UserFactory

from .looking import text_of

NOW = datetime(2027, 3, 6, 18, tzinfo=UTC)
PLAYED = {"kind": "played", "host_score": "78", "guest_score": "64"}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def fixture() -> Fixture:
    fixture = FixtureFactory(state=FixtureState.PLAYED)
    for team in (fixture.host, fixture.guest):
        MembershipFactory(club=team.club)
    return fixture


def officer(fixture: Fixture, side: str):
    return fixture.team_of(side).club.memberships.get().user


def enter(fixture: Fixture, entry: Entry = Entry(ResultKind.PLAYED, 78, 64)):  # noqa: B008 - frozen
    return enter_result(fixture=fixture, by=By(Actor.HOST), entry=entry, now=NOW)


def finish(fixture: Fixture) -> None:
    confirm_result(result=enter(fixture), by=By(Actor.GUEST), now=NOW)


def act(client, fixture: Fixture, what: str, **data):
    return client.post(f"{fixture.get_absolute_url()}result/{what}/", data)


def test_one_side_enters_and_the_other_confirms(client, fixture):
    client.force_login(officer(fixture, "host"))
    assert "Enter the result" in text_of(client.get(fixture.get_absolute_url()))
    assert act(client, fixture, "enter", **PLAYED).status_code == 302
    assert "Correct it" in text_of(client.get(fixture.get_absolute_url()))
    client.force_login(officer(fixture, "guest"))
    page = text_of(client.get(fixture.get_absolute_url()))
    assert "78 : 64" in page
    assert "Confirm this result" in page
    assert act(client, fixture, "confirm", result=fixture.results.get().pk).status_code == 302
    assert Fixture.objects.get().state == FixtureState.RESULT_CONFIRMED


def test_one_side_enters_and_the_other_disputes(client, fixture):
    result = enter(fixture)
    client.force_login(officer(fixture, "guest"))
    assert act(client, fixture, "dispute", result=result.pk, reason="").status_code == 400
    assert act(client, fixture, "dispute", result=result.pk, reason="It was 64 : 78.").status_code == 302
    assert "It was 64 : 78." in text_of(client.get(fixture.get_absolute_url()))


@pytest.mark.parametrize("state", ["entered", "disputed"])
def test_others_see_no_result_before_it_stands(client, fixture, state):
    enter(fixture)
    Fixture.objects.update(state=state)
    for person in (None, UserFactory(), MembershipFactory().user):
        if person:
            client.force_login(person)
        for address in (fixture.get_absolute_url(), "/exchange/fixtures/?show=played"):
            page = text_of(client.get(address))
            assert "played" in page
            for secret in ("78 : 64", "result entered", "result disputed", "History of entries"):
                assert secret not in page


def test_a_result_that_stands_is_public(client, fixture):
    finish(fixture)
    for address in (
        fixture.get_absolute_url(),
        "/exchange/fixtures/?show=played",
        f"/exchange/teams/{fixture.host_id}/",
    ):
        page = text_of(client.get(address))
        assert "78 : 64" in page
        assert "History of entries" not in page


def test_what_was_typed_stays_when_it_is_refused(client, fixture):
    client.force_login(officer(fixture, "host"))
    answer = act(client, fixture, "enter", kind="played", host_score="78", detail="Two periods")
    assert (answer.status_code, 'value="78"' in answer.content.decode()) == (409, True)
    assert "Enter the scores of both sides." in text_of(answer)


def test_who_confirms_a_corrected_entry_looks_again(client, fixture):
    first = enter(fixture)
    enter(fixture, Entry(ResultKind.PLAYED, 78, 66))
    client.force_login(officer(fixture, "guest"))
    answer = act(client, fixture, "confirm", result=first.pk)
    assert (answer.status_code, Fixture.objects.get().state) == (409, "entered")
    assert act(client, fixture, "confirm", result="rubbish").status_code == 404


def test_an_officer_decides_nothing(client, fixture):
    enter(fixture)
    client.force_login(officer(fixture, "guest"))
    assert act(client, fixture, "decide", **PLAYED).status_code == 404
    client.force_login(UserFactory(is_superuser=True))
    assert act(client, fixture, "decide", **PLAYED).status_code == 302
    assert Fixture.objects.get().state == FixtureState.RESULT_CONFIRMED


def test_looking_changes_nothing(client, fixture):
    client.force_login(officer(fixture, "host"))
    for what in ("enter", "confirm", "dispute", "decide"):
        assert client.get(f"{fixture.get_absolute_url()}result/{what}/").status_code == 302
    assert not fixture.results.exists()


def test_past_fixtures_are_found_the_latest_first(client):
    old, late = (FixtureFactory(date=date(2027, 2, day), state=FixtureState.PLAYED) for day in (6, 27))
    FixtureFactory(date=date(2027, 4, 3), state=FixtureState.CONFIRMED)
    page = client.get("/exchange/fixtures/", {"show": "played"}).context["page_of_fixtures"]
    assert [fixture.pk for fixture in page] == [late.pk, old.pk]


def test_a_team_shows_its_record_and_the_way_of_its_rating(client, fixture):
    finish(fixture)
    page = text_of(client.get(f"/exchange/teams/{fixture.host_id}/"))
    change = RatingChange.objects.get(team=fixture.host)
    assert change.after > 1500
    for fact in ("<b>1</b> won", "<b>0</b> lost", "<polyline", f"{change.after:,.0f}".replace(",", "")):
        assert fact in page
    assert "<b>1</b> lost" in text_of(client.get(f"/exchange/teams/{fixture.guest_id}/"))


def test_a_team_of_nothing_public_does_not_exist_for_others(client):
    team = TeamFactory()
    assert client.get(f"/exchange/teams/{team.pk}/").status_code == 404
    client.force_login(MembershipFactory(club=team.club).user)
    assert client.get(f"/exchange/teams/{team.pk}/").status_code == 200


def test_a_fixture_says_who_owes_a_visit(client, fixture):
    finish(fixture)
    page = text_of(client.get(fixture.get_absolute_url()))
    assert f"{fixture.host.club} owes {fixture.guest.club} 1 visit." in page


@pytest.mark.parametrize("count", [1, 20])
def test_a_teams_page_costs_the_same_queries(client, count, django_assert_num_queries):
    first = FixtureFactory(state=FixtureState.PLAYED, invited=False)
    finish(first)
    for n in range(1, count):
        more = FixtureFactory(
            host_request=first.host_request,
            date=first.date - timedelta(days=n),
            state=FixtureState.PLAYED,
            invited=False,
        )
        finish(more)
    with django_assert_num_queries(7):
        client.get(f"/exchange/teams/{first.host_id}/")
