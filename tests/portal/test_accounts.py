"""Account mails: through the outbox, in the reader's language, with links that no Host header bends."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from unittest.mock import patch

import pytest
from django.conf import settings
from django.core import mail as django_mail
from django.utils import timezone
from django.utils.translation import get_language

from portal.models import OutboxMessage, User
from portal.outbox import drain, render_mail
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
MAILS = settings.BASE_DIR / "templates/emails/account"
PASSWORD = "correct horse battery"
STRANGE = {"headers": {"host": "evil.example.com"}}


def last_mail() -> tuple[OutboxMessage, str, str]:
    row = OutboxMessage.objects.latest("pk")
    mail = message_from_bytes(bytes(row.mime), policy=policy.SMTP)
    return row, mail.get_body(("plain",)).get_content(), mail.get_body(("html",)).get_content()


def link_in(text: str) -> str:
    """The path of the one link to the portal that is not the portal's own address."""
    (link,) = re.findall(r"http://portal\.test(/\S+)", text)
    return link


def sign_up(client, email: str = "ann@example.org", **extra):
    return client.post(
        "/accounts/signup/", {"email": email, "password1": PASSWORD, "password2": PASSWORD}, **extra
    )


def test_signing_up_writes_a_mail_and_sends_nothing_itself(client):
    sign_up(client)
    row, text, _html = last_mail()
    assert (row.kind, row.recipient, row.state) == ("email_confirmation_signup", "ann@example.org", "queued")
    assert row.subject == "Confirm your e-mail address for University Sport Exchange"
    assert "Someone, probably you, has opened an account" in text
    assert "works for 3 days" in text
    assert django_mail.outbox == []
    assert drain(now=timezone.now()).sent == 1
    assert django_mail.outbox[0].to == ["ann@example.org"]


def test_an_account_opens_by_its_mail_and_not_before(client):
    sign_up(client)
    signed_in = {"login": "ann@example.org", "password": PASSWORD}
    assert "/confirm-email/" in client.post("/accounts/login/", signed_in).url
    assert client.get("/accounts/email/").status_code == 302, "not signed in yet"
    client.post(link_in(last_mail()[1]))
    response = client.post("/accounts/login/", signed_in)
    assert (response.status_code, response.url) == (302, "/exchange/")


def test_links_come_from_the_base_url_never_from_the_host(client):
    UserFactory(email="known@example.org")
    sign_up(client, **STRANGE)
    sign_up(client, "known@example.org", **STRANGE)
    for email in ("known@example.org", "unknown@example.org"):
        client.post("/accounts/password/reset/", {"email": email}, **STRANGE)
    rows = OutboxMessage.objects.order_by("pk")
    assert [row.kind for row in rows] == [
        "email_confirmation_signup",
        "account_already_exists",
        "password_reset_key",
        "unknown_account",
    ]
    for row in rows:
        mime = message_from_bytes(bytes(row.mime), policy=policy.SMTP)
        for part in (mime.get_body(("plain",)), mime.get_body(("html",))):
            assert "http://portal.test/accounts/" in part.get_content()
            assert "evil" not in part.get_content()


def test_a_forgotten_password_is_set_anew_by_mail(client):
    user = UserFactory(email="ann@example.org")
    client.post("/accounts/password/reset/", {"email": "ANN@example.org"})
    row, text, html = last_mail()
    assert row.subject == "Set a new password"
    assert link_in(text) in html
    form = client.get(link_in(text), follow=True)
    client.post(form.request["PATH_INFO"], {"password1": PASSWORD, "password2": PASSWORD})
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_a_second_address_is_confirmed_by_mail(client):
    client.force_login(UserFactory())
    client.post("/accounts/email/", {"email": "other@example.org", "action_add": ""})
    row, text, _html = last_mail()
    assert (row.kind, row.recipient) == ("email_confirmation", "other@example.org")
    assert "has been added to an account" in text


def test_each_request_is_its_own_mail(client):
    UserFactory(email="ann@example.org")
    for _again in range(2):
        client.post("/accounts/password/reset/", {"email": "ann@example.org"})
    assert OutboxMessage.objects.count() == 2


def test_whoever_signs_up_in_russian_gets_mails_in_russian(client):
    with patch("portal.accounts.render_mail", return_value=("s", "t", "h")) as render_mail:
        sign_up(client, headers={"accept-language": "ru,en;q=0.5"})
    assert User.objects.get().language == "ru"
    assert render_mail.call_args.args[2] == "ru"


def test_a_known_person_is_written_to_in_their_language_whoever_asks(client):
    UserFactory(email="ann@example.org", language="be")
    with patch("portal.accounts.render_mail", return_value=("s", "t", "h")) as render_mail:
        sign_up(client, headers={"accept-language": "ru"})
        client.post(
            "/accounts/password/reset/", {"email": "ann@example.org"}, headers={"accept-language": "ru"}
        )
        client.post(
            "/accounts/password/reset/", {"email": "bob@example.org"}, headers={"accept-language": "ru"}
        )
        client.post(
            "/accounts/password/reset/", {"email": "eve@example.org"}, headers={"accept-language": "xx"}
        )
    assert [call.args[2] for call in render_mail.call_args_list] == ["be", "be", "ru", "en"]


def test_an_address_is_escaped_in_html_only(client):
    client.post("/accounts/password/reset/", {"email": "a&b'c@example.org"})
    _row, text, html = last_mail()
    assert "a&b'c@example.org" in text
    assert "a&amp;b&#x27;c@example.org" in html


@pytest.mark.parametrize("language", ["en", "ru", "be"])
@pytest.mark.parametrize("name", sorted(path.stem for path in MAILS.glob("*.html")))
def test_every_account_mail_is_whole_in_every_language(name, language):
    links = {f"{link}_url": "http://portal.test/link/" for link in ("activate", "password_reset", "signup")}
    subject, text, html = render_mail(f"account/{name}", {"email": "a@b.org", "days": 3, **links}, language)
    assert subject
    assert "\n" not in subject
    assert text.count("http://portal.test/link/") == 1
    assert html.count("http://portal.test/link/") == 1
    assert f'<html lang="{language}">' in html
    assert get_language() == "en"
