"""The page on which people choose which mails they get."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils import timezone

from portal.actions.site import lay_out_site
from portal.enums import Delivery, MailState
from portal.models import NoticeChoice, OutboxMessage, User
from portal.notices import choosable_kinds, deliveries_of, sent_always
from portal.outbox import suppress_address
from tests.factories import UserFactory
from tests.portal.notice_rig import CHOOSABLE, NOW, choose, tell

pytestmark = pytest.mark.django_db
PAGE = "/notices/"


@pytest.fixture
def person() -> User:
    lay_out_site(now=timezone.now())
    return UserFactory(email="ann.smith@club.example")


@pytest.fixture
def reader(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def checked(page: str) -> dict[str, str]:
    """What is chosen, by the name of the kind."""
    return dict(re.findall(r'<input type="radio" name="([^"]+)" value="([^"]+)"[^>]* checked', page))


def test_every_kind_is_there_once_with_its_three_ways(person, reader):
    choose(person, Delivery.NEVER)
    page = reader.get(PAGE).content.decode()
    assert checked(page) == deliveries_of(person)
    assert checked(page)[CHOOSABLE] == "never"
    assert page.count('type="radio"') == 3 * len(choosable_kinds())
    assert len(set(re.findall(r'aria-label="([^"]+: [^"]+)"', page))) >= 3 * len(choosable_kinds())
    for kind in sent_always():
        assert f"<li>{kind.label}</li>" in page


def test_what_is_saved_stands_on_the_page_afterwards(person, reader):
    wanted = dict.fromkeys(deliveries_of(person), Delivery.DAILY)
    response = reader.post(PAGE, wanted | {"time_zone": "Asia/Vladivostok"}, follow=True)
    assert checked(response.content.decode()) == wanted
    assert "Your choice is saved." in response.content.decode()
    person.refresh_from_db()
    assert str(person.time_zone) == "Asia/Vladivostok"
    assert '<option value="Asia/Vladivostok" selected>' in reader.get(PAGE).content.decode()


def test_choosing_never_holds_back_what_waits(person, reader):
    tell(person)
    reader.post(PAGE, deliveries_of(person) | {CHOOSABLE: Delivery.NEVER, "time_zone": ""})
    assert OutboxMessage.objects.get().state == MailState.SUPPRESSED


@pytest.mark.parametrize(
    "wrong", [{CHOOSABLE: "hourly"}, {CHOOSABLE: ""}, {"time_zone": "Moon/Tycho"}, {"pack": "never "}]
)
def test_what_cannot_be_chosen_saves_nothing_at_all(person, reader, wrong):
    wanted = dict.fromkeys(deliveries_of(person), Delivery.NEVER) | {"time_zone": ""}
    response = reader.post(PAGE, wanted | wrong)
    assert response.status_code == 400
    assert "Please correct this:" in response.content.decode()
    assert not NoticeChoice.objects.exists()


def test_kinds_that_are_sent_always_are_no_part_of_the_form(person, reader):
    wanted = deliveries_of(person) | {"invitation": Delivery.NEVER, "digest": Delivery.NEVER, "time_zone": ""}
    assert reader.post(PAGE, wanted).status_code == 302
    assert not NoticeChoice.objects.exists()


def test_visitors_sign_in_and_come_back():
    response = Client().get(PAGE)
    assert (response.status_code, response.url) == (302, "/accounts/login/?next=/notices/")


def test_the_form_is_protected_from_other_sites(person):
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    assert client.post(PAGE, deliveries_of(person) | {"time_zone": ""}).status_code == 403


def test_whoever_gets_no_mail_is_told_why(person, reader):
    assert "They go to <strong>ann.smith@club.example</strong>" in reader.get(PAGE).content.decode()
    suppress_address(address=person.email, status="5.1.1", diagnostic="", mail=None, now=NOW)
    page = reader.get(PAGE).content.decode()
    assert "Mails to ann.smith@club.example came back" in page
    assert "They go to" not in page


@pytest.mark.parametrize("choices", [0, 1])
def test_the_page_costs_the_same_whatever_is_chosen(person, reader, choices, django_assert_num_queries):
    for kind in choosable_kinds() if choices else []:
        choose(person, Delivery.NEVER, kind=kind.name)
    reader.get(PAGE)
    with django_assert_num_queries(6):
        reader.get(PAGE)


def test_account_pages_lead_here(reader):
    assert 'href="/notices/"' in reader.get("/accounts/email/").content.decode()
