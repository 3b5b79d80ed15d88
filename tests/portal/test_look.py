"""The frame around all pages: languages, menu, errors, account pages, and what no template may hold."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.conf import settings
from django.template import loader
from django.test import Client, RequestFactory
from django.utils import timezone
from django.views import defaults
from django.views.csrf import csrf_failure

from portal.actions.site import lay_out_site
from portal.blocks import BodyBlock
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

CSS = Path(settings.BASE_DIR, "portal/static/portal/css")


@pytest.fixture(autouse=True)
def site(db: None) -> None:
    lay_out_site(now=timezone.now())


def shown(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status
    return response.content.decode()


@pytest.mark.parametrize(("language", "named"), [("en", "English"), ("ru", "Русский"), ("be", "Беларуская")])
def test_each_language_is_chosen_by_its_own_name(client: Client, language: str, named: str):
    assert named in shown(client, "/accounts/login/")
    form = {"language": language, "next": "/en/universities/?country=BY"}
    response = client.post("/language/setlang/", form)
    assert response.url == f"/{language}/universities/?country=BY"
    assert f'<html lang="{language}">' in shown(client, "/accounts/login/")


def test_the_language_switch_does_not_lead_elsewhere(client: Client):
    response = client.post("/language/setlang/", {"language": "ru", "next": "https://elsewhere.example/"})
    assert response.url == "/"


def test_visitors_are_offered_to_sign_in(client: Client):
    page = shown(client, "/en/")
    assert 'href="/accounts/login/"' in page
    assert "Sign out" not in page
    assert "Edit pages" not in page


def test_people_sign_out_by_a_button(client: Client):
    client.force_login(UserFactory())
    page = shown(client, "/en/")
    assert '<form method="post" action="/accounts/logout/">' in page
    assert "Edit pages" not in page


def test_the_menu_says_where_one_is(client: Client):
    assert '<a href="/en/universities/" aria-current="page">' in shown(client, "/en/universities/")
    assert 'aria-current="page"' not in shown(client, "/en/")


ACCOUNT_PAGES = ("login", "signup", "password/reset", "password/reset/done", "confirm-email", "inactive")
OWN_ACCOUNT_PAGES = ("logout", "email", "password/change", "reauthenticate")


@pytest.mark.parametrize("page", ACCOUNT_PAGES)
def test_account_pages_stand_in_the_portals_frame(client: Client, page: str):
    drawn = shown(client, f"/accounts/{page}/")
    assert 'class="site-header"' in drawn
    assert drawn.count("<h1>") == 1


@pytest.mark.parametrize("page", OWN_ACCOUNT_PAGES)
def test_ones_own_account_pages_stand_in_the_portals_frame(client: Client, page: str):
    user = UserFactory()
    user.set_password("a password to keep")
    user.save()
    client.force_login(user)
    drawn = shown(client, f"/accounts/{page}/")
    assert 'class="site-header"' in drawn
    assert drawn.count("<h1>") == 1


def test_a_password_is_set_by_those_who_have_none(client: Client):
    user = UserFactory()
    user.set_unusable_password()
    user.save()
    client.force_login(user)
    assert "Set the password" in shown(client, "/accounts/password/set/")


def test_links_to_confirm_and_to_reset_are_shown_before_they_act(client: Client):
    address = EmailAddress.objects.create(user=UserFactory(), email="new@example.org")
    key = EmailConfirmationHMAC(address).key
    assert "new@example.org" in shown(client, f"/accounts/confirm-email/{key}/")
    address.refresh_from_db()
    assert not address.verified
    assert "This link does not confirm" in shown(client, "/accounts/confirm-email/nonsense/")
    assert "This link is used up" in shown(client, "/accounts/password/reset/key/1-nonsense/")


def test_faults_of_a_form_are_named_at_the_top_and_at_the_field(client: Client):
    page = client.post("/accounts/login/", {"login": "", "password": "x"}).content.decode()
    assert '<a href="#id_login">E-mail address: ' in page
    assert re.search(r'<div id="id_login_error"><p class="error">', page)
    assert re.search(r'<input[^>]*aria-describedby="id_login_error"', page)
    assert re.search(r'<input[^>]*aria-invalid="true"', page)


def test_what_is_not_there_is_said_in_the_portals_frame(client: Client):
    page = shown(client, "/nothing/", 404)
    assert "There is nothing here" in page
    assert 'class="site-header"' in page


def test_other_faults_have_pages_too(client: Client):
    request = client.get("/en/").wsgi_request
    assert b"You may not do this" in defaults.permission_denied(request, PermissionError()).content
    assert b"The form was too old" in csrf_failure(request).content


def test_the_page_of_a_failure_asks_nothing_of_the_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        response = defaults.server_error(RequestFactory().get("/"))
    assert b"Something broke" in response.content


def test_the_style_guide_is_for_administrators(client: Client, settings):
    shown(client, "/styleguide/", 404)
    client.force_login(UserFactory())
    shown(client, "/styleguide/", 404)
    client.force_login(UserFactory(is_superuser=True))
    page = shown(client, "/styleguide/")
    for part in ('class="error-summary"', 'class="pagination"', 'class="empty"', 'type="radio"', "<legend>"):
        assert part in page
    for name in BodyBlock().child_blocks:
        assert f"<code>{name}</code>" in page
    client.logout()
    settings.DEBUG = True
    shown(client, "/styleguide/")


def test_style_sheets_are_small_and_linked():
    linked = loader.render_to_string("components/styles.html")
    everywhere = {
        "tokens.css",
        "base.css",
        "layout.css",
        "site.css",
        "forms.css",
        "components.css",
        "content.css",
    }
    assert {name for name in everywhere if f"portal/css/{name}" in linked} == everywhere
    for sheet in CSS.glob("*.css"):
        assert len(sheet.read_text().splitlines()) < 200, sheet.name
        assert "@import" not in sheet.read_text(), sheet.name
