"""The pages on which a university is looked up, asked for, approved, and let go."""

from __future__ import annotations

import pytest
from django.utils import timezone

from portal.actions.joining import ask_to_join
from portal.actions.site import lay_out_site
from portal.enums import JoinState
from portal.models import JoinRequest, University
from tests.factories import UniversityFactory, UserFactory

pytestmark = pytest.mark.django_db
ANSWERS = {"name": "Ann", "position": "Head of sport", "office_email": "sport@minsk.example"}


@pytest.fixture(autouse=True)
def site():
    lay_out_site(now=timezone.now())


@pytest.fixture
def university() -> University:
    return UniversityFactory(joined_at=None, name="University of Minsk")


def asked(university: University) -> JoinRequest:
    return ask_to_join(university=university, by=UserFactory(), now=timezone.now(), **ANSWERS)


def test_visitors_look_up_and_sign_in_to_ask(client, university):
    page = client.get("/join/?words=minsk").content.decode()
    assert f'href="/join/{university.ror}/"' in page
    assert "/accounts/login/" in client.get(f"/join/{university.ror}/")["Location"]


def test_a_university_that_takes_part_cannot_be_chosen(client):
    member = UniversityFactory(name="University of Tartu")
    page = client.get("/join/?words=tartu").content.decode()
    assert f"/join/{member.ror}/" not in page
    assert "Takes part already" in page


def test_a_person_asks_sees_it_and_withdraws(client, university):
    client.force_login(UserFactory())
    assert client.post(f"/join/{university.ror}/", ANSWERS)["Location"] == "/join/"
    request = JoinRequest.objects.get()
    assert (request.name, request.state) == ("Ann", JoinState.WAITING)
    assert "waits for a decision" in client.get("/join/").content.decode()
    client.post(f"/join/requests/{request.pk}/withdraw/")
    request.refresh_from_db()
    assert request.state == JoinState.WITHDRAWN


def test_a_fault_keeps_what_was_typed(client, university):
    client.force_login(UserFactory())
    page = client.post(f"/join/{university.ror}/", ANSWERS | {"office_email": "nowhere"}).content.decode()
    assert 'value="Head of sport"' in page
    assert JoinRequest.objects.count() == 0


def test_an_administrator_approves_or_declines(client, university):
    client.force_login(UserFactory(is_superuser=True))
    first, second = asked(university), asked(UniversityFactory(joined_at=None))
    page = client.get(f"/join/requests/{first.pk}/").content.decode()
    assert f'value="{first.asked_by.email}"' in page
    client.post(f"/join/requests/{first.pk}/approve/", {"coordinator": first.asked_by.email})
    assert client.post(f"/join/requests/{second.pk}/decline/", {"reason": ""}).status_code == 200
    client.post(f"/join/requests/{second.pk}/decline/", {"reason": "Not known."})
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (JoinState.APPROVED, JoinState.DECLINED)


def test_an_administrator_lets_a_university_go_and_takes_it_back(client, university):
    client.force_login(UserFactory(is_superuser=True))
    request = asked(university)
    client.post(f"/join/requests/{request.pk}/approve/", {"coordinator": request.asked_by.email})
    client.post(f"/join/universities/{university.pk}/leave/", {"reason": "Closed."})
    university.refresh_from_db()
    assert university.joined_at is None
    assert "Closed." in client.get(f"/join/universities/{university.pk}/return/").content.decode()
    client.post(f"/join/universities/{university.pk}/return/")
    university.refresh_from_db()
    assert university.joined_at is not None


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_of_requests_costs_the_same(client, count, django_assert_max_num_queries):
    client.force_login(UserFactory(is_superuser=True))
    for _one in range(count):
        asked(UniversityFactory(joined_at=None))
    client.get("/join/requests/")
    with django_assert_max_num_queries(6):
        client.get("/join/requests/")
