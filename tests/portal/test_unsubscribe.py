"""One click in a mail (RFC 8058): it stops that kind and nothing else, and says so."""

from __future__ import annotations

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.actions.notices import unsubscribe
from portal.actions.site import lay_out_site
from portal.enums import Delivery, MailState
from portal.models import DigestEntry, NoticeChoice, OutboxMessage
from portal.notices import DIGEST, deliveries_of, kind_of, make_unsubscribe_link, mask_address
from portal.notices.links import PURPOSE
from tests.factories import UserFactory
from tests.portal.notice_rig import CHOOSABLE, NOW, choose, parsed, tell

pytestmark = pytest.mark.django_db
ONE_CLICK = "List-Unsubscribe=One-Click"
FORM = "application/x-www-form-urlencoded"


@pytest.fixture(autouse=True)
def site(db: None) -> None:
    lay_out_site(now=timezone.now())


@pytest.fixture
def person():
    return UserFactory(email="ann.smith@club.example")


@pytest.fixture
def provider() -> Client:
    """Asks as a mail provider does: no cookies, no token of a form."""
    return Client(enforce_csrf_checks=True)


def path(person, kind: str = CHOOSABLE) -> str:
    return make_unsubscribe_link(person, kind_of(kind)).removeprefix("http://portal.test")


def main(response) -> str:
    """The page without its frame."""
    page = response.content.decode()
    return page[page.index('<main id="main"') : page.index("</main>")]


def signed(*fields: object, purpose: str = PURPOSE) -> str:
    token = signing.Signer(salt=purpose).sign_object(list(fields))
    return reverse("notices_unsubscribe", args=[token])


def test_the_header_of_a_mail_stops_its_kind_without_cookies(person, provider):
    waiting = tell(person)
    link = parsed(waiting)["List-Unsubscribe"].strip("<>").removeprefix("http://portal.test")
    response = provider.post(link, ONE_CLICK, content_type=FORM)
    assert response.status_code == 200
    assert "sessionid" not in response.cookies
    assert deliveries_of(person)[CHOOSABLE] == Delivery.NEVER
    assert OutboxMessage.objects.get().state == MailState.SUPPRESSED
    assert tell(person, number=2) is None


def test_nothing_else_stops(person, provider):
    before = deliveries_of(person)
    provider.post(path(person), ONE_CLICK, content_type=FORM)
    assert deliveries_of(person) == before | {CHOOSABLE: Delivery.NEVER}
    assert tell(person, kind="invitation").state == MailState.QUEUED
    assert tell(UserFactory()).state == MailState.QUEUED


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_looking_changes_nothing(person, provider, method):
    tell(person)
    response = getattr(provider, method)(path(person))
    assert response.status_code == (405 if method == "options" else 200)
    assert not NoticeChoice.objects.exists()
    assert OutboxMessage.objects.get().state == MailState.QUEUED


def test_again_it_says_the_same_and_changes_nothing(person, provider):
    first = provider.post(path(person), ONE_CLICK, content_type=FORM)
    chosen_at = NoticeChoice.objects.get().chosen_at
    again = provider.post(path(person), ONE_CLICK, content_type=FORM)
    assert main(again) == main(first)
    assert NoticeChoice.objects.get().chosen_at == chosen_at


def test_the_page_asks_with_one_button_and_no_script(person, provider):
    response = provider.get(path(person))
    assert main(response).count("<button") == 1
    assert 'name="List-Unsubscribe" value="One-Click"' in main(response)
    assert "<script" not in response.content.decode()
    assert '<meta name="robots" content="noindex">' in response.content.decode()


def test_the_answer_is_the_truth(person, provider):
    page = provider.post(path(person), ONE_CLICK, content_type=FORM).content.decode()
    assert "nothing of the kind “Answers to your offers” to a…@club.example any more" in page
    assert "One that was on its way already may still arrive." in page
    assert "<li>Invitations</li>" in page
    assert "<li>Cancelled fixtures</li>" in page
    assert "<li>Answers to your offers</li>" not in page
    assert 'href="/notices/"' in page


def test_the_page_gives_no_more_of_the_address_than_its_first_letter(person, provider):
    for page in (provider.get(path(person)), provider.post(path(person))):
        assert "ann.smith" not in page.content.decode()
        assert person.first_name not in page.content.decode()
    assert (mask_address("b@example.org"), mask_address("@")) == ("b…@example.org", "…@")


def test_whoever_is_signed_in_stops_mail_of_the_links_person_only(person, client):
    other = UserFactory()
    client.force_login(other)
    client.post(path(person))
    assert list(NoticeChoice.objects.values_list("person", "kind")) == [(person.pk, CHOOSABLE)]


def test_only_our_signature_stops_mail(person, provider):
    good = path(person)
    for bad in (
        good.replace("/unsubscribe/", "/unsubscribe/x"),
        good[:-2] + "/",
        "/notices/unsubscribe/made-up/",
        signed(person.pk, CHOOSABLE, purpose="exchange.answer-link/1"),
        signed(person.pk, "gossip"),
        signed(person.pk, "invitation"),
        signed(person.pk),
        signed(person.pk + 1000, CHOOSABLE),
    ):
        for response in (provider.get(bad), provider.post(bad, ONE_CLICK, content_type=FORM)):
            assert response.status_code == 404, bad
            assert "This link does not work" in response.content.decode()
    assert not NoticeChoice.objects.exists()


def test_a_closed_account_gets_no_mail_anyway(person, provider):
    link = path(person)
    person.is_active = False
    person.save()
    response = provider.post(link)
    assert response.status_code == 404
    assert "The account of this link is closed" in response.content.decode()


def test_a_link_works_years_later(person, provider, monkeypatch):
    link = path(person)
    monkeypatch.setattr("time.time", lambda: 4_000_000_000.0)
    assert provider.get(link).status_code == 200


def test_a_digest_stops_with_all_that_comes_in_it(person, provider):
    choose(person, Delivery.DAILY, kind="pack")
    tell(person, kind="pack")
    page = provider.get(path(person, "digest")).content.decode()
    assert "<li>Expired invitations</li>" in page
    assert "<li>Final results</li>" in page
    page = provider.post(path(person, "digest")).content.decode()
    assert "No daily digest goes to a…@club.example any more." in page
    assert "<li>Expired invitations</li>" in page
    stopped = {name for name, how in deliveries_of(person).items() if how == Delivery.NEVER}
    assert {"pack", "result_final"} <= stopped
    assert not DigestEntry.objects.exists()
    assert "Nothing comes in your digest now." in provider.post(path(person, "digest")).content.decode()
    assert {name for name, how in deliveries_of(person).items() if how == Delivery.NEVER} == stopped


def test_what_was_stopped_by_a_link_is_got_back_on_the_page(person, client):
    unsubscribe(person=person, kind=kind_of(CHOOSABLE), now=NOW)
    client.force_login(person)
    wanted = deliveries_of(person) | {CHOOSABLE: Delivery.AT_ONCE}
    assert client.post("/notices/", wanted | {"time_zone": ""}).status_code == 302
    assert tell(person).state == MailState.QUEUED
    assert DIGEST.name not in wanted
