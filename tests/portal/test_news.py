"""News of the site and of universities: who writes them where, who reads them, and their feeds."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file_jpeg
from wagtail.models import Page

from portal.actions.index_pages import index_page
from portal.actions.pages import publish_new_page
from portal.models import ArticlePage, HomePage, NewsIndexPage, StandardPage, University, UniversityPage

from .cms_forms import page_form
from .pictures import LEAVES_FILES, picture
from .tenants import Tenant

pytestmark = [pytest.mark.django_db, *LEAVES_FILES]

NOW = timezone.now()
ATOM = "{http://www.w3.org/2005/Atom}"


def news_of(university: University) -> NewsIndexPage:
    return index_page(university=university, kind=NewsIndexPage, title="News", slug="news", now=NOW)


def site_news() -> NewsIndexPage:
    page = NewsIndexPage(title="News", slug="news")
    return publish_new_page(page=page, parent=HomePage.objects.order_by("pk").first(), now=NOW)


def article(above: Page, title: str, **facts: object) -> ArticlePage:
    slug = title.lower().replace(" ", "-")
    page = ArticlePage(title=title, slug=slug, **facts)
    return publish_new_page(page=page, parent=above, now=NOW)


def shown(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def titles(client: Client, path: str) -> list[str]:
    feed = ElementTree.fromstring(client.get(path).content)
    return [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]


def test_pages_stand_only_where_they_belong():
    allowed = {kind: set(kind.allowed_subpage_models()) for kind in (HomePage, UniversityPage, NewsIndexPage)}
    assert NewsIndexPage in allowed[HomePage] & allowed[UniversityPage]
    assert allowed[NewsIndexPage] == {ArticlePage}
    assert ArticlePage.allowed_subpage_models() == []
    assert NewsIndexPage not in StandardPage.allowed_subpage_models()


def test_a_university_has_one_list_of_news(mine: Tenant):
    assert NewsIndexPage.can_create_at(mine.page)
    news_of(mine.university)
    assert not NewsIndexPage.can_create_at(UniversityPage.objects.get(pk=mine.page.pk))


def test_a_new_list_is_called_news_and_a_new_article_is_of_today(coordinator: Client, mine: Tenant):
    form = shown(coordinator, f"/cms/pages/add/portal/newsindexpage/{mine.page.pk}/")
    assert 'value="News"' in form
    above = news_of(mine.university)
    form = shown(coordinator, f"/cms/pages/add/portal/articlepage/{above.pk}/")
    assert f'value="{timezone.localdate().isoformat()}"' in form


def test_an_editor_writes_news_of_the_own_university_and_a_coordinator_publishes_them(
    editor: Client, coordinator: Client, mine: Tenant, theirs: Tenant
):
    above, other = news_of(mine.university), news_of(theirs.university)
    form = page_form(title="We won", slug="we-won", date="2026-11-24", author="", picture="", picture_alt="")
    editor.post(f"/cms/pages/add/portal/articlepage/{above.pk}/", form | {"action-publish": "1"})
    page = ArticlePage.objects.get(slug="we-won")
    assert not page.live
    assert Client().get(page.url).status_code == 404
    editor.post(f"/cms/pages/add/portal/articlepage/{other.pk}/", form)
    assert ArticlePage.objects.count() == 1
    coordinator.post(f"/cms/pages/{page.pk}/edit/", form | {"action-publish": "1"})
    assert "We won" in shown(Client(), above.url)


def test_a_picture_without_words_is_not_published_but_may_wait_as_a_draft(coordinator: Client, mine: Tenant):
    above = news_of(mine.university)
    image = Image.objects.create(
        title="boat", file=get_test_image_file_jpeg(filename="boat.jpg"), collection=mine.collection
    )
    form = page_form(
        title="We won", slug="we-won", date="2026-11-24", author="", picture=image.pk, picture_alt=""
    )
    path = f"/cms/pages/add/portal/articlepage/{above.pk}/"
    answer = coordinator.post(path, form | {"action-publish": "1"})
    assert "Say what the picture shows" in answer.content.decode()
    coordinator.post(path, form)
    assert not ArticlePage.objects.get().live


def test_the_newest_stands_first_and_drafts_nowhere(client: Client, mine: Tenant):
    above = news_of(mine.university)
    article(above, "Older", date=date(2026, 1, 1))
    article(above, "Newer", date=date(2026, 2, 1))
    article(above, "Hidden", date=date(2026, 3, 1)).unpublish()
    page = shown(client, above.url)
    assert page.index("Newer") < page.index("Older")
    assert "Hidden" not in page
    assert titles(client, f"/feeds/en/news/{mine.university.pk}.atom") == ["Newer", "Older"]


def test_the_sites_list_holds_all_and_says_from_where(client: Client, mine: Tenant, theirs: Tenant):
    above = site_news()
    article(above, "Of the portal")
    article(news_of(mine.university), "Of mine")
    article(news_of(theirs.university), "Of theirs")
    page = shown(client, above.url)
    for part in ("Of the portal", "Of mine", "Of theirs", "Home University", "Other University"):
        assert part in page
    assert set(titles(client, "/feeds/en/news.atom")) == {"Of the portal", "Of mine", "Of theirs"}
    assert titles(client, f"/feeds/en/news/{mine.university.pk}.atom") == ["Of mine"]


def test_home_and_the_universitys_page_show_the_latest_and_name_their_feed(client: Client, mine: Tenant):
    above = news_of(mine.university)
    for number in range(1, 5):
        article(above, f"Piece {number}", date=date(2026, 1, number))
    for path, feed in (
        ("/en/", "/feeds/en/news.atom"),
        (mine.page.url, f"/feeds/en/news/{mine.university.pk}.atom"),
    ):
        page = client.get(path, follow=True).content.decode()
        assert "Piece 4" in page
        assert "Piece 1" not in page
        assert f'<link rel="alternate" type="application/atom+xml" title="News" href="{feed}">' in page


def test_a_feed_names_full_addresses_and_no_person(client: Client, mine: Tenant):
    page = article(news_of(mine.university), "We won", lead="By far.", date=date(2026, 11, 24))
    feed = ElementTree.fromstring(client.get("/feeds/en/news.atom").content)
    entry = feed.find(f"{ATOM}entry")
    assert entry.find(f"{ATOM}link").get("href") == page.full_url
    assert entry.findtext(f"{ATOM}summary") == "By far."
    assert entry.findtext(f"{ATOM}published") == "2026-11-24T00:00:00+00:00"
    assert mine.editor.email not in client.get("/feeds/en/news.atom").content.decode()


@pytest.mark.parametrize("path", ["/feeds/xx/news.atom", "/feeds/en/news/999999.atom"])
def test_a_feed_of_nothing_is_not_found(client: Client, path: str):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("count", [1, 12])
def test_lists_and_feeds_cost_the_same(client, mine, theirs, count, django_assert_max_num_queries):
    above = site_news()
    for number in range(count):
        article(above if number % 2 else news_of(mine.university), f"Piece {number}")
    client.get(above.url)
    with django_assert_max_num_queries(10):
        shown(client, above.url)
    with django_assert_max_num_queries(6):
        client.get("/feeds/en/news.atom")


def test_the_picture_of_an_article_is_what_loads_first(client: Client, mine: Tenant):
    image = picture()
    page = article(news_of(mine.university), "We won", picture=image, picture_alt="A boat")
    drawn = shown(client, page.url)
    assert '<link rel="preload" as="image" type="image/avif"' in drawn
    assert 'fetchpriority="high"' in drawn
    assert 'alt="A boat"' in drawn
