"""What coordinators, editors and all others can do in the CMS with what is their own."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from exchange.models import ClubIndexPage, Membership
from portal.actions.universities import appoint
from portal.enums import UniversityRole
from portal.models import StandardPage, UniversityPage
from portal.rights import OPEN_CMS
from tests.factories import UserFactory

from .cms_forms import page_form, university_form
from .tenants import Tenant

pytestmark = pytest.mark.django_db


def test_a_coordinator_publishes_the_universitys_page(coordinator: Client, mine: Tenant):
    form = university_form(mine.page, "<p>We row.</p>", **{"action-publish": "1"})
    coordinator.post(f"/cms/pages/{mine.page.pk}/edit/", form)
    assert "We row." in UniversityPage.objects.get(pk=mine.page.pk).intro
    assert "We row." in Client().get(mine.page.url).content.decode()


def test_a_coordinator_makes_and_publishes_a_page_below_it(coordinator: Client, mine: Tenant):
    form = page_form(title="How to find us", slug="way", **{"action-publish": "1"})
    coordinator.post(f"/cms/pages/add/portal/standardpage/{mine.page.pk}/", form)
    assert StandardPage.objects.get(slug="way").get_parent().specific == mine.page
    assert Client().get(f"{mine.page.url}way/").status_code == 200


def test_an_editor_writes_drafts_and_does_not_publish(editor: Client, mine: Tenant):
    form = university_form(mine.page, "<p>We swim.</p>", **{"action-publish": "1"})
    editor.post(f"/cms/pages/{mine.page.pk}/edit/", form)
    page = UniversityPage.objects.get(pk=mine.page.pk)
    assert "We swim." not in page.intro
    assert "We swim." in page.get_latest_revision_as_object().intro


def test_an_editor_does_not_unpublish(editor: Client, mine: Tenant):
    editor.post(f"/cms/pages/{mine.page.pk}/unpublish/")
    assert Page.objects.get(pk=mine.page.pk).live


@pytest.mark.parametrize("bound", ["page", "club_page"])
def test_a_coordinator_cannot_delete_the_page_of_a_row(coordinator: Client, mine: Tenant, bound: str):
    page = getattr(mine, bound)
    coordinator.post(f"/cms/pages/{page.pk}/delete/")
    coordinator.post(f"/cms/bulk/wagtailcore/page/delete/?id={page.pk}")
    assert Page.objects.filter(pk=page.pk).exists()


def test_nobody_copies_or_moves_the_page_of_a_row(mine: Tenant, theirs: Tenant):
    client = Client()
    client.force_login(UserFactory(is_superuser=True))
    club, clubs = mine.club_page, ClubIndexPage.objects.child_of(theirs.page).get()
    client.post(f"/cms/pages/{club.pk}/move/{clubs.pk}/confirm/")
    form = {"new_title": "x", "new_slug": "x", "new_parent_page": clubs.pk, "copy_subpages": "", "alias": ""}
    client.post(f"/cms/pages/{club.pk}/copy/", form)
    assert list(clubs.get_children()) == [theirs.club_page.page_ptr]
    club.refresh_from_db()
    assert club.is_child_of(ClubIndexPage.objects.child_of(mine.page).get())


def test_no_form_makes_the_page_of_a_row(coordinator: Client, mine: Tenant):
    clubs = ClubIndexPage.objects.child_of(mine.page).get()
    response = coordinator.get(f"/cms/pages/add/exchange/clubpage/{clubs.pk}/")
    assert (response.status_code, response.url) == (302, "/cms/")


def test_a_coordinator_deletes_an_own_draft(coordinator: Client, mine: Tenant):
    coordinator.post(f"/cms/pages/{mine.draft.pk}/delete/")
    assert not Page.objects.filter(pk=mine.draft.pk).exists()


@pytest.mark.parametrize("restriction", ["login", "password", "groups"])
def test_a_page_is_public_or_a_draft(coordinator: Client, mine: Tenant, restriction: str):
    form = {"restriction_type": restriction, "password": "x", "groups": mine.editor.groups.get().pk}
    for page in (mine.page, mine.draft, mine.club_page):
        coordinator.post(f"/cms/pages/{page.pk}/privacy/", form)
    assert not PageViewRestriction.objects.exists()


def test_the_menu_is_short_for_coordinators(coordinator: Client, mine: Tenant):
    page = coordinator.get("/cms/").content.decode()
    assert "/cms/reports/" not in page
    assert "/cms/users/" not in page
    assert '"url": "/cms/images/"' in page
    assert f'"url": "{settings.BASE_URL}/"' in page


def test_researchers_and_officers_do_not_enter_and_do_not_go_in_circles(mine: Tenant):
    researcher, officer = UserFactory(), UserFactory()
    appoint(user=researcher, university=mine.university, role=UniversityRole.RESEARCHER)
    Membership.objects.create(user=officer, club=mine.club_page.club, since=timezone.now())
    for person in (researcher, officer):
        client = Client()
        client.force_login(person)
        assert not person.has_perm(OPEN_CMS)
        response = client.get("/cms/", follow=True)
        assert len(response.redirect_chain) == 2
        assert not response.redirect_chain[-1][0].startswith(("/cms/", "/accounts/"))


def test_a_visitor_is_led_to_the_one_sign_in_page_and_back():
    response = Client().get("/cms/pages/", follow=True)
    assert response.redirect_chain[-1][0] == "/accounts/login/?next=%2Fcms%2Fpages%2F"


def test_signing_out_of_the_cms_signs_out_of_the_portal(coordinator: Client):
    coordinator.post("/cms/logout/")
    assert "_auth_user_id" not in coordinator.session
