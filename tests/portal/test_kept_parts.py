"""Parts of pages that all readers see alike: kept for who has signed in too, and never a draft among them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.template import Context, Template, TemplateSyntaxError
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from wagtail.models import PageViewRestriction, Site

from exchange.actions.clubs import found_club
from exchange.actions.requests import withdraw_request
from portal.models import HomePage, UniversityPage
from tests.factories import FixtureRequestFactory, SeasonFactory, TeamFactory, UserFactory

pytestmark = pytest.mark.django_db

NOW = timezone.now()


@pytest.fixture(autouse=True)
def kept(settings):
    """Parts alone: pages are drawn for each."""
    settings.PART_CACHE_SECONDS = 60
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def home(minsk: UniversityPage) -> HomePage:
    return HomePage.objects.order_by("pk").first()


@pytest.fixture
def reader(client: Client) -> Client:
    client.force_login(UserFactory(first_name="Hollyhock"))
    return client


def tables_asked(client: Client, address: str) -> str:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return "\n".join(query["sql"] for query in queries)


def test_who_has_signed_in_gets_what_was_drawn_for_others(home: HomePage, reader: Client):
    assert "exchange_fixturerequest" in tables_asked(Client(), home.url)
    asked = tables_asked(reader, home.url)
    assert "exchange_fixturerequest" not in asked
    assert "wagtailcore_site" not in asked
    assert "Hollyhock" in reader.get(home.url).text
    assert "Hollyhock" not in Client().get(home.url).text


def test_what_changes_is_shown_at_once(
    minsk: UniversityPage, home: HomePage, reader: Client, django_capture_on_commit_callbacks
):
    owls = TeamFactory(club=found_club(university=minsk.university, name="Rowers", now=NOW), name="Owls")
    season = SeasonFactory(starts=timezone.localdate(), ends=timezone.localdate() + timedelta(days=60))
    asked = FixtureRequestFactory(team=owls, season=season)
    assert "Owls" in reader.get(home.url).text
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_request(request=asked, by=UserFactory(), now=NOW)
    assert "Owls" not in reader.get(home.url).text


def test_a_draft_in_preview_is_shown_to_its_editor_alone(home: HomePage):
    assert "unripe" not in Client().get(home.url).text
    draft = HomePage.objects.get(pk=home.pk)
    draft.body = [("text", "<p>unripe</p>")]
    for _time in range(2):
        preview = draft.make_preview_request()
        preview.render()
        assert "unripe" in preview.text
        assert "unripe" not in Client().get(home.url).text


def test_each_language_has_its_own(minsk: UniversityPage):
    for language in ("en", "ru", "be", "en", "ru"):
        text = Client().get(f"/{language}/", follow=True).text
        with translation.override(language):
            assert translation.gettext("Looking for opponents") in text


def test_a_new_address_of_the_site_counts_at_once(home: HomePage, django_capture_on_commit_callbacks):
    tables_asked(Client(), home.url)
    with django_capture_on_commit_callbacks(execute=True):
        Site.objects.get().save()
    assert "wagtailcore_site" in tables_asked(Client(), home.url)


def test_a_page_whose_readers_are_restricted_is_kept_for_nobody(
    minsk: UniversityPage, settings, django_capture_on_commit_callbacks
):
    settings.PAGE_CACHE_SECONDS = 60
    assert Client().get(minsk.url).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        rule = PageViewRestriction(page=minsk.get_parent(), restriction_type=PageViewRestriction.LOGIN)
        rule.save()
    assert Client().get(minsk.url).status_code == 302
    with django_capture_on_commit_callbacks(execute=True):
        rule.delete()
    assert Client().get(minsk.url).status_code == 200


def test_marks_tell_parts_apart_and_without_marks_there_is_no_part():
    part = Template('{% load kept_parts %}{% kept "part" mark %}{{ said }}{% endkept %}')
    request = RequestFactory().get("/")

    def drawn(**context: object) -> str:
        return part.render(Context({"request": request, **context}))

    assert (drawn(mark=1, said="<a>"), drawn(mark=1, said="b"), drawn(mark=2, said="b")) == (
        *("&lt;a&gt;", "&lt;a&gt;"),
        "b",
    )
    with pytest.raises(TemplateSyntaxError, match="has a name"):
        Template("{% load kept_parts %}{% kept %}{% endkept %}")


def test_without_keeping_each_is_drawn(home: HomePage, settings):
    settings.PART_CACHE_SECONDS = 0
    for _time in range(2):
        assert "exchange_fixturerequest" in tables_asked(Client(), home.url)
