"""Pages kept for visitors: who gets them, and what makes them old."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.utils import timezone

from exchange.actions.clubs import found_club
from exchange.actions.requests import withdraw_request
from portal.actions.universities import join_university
from portal.middleware import page_cache
from portal.models import HomePage, UniversityPage
from tests.factories import FixtureRequestFactory, TeamFactory, UniversityFactory, UserFactory

pytestmark = pytest.mark.django_db

NOW = timezone.now()


@pytest.fixture(autouse=True)
def kept(settings):
    settings.PAGE_CACHE_SECONDS = 60
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def pinsk(minsk: UniversityPage) -> UniversityPage:
    return join_university(university=UniversityFactory(name="University of Pinsk", slug="pinsk"), now=NOW)


def changed(page, title: str, django_capture_on_commit_callbacks) -> None:
    page.title = title
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()


def test_a_kept_page_asks_nothing_of_the_database(client, minsk, django_assert_num_queries):
    first = client.get(minsk.url)
    with django_assert_num_queries(0):
        again = client.get(minsk.url)
    assert again.content == first.content
    for header in ("Content-Security-Policy", "Permissions-Policy", "Referrer-Policy", "X-Frame-Options"):
        assert again.headers[header] == first.headers[header]
    assert again.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert "Cookie" in again.headers["Vary"]


def test_who_has_the_page_is_told_that_it_stands(client: Client, minsk: UniversityPage):
    etag = client.get(minsk.url).headers["ETag"]
    answer = client.get(minsk.url, headers={"if-none-match": f'W/{etag}, "other"'})
    assert (answer.status_code, answer.content, answer.headers["ETag"]) == (304, b"", etag)
    assert client.get(minsk.url, headers={"if-none-match": '"other"'}).status_code == 200


def test_publishing_purges_the_page_and_those_above_it_and_no_other(
    client, minsk, pinsk, django_capture_on_commit_callbacks, django_assert_num_queries
):
    home, changing, other = (page.url for page in (HomePage.objects.order_by("pk").first(), minsk, pinsk))
    etags = {address: client.get(address).headers["ETag"] for address in (home, changing, other)}
    changed(minsk, "Minsk anew", django_capture_on_commit_callbacks)
    with django_assert_num_queries(0):
        assert client.get(other).headers["ETag"] == etags[other]
    assert "Minsk anew" in client.get(changing).text
    with pytest.raises(pytest.fail.Exception), django_assert_num_queries(0):
        client.get(home)


def test_a_page_is_drawn_anew_when_one_above_it_has_another_name(
    client, minsk, django_capture_on_commit_callbacks
):
    club = found_club(university=minsk.university, name="Rowers", now=NOW)
    address = club.page.url if hasattr(club.page, "url") else club.page.first().url
    client.get(address)
    changed(minsk, "Minsk anew", django_capture_on_commit_callbacks)
    assert "Minsk anew" in client.get(address).text


def test_a_page_taken_down_is_gone_at_once(client, minsk, django_capture_on_commit_callbacks):
    assert client.get(minsk.url).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        minsk.unpublish()
    assert client.get(minsk.url).status_code == 404


def test_who_has_signed_in_gets_a_page_of_their_own(client: Client, minsk: UniversityPage):
    client.get(minsk.url)
    client.force_login(UserFactory(first_name="Hollyhock"))
    own = client.get(minsk.url)
    assert "Hollyhock" in own.text
    assert "ETag" not in own.headers
    assert "Hollyhock" not in Client().get(minsk.url).text


def test_what_is_written_for_one_visitor_is_never_kept(client: Client, minsk: UniversityPage):
    for path in ("/accounts/login/", "/join/", "/healthz", "/nothing/"):
        answer = client.get(path)
        assert "public" not in answer.headers.get("Cache-Control", "")
        assert "ETag" not in answer.headers


def test_languages_are_kept_apart(client: Client, minsk: UniversityPage):
    for language in ("en", "ru", "en", "ru"):
        answer = client.get(f"/{language}/", follow=True)
        assert f'<html lang="{language}"' in answer.text


def test_without_redis_pages_come_as_before(client: Client, minsk: UniversityPage, settings):
    away = settings.CACHES["default"] | {"LOCATION": "redis://127.0.0.1:1/0"}
    settings.CACHES = {"default": away}
    assert client.get(minsk.url).status_code == 200
    assert client.get(minsk.url).status_code == 200


LISTS = (
    *("/exchange/fixtures/", "/exchange/fixtures/?show=played", "/exchange/calendar/?month=2027-03"),
    *("/exchange/opponents/", "/exchange/opponents/places.geojson", "/search/", "/search/?q=minsk"),
)


@pytest.mark.parametrize("path", LISTS)
def test_lists_are_kept_too(client: Client, minsk: UniversityPage, path: str, django_assert_num_queries):
    first = client.get(path)
    with django_assert_num_queries(0):
        again = client.get(path)
        unchanged = client.get(path, headers={"if-none-match": first.headers["ETag"]})
    assert again.content == first.content
    assert again.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert (unchanged.status_code, unchanged.content) == (304, b"")


def test_a_list_of_somebody_who_has_signed_in_is_their_own(client: Client, minsk: UniversityPage):
    client.get("/exchange/fixtures/")
    client.force_login(UserFactory(first_name="Hollyhock"))
    own = client.get("/exchange/fixtures/")
    assert "Hollyhock" in own.text
    assert "ETag" not in own.headers
    assert "Hollyhock" not in Client().get("/exchange/fixtures/").text


def test_a_list_is_kept_in_each_language(client: Client, minsk: UniversityPage):
    for language in ("en", "ru", "be", "en", "ru"):
        text = Client().get("/exchange/fixtures/", headers={"accept-language": language}).text
        assert f'<html lang="{language}"' in text


def test_the_language_is_chosen_on_a_kept_list(minsk: UniversityPage):
    reader = Client(enforce_csrf_checks=True)
    assert "csrfmiddlewaretoken" not in reader.get("/exchange/fixtures/").text
    reader.post("/language/setlang/", {"language": "ru", "next": "/exchange/fixtures/"})
    assert '<html lang="ru"' in reader.get("/exchange/fixtures/").text


def test_addresses_with_a_query_share_a_few_places(minsk: UniversityPage, monkeypatch: pytest.MonkeyPatch):
    asked = [RequestFactory().get(f"/search/?q={number}") for number in range(1000)]
    assert len({page_cache._key(request)[0] for request in asked}) <= page_cache.PLACES
    monkeypatch.setattr(page_cache, "PLACES", 1)
    for query in ("minsk", "pinsk", "minsk"):
        assert f'value="{query}"' in Client().get(f"/search/?q={query}").text


def test_a_long_query_is_not_kept(client: Client, minsk: UniversityPage):
    assert "ETag" not in client.get(f"/search/?q={'m' * 400}").headers


def test_what_a_club_asks_for_purges_its_pages_home_and_lists_and_no_other_university(
    client, minsk, pinsk, django_capture_on_commit_callbacks, django_assert_num_queries
):
    club = found_club(university=minsk.university, name="Rowers", now=NOW)
    asked = FixtureRequestFactory(team=TeamFactory(club=club))
    home = HomePage.objects.order_by("pk").first()
    purged = [home.url, minsk.url, club.page.url, "/exchange/opponents/", "/exchange/fixtures/"]
    for address in (*purged, pinsk.url):
        client.get(address)
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_request(request=asked, by=UserFactory(), now=NOW)
    with django_assert_num_queries(0):
        client.get(pinsk.url)
    for address in purged:
        with pytest.raises(pytest.fail.Exception), django_assert_num_queries(0):
            client.get(address)
