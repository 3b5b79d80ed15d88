"""The section, the form and the visiting information, for the two sides alone."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest
import time_machine

from exchange.enums import FixtureState, Side
from exchange.models import Arrangements, Fixture
from portal.models import User
from tests.factories import MembershipFactory, UserFactory

from .arranged import NOW, agreed, ready, say, stands
from .looking import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def fixture() -> Fixture:
    return agreed()


def enter(client, who: str) -> None:
    client.force_login(User.objects.get(email=f"{who}@example.org"))


def at(fixture: Fixture, path: str = "arrangements/") -> str:
    return f"{fixture.get_absolute_url()}{path}"


def filled(client, fixture: Fixture, **facts: object) -> dict[str, object]:
    """What a browser would send of the form that it shows."""
    form = client.get(at(fixture)).context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else value for name, value in values.items()} | facts


def test_each_side_changes_its_part_on_a_form(client, fixture):
    enter(client, "host")
    typed = filled(client, fixture, kick_off="16:15", host_kit="red", beds_offered="6")
    sent = client.post(at(fixture), typed)
    assert sent.status_code == 302
    host = stands(fixture, Side.HOST)
    assert (host.kick_off, host.host_kit, host.beds_offered) == (time(16, 15), "red", 6)
    enter(client, "guest")
    client.post(at(fixture), filled(client, fixture, squad_size="14", guest_phone="+7 (495) 123-45-67"))
    assert stands(fixture, Side.GUEST).squad_size == 14
    page = text_of(client.get(fixture.get_absolute_url()))
    for fact in ("16:15", "red", "14", "+7 (495) 123-45-67", "not confirmed yet"):
        assert fact in page
    assert "Confirm the arrangements" not in page


def test_a_guest_sends_nothing_of_the_hosts_part(client, fixture):
    enter(client, "guest")
    typed = filled(client, fixture, kick_off="20:00", host_kit="x", guest_kit="y")
    client.post(at(fixture) + "?side=host", typed)
    assert stands(fixture, Side.HOST).kick_off == time(15)
    assert (stands(fixture, Side.HOST).host_kit, stands(fixture, Side.GUEST).guest_kit) == ("", "y")


def test_what_was_typed_stays_when_somebody_was_quicker(client, fixture):
    enter(client, "host")
    typed = filled(client, fixture, host_kit="green", meeting_point="Gate 7")
    say(fixture, host_kit="red")
    answer = client.post(at(fixture), typed)
    page = text_of(answer)
    assert answer.status_code == 409
    assert "Somebody has changed this since you opened it" in page
    assert 'value="green"' in page
    assert 'value="Gate 7"' in page
    assert "Host: red" in page
    again = typed | {"seen": answer.context["form"]["seen"].value()}
    assert client.post(at(fixture), again).status_code == 302
    assert stands(fixture, Side.HOST).host_kit == "green"


def test_a_telephone_number_is_one(client, fixture):
    enter(client, "host")
    answer = client.post(at(fixture), filled(client, fixture, host_phone="ask Anna"))
    assert "Write a telephone number" in text_of(answer)


def test_the_host_confirms_with_one_button(client, fixture):
    enter(client, "host")
    assert "Before you can confirm, add: a contact person" in text_of(client.get(fixture.get_absolute_url()))
    refused = client.post(at(fixture, "arrangements/confirm/"))
    assert (refused.status_code, "Before you confirm, add" in text_of(refused)) == (409, True)
    ready(fixture)
    assert "Confirm the arrangements" in text_of(client.get(fixture.get_absolute_url()))
    client.post(at(fixture, "arrangements/confirm/"))
    assert Arrangements.objects.get().confirmed_by.email == "host@example.org"
    assert "confirmed by the host" in text_of(client.get(fixture.get_absolute_url()))
    enter(client, "guest")
    assert client.post(at(fixture, "arrangements/confirm/")).status_code == 404


def test_that_the_host_was_asked_is_shown_with_the_day(client, fixture):
    Arrangements.objects.create(fixture=fixture, confirmation_asked_at=datetime(2027, 3, 4, 12, tzinfo=UTC))
    enter(client, "guest")
    assert "The host was asked on 4 March 2027" in text_of(client.get(fixture.get_absolute_url()))


def test_administrators_act_for_either_side(client, fixture):
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    page = client.get(at(fixture) + "?side=guest")
    assert page.context["form"].side == Side.GUEST
    form = page.context["form"]
    client.post(at(fixture) + "?side=guest", {"seen": form["seen"].value(), "guest_kit": "blue"})
    assert stands(fixture, Side.GUEST).guest_kit == "blue"


@pytest.mark.parametrize("path", ["arrangements/", "pack/", "pack.pdf"])
def test_others_find_nothing(client, fixture, path):
    assert client.get(at(fixture, path)).status_code == 302
    client.force_login(MembershipFactory().user)
    assert client.get(at(fixture, path)).status_code == 404


def test_nothing_of_it_is_public(client, fixture):
    say(fixture, host_contact="Anna Secret", host_phone="555-0199", notes="secret")
    page = client.get(fixture.get_absolute_url()).content.decode()
    assert "Arrangements" not in page
    assert "Secret" not in page
    assert "555-0199" not in page


@pytest.mark.parametrize("path", ["arrangements/", "pack/", "pack.pdf"])
def test_no_cache_keeps_telephone_numbers(client, fixture, path):
    enter(client, "guest")
    assert client.get(at(fixture, path))["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("state", "section", "pack"),
    [("proposed", 404, 404), ("postponed", 200, 404), ("played", 200, 200), ("final", 404, 404)],
)
def test_contacts_are_shown_until_the_result_stands(client, fixture, state, section, pack):
    ready(fixture)
    Fixture.objects.update(state=FixtureState(state))
    enter(client, "guest")
    assert client.get(at(fixture)).status_code == section
    assert client.get(at(fixture, "pack/")).status_code == pack
    assert ("Anna" in text_of(client.get(fixture.get_absolute_url()))) is (section == 200)


def test_what_is_not_open_any_more_is_not_changed(client, fixture):
    enter(client, "host")
    typed = filled(client, fixture, host_kit="red")
    Fixture.objects.update(state=FixtureState.PLAYED)
    answer = client.post(at(fixture), typed)
    assert (answer.status_code, "cannot be changed now" in text_of(answer)) == (409, True)
    assert stands(fixture, Side.HOST).host_kit == ""


def test_the_pack_costs_few_queries(client, fixture, django_assert_max_num_queries):
    ready(fixture)
    enter(client, "guest")
    with django_assert_max_num_queries(9):
        assert client.get(at(fixture, "pack/")).status_code == 200


def test_a_team_has_its_usual_kick_off(client, fixture):
    team = fixture.host
    enter(client, "host")
    path = f"/exchange/clubs/{team.club_id}/teams/{team.pk}/"
    facts = {"sport": "BKB", "category": "M", "name": "First", "home_venue": team.home_venue_id}
    assert client.post(path, facts | {"kick_off": "18:30"}).status_code == 302
    team.refresh_from_db()
    assert team.kick_off == time(18, 30)
