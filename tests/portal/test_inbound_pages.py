"""The administrator's pages of incoming mail: what stands there, what the buttons do, what nobody may run."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client

from portal.enums import InboundState
from portal.inbound import Done, handlers, register
from portal.models import InboundMail, Suppression
from portal.outbox import suppress_address
from tests.factories import UserFactory
from tests.portal.mailroom import NOW, bring, letter
from tests.portal.outbox_rig import write_mail

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def readers() -> Iterator[None]:
    others = handlers.registered()
    yield
    handlers._handlers.clear()
    handlers._handlers.update(others)


def gone(address: str) -> Suppression:
    return suppress_address(
        address=address, status="5.1.1", diagnostic="smtp; 550 no such user", mail=None, now=NOW
    )


def test_what_is_to_be_looked_at_is_shown_and_the_rest_by_the_filter(admin_client: Client):
    bring(letter(Subject="Put aside"))
    bring(letter(Subject="Absent", Auto_Submitted="auto-replied"))
    shown = admin_client.get("/inbox/").content.decode()
    assert ("Put aside" in shown, "Absent" in shown) == (True, False)
    shown = admin_client.get("/inbox/?state=done").content.decode()
    assert ("Absent" in shown, ">Put aside</a>" in shown) == (True, False)
    assert "An automatic answer" in shown
    assert admin_client.get("/inbox/?state=made-up").status_code == 200
    assert "No mail in this state" in admin_client.get("/inbox/?state=failed").content.decode()


def test_the_list_costs_the_same_with_many(admin_client: Client, django_assert_num_queries):
    bring(letter())
    admin_client.get("/inbox/")
    with django_assert_num_queries(4) as one:
        admin_client.get("/inbox/")
    for n in range(30):
        bring(letter(Subject=f"Mail {n}"))
    with django_assert_num_queries(4) as many:
        assert admin_client.get("/inbox/").content.count(b'scope="row"') == 31
    assert not any("raw" in query["sql"] for query in [*one, *many]), "the bytes are not loaded for a list"


def test_the_list_of_addresses_costs_the_same_with_many(admin_client: Client, django_assert_num_queries):
    gone("person0@example.org")
    admin_client.get("/inbox/suppressed/")
    with django_assert_num_queries(4):
        admin_client.get("/inbox/suppressed/")
    for n in range(1, 31):
        gone(f"person{n}@example.org")
    with django_assert_num_queries(4):
        assert admin_client.get("/inbox/suppressed/").content.count(b'scope="row"') == 31


def test_a_mail_is_shown_as_text_and_nothing_in_it_is_markup(admin_client: Client):
    mail = bring(letter("<script>alert(1)</script>", Subject="<b>bold</b>", X_Evil="<img src=x>"))
    shown = admin_client.get(f"/inbox/{mail.pk}/").content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert "&lt;b&gt;bold&lt;/b&gt;" in shown
    assert "&lt;img src=x&gt;" in shown
    assert ("<script>alert" in shown, "<img src=x" in shown) == (False, False)
    assert "No reader knows what this mail is about." in shown


def test_the_download_is_what_came_and_no_browser_shows_it(admin_client: Client):
    raw = letter("<script>alert(1)</script>", Content_Type="text/html")
    answer = admin_client.get(f"/inbox/{bring(raw).pk}/mail.eml")
    assert answer.content == raw
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith('attachment; filename="mail-')
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "no-store" in answer["Cache-Control"]


def test_try_again_asks_the_readers_once_more(admin_client: Client):
    mail = bring(letter())
    register("late", lambda mail, now: Done("Understood."))
    shown = admin_client.post(f"/inbox/{mail.pk}/again/", follow=True).content.decode()
    assert "Read again: done. Understood." in shown
    assert "Try again" not in shown
    assert "settled meanwhile" in admin_client.post(f"/inbox/{mail.pk}/again/", follow=True).content.decode()


def test_done_settles_it_by_hand(admin_client: Client, admin_user):
    mail = bring(letter())
    assert "Nothing to look at" in admin_client.post(f"/inbox/{mail.pk}/done/", follow=True).content.decode()
    settled = InboundMail.objects.get()
    assert (settled.state, settled.handled_by) == (InboundState.DONE, admin_user)
    assert str(admin_user) in admin_client.get(f"/inbox/{mail.pk}/").content.decode()
    assert "settled meanwhile" in admin_client.post(f"/inbox/{mail.pk}/done/", follow=True).content.decode()


def test_an_address_is_lifted_by_a_button(admin_client: Client):
    suppression = gone("ann@example.org")
    shown = admin_client.get("/inbox/suppressed/").content.decode()
    assert ("ann@example.org" in shown, "smtp; 550 no such user" in shown) == (True, True)
    answer = admin_client.post(f"/inbox/suppressed/{suppression.pk}/lift/", follow=True).content.decode()
    assert "Mail goes to ann@example.org again." in answer
    assert not Suppression.objects.exists()


def test_nothing_is_there_for_others(client: Client):
    mail, suppression = bring(letter()), gone("ann@example.org")
    client.force_login(UserFactory(is_staff=True))
    for path in ("", f"{mail.pk}/", f"{mail.pk}/mail.eml", "suppressed/"):
        assert client.get(f"/inbox/{path}").status_code == 404
    for path in (f"{mail.pk}/again/", f"{mail.pk}/done/", f"suppressed/{suppression.pk}/lift/"):
        assert client.post(f"/inbox/{path}").status_code == 404
    assert (InboundMail.objects.get().state, Suppression.objects.count()) == (InboundState.PUT_ASIDE, 1)


def test_a_person_is_told_that_mails_to_them_came_back(client: Client):
    user = UserFactory(email="ann@example.org")
    client.force_login(user)
    assert "came back" not in client.get("/accounts/email/").content.decode()
    gone("ann@example.org")
    shown = client.get("/accounts/email/").content.decode()
    assert "Mails to ann@example.org came back, so none is sent there any more." in shown


def test_asking_for_the_link_again_lifts_nothing(client: Client):
    user = UserFactory()
    user.emailaddress_set.update(verified=False)
    gone(user.email)
    client.force_login(user)
    client.post("/accounts/email/", {"email": user.email, "action_send": ""})
    assert Suppression.objects.count() == 1
    waiting = write_mail().__class__.objects.exclude(dedupe_key="notice:0")
    assert list(waiting.values_list("kind", "state")) == [("email_confirmation", "suppressed")]


def test_the_menu_of_the_cms_leads_there_for_administrators(admin_client: Client, coordinator: Client):
    assert "/inbox/" in admin_client.get("/cms/").content.decode()
    assert "/inbox/" not in coordinator.get("/cms/").content.decode()
