"""What other sites and search engines are told of a page, value by value."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file_jpeg
from wagtail.models import Page

from exchange.actions.venue_pages import publish_venue_page
from portal.actions.index_pages import index_page
from portal.actions.pages import publish_new_page
from portal.actions.universities import join_university
from portal.models import ArticlePage, NewsIndexPage, UniversityPage
from tests.factories import UniversityFactory, VenueFactory

from .pictures import LEAVES_FILES, picture

pytestmark = [pytest.mark.django_db, *LEAVES_FILES]

NOW = timezone.now()
BASE = "http://portal.test"
SIZE = (1600, 900)


@pytest.fixture(autouse=True)
def no_cuts_kept():
    """Wagtail keeps cuts by the number of their picture, and tests begin to count anew."""
    cache.clear()


@pytest.fixture
def minsk(db: None) -> UniversityPage:
    facts = {
        "name": "University of Minsk",
        "short_name": "UM",
        "city": "Minsk",
        "country": "BY",
        "slug": "minsk",
    }
    return join_university(university=UniversityFactory(**facts, lat=53.9, lon=27.5), now=NOW)


def article(minsk: UniversityPage, **facts: object) -> ArticlePage:
    above = index_page(university=minsk.university, kind=NewsIndexPage, title="News", slug="news", now=NOW)
    page = ArticlePage(**{"title": "We won", "slug": "we-won", "date": date(2026, 11, 24)} | facts)
    return publish_new_page(page=page, parent=above, now=NOW)


def shown(client: Client, page: Page) -> str:
    response = client.get(page.url)
    assert response.status_code == 200
    return response.content.decode()


def said(html: str) -> dict[str, str]:
    """The properties of the head."""
    return dict(re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]*)"', html))


def facts_of(html: str) -> dict[str, object]:
    (script,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    return json.loads(script)


def test_an_article_is_shared_with_its_own_picture(client: Client, minsk: UniversityPage):
    page = article(minsk, lead="By far.", picture=picture("boat", SIZE), picture_alt="A boat")
    told = said(shown(client, page))
    assert told["og:type"] == "article"
    assert told["og:title"] == "We won"
    assert told["og:description"] == told["description"] == "By far."
    assert told["og:url"] == BASE + page.url
    assert re.fullmatch(BASE + r"/media/images/.*fill-1200x630.*\.jpg", told["og:image"])
    assert (told["og:image:width"], told["og:image:height"]) == ("1200", "630")
    assert told["og:image:alt"] == "A boat"
    assert told["twitter:card"] == "summary_large_image"


def test_a_page_without_a_picture_is_shared_with_the_card_of_the_portal(
    client: Client, minsk: UniversityPage
):
    told = said(shown(client, minsk))
    assert told["og:type"] == "website"
    assert re.fullmatch(BASE + r"/static/portal/images/card(\.\w+)?\.png", told["og:image"])


def test_the_first_picture_of_a_body_is_shared_and_a_small_one_is_not_blown_up(
    client: Client, minsk: UniversityPage
):
    file = get_test_image_file_jpeg(filename="court.jpg", size=(600, 600))
    image = Image.objects.create(title="court", file=file)
    value = {"image": {"image": image.pk, "alt_text": "Our court", "decorative": False}, "caption": ""}
    minsk.body = minsk.body.stream_block.to_python([{"type": "picture", "value": value}])
    minsk.intro = "<p>Rowers &amp; runners.</p><p>Join us.</p>"
    minsk.save_revision().publish()
    told = said(shown(client, minsk))
    assert "fill-1200x630" in told["og:image"]
    assert (told["og:image:width"], told["og:image:height"]) == ("600", "316")
    assert told["og:image:alt"] == "Our court"
    assert told["og:description"] == "Rowers &amp; runners. Join us."


def test_an_article_says_when_it_was_written_and_who_answers_for_it(client: Client, minsk: UniversityPage):
    page = article(
        minsk, author="Anna Novik", lead="By far.", picture=picture("boat", SIZE), picture_decorative=True
    )
    facts = facts_of(shown(client, page))
    assert facts["@type"] == "NewsArticle"
    assert facts["headline"] == "We won"
    assert facts["datePublished"] == "2026-11-24"
    assert facts["inLanguage"] == "en"
    assert facts["mainEntityOfPage"] == BASE + page.url
    assert facts["creditText"] == "Anna Novik"
    assert facts["author"] == facts["publisher"]
    assert facts["publisher"] == {
        "@type": "CollegeOrUniversity",
        "name": "University of Minsk",
        "sameAs": minsk.university.ror_url,
    }
    assert facts["image"][0].startswith(f"{BASE}/media/images/")


def test_no_title_ends_the_script_that_holds_it(client: Client, minsk: UniversityPage):
    title = "</script><script>alert(1)</script> & Co"
    html = shown(client, article(minsk, title=title))
    assert "<script>alert(1)" not in html
    assert facts_of(html)["headline"] == title


def test_a_university_is_a_place_with_an_entry_in_the_register(client: Client, minsk: UniversityPage):
    facts = facts_of(shown(client, minsk))
    assert facts["@type"] == "CollegeOrUniversity"
    assert facts["name"] == "University of Minsk"
    assert facts["alternateName"] == ["UM"]
    assert facts["url"] == BASE + minsk.url
    assert facts["sameAs"] == minsk.university.ror_url
    assert facts["address"] == {"@type": "PostalAddress", "addressLocality": "Minsk", "addressCountry": "BY"}
    assert facts["geo"] == {"@type": "GeoCoordinates", "latitude": 53.9, "longitude": 27.5}


def test_a_venue_is_where_it_is(client: Client, minsk: UniversityPage):
    lines = {"street": "River street 1", "postal_code": "220030", "town": "Zaslawye"}
    venue = VenueFactory(university=minsk.university, name="Rowing hall", lat=54, lon=27.3, **lines)
    page = publish_venue_page(venue=venue, now=NOW)
    facts = facts_of(shown(client, page))
    assert facts["@type"] == "SportsActivityLocation"
    assert facts["name"] == "Rowing hall"
    assert facts["url"] == BASE + page.url
    assert facts["address"] == {
        "@type": "PostalAddress",
        "streetAddress": "River street 1",
        "postalCode": "220030",
        "addressLocality": "Zaslawye",
        "addressCountry": "BY",
    }
    assert facts["containedInPlace"]["name"] == "University of Minsk"


def test_icons_are_named_in_the_head_and_found_where_programs_look(client: Client, minsk: UniversityPage):
    html = shown(client, minsk)
    for file in ("favicon", "mark", "apple-touch-icon"):
        assert re.search(rf'<link rel="[a-z-]*icon"[^>]* href="/static/portal/images/{file}', html)
    found = client.get("/favicon.ico")
    assert found.status_code == 302
    assert re.fullmatch(r"/static/portal/images/favicon(\.\w+)?\.ico", found.url)
