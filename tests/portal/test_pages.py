"""What visitors find on the pages of the ground floor."""

from __future__ import annotations

from io import BytesIO
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file

from exchange.actions.clubs import found_club
from exchange.enums import FixtureState
from exchange.models import Fixture
from portal.actions.pages import publish_new_page
from portal.actions.site import lay_out_site
from portal.actions.universities import join_university
from portal.models import StandardPage, UniversityPage
from tests.factories import FixtureFactory, TeamFactory, UniversityFactory

from .tenants import Tenant

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def shown(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def minsk(db: None) -> UniversityPage:
    university = UniversityFactory(name="University of Minsk", slug="minsk", ror="05gqaka33")
    return join_university(university=university, now=NOW)


def confirmed(page: UniversityPage, **facts: object):
    team = TeamFactory(
        club=found_club(university=page.university, name="Rowers", now=NOW), name="Minsk eight"
    )
    far = timezone.localdate().replace(year=timezone.localdate().year + 1, day=1)
    facts = {"host_request__team": team, "date": far, "state": FixtureState.CONFIRMED} | facts
    return FixtureFactory(**facts)


def test_home_counts_what_there_is(client: Client, minsk: UniversityPage):
    confirmed(minsk)
    page = shown(client, "/en/")
    for word, number in (("universities", 2), ("clubs", 2), ("teams", 2), ("confirmed fixture", 1)):
        assert f"<dt>{word}</dt><dd>{number}</dd>" in page
    assert "Minsk eight" in page


def test_home_without_anything_says_so(client: Client):
    lay_out_site(now=NOW)
    page = shown(client, "/en/")
    assert "<dt>universities</dt><dd>0</dd>" in page
    assert "No confirmed fixture ahead." in page


def test_a_universitys_page_shows_its_facts(client: Client, minsk: UniversityPage):
    page = shown(client, minsk.url)
    assert "Minsk, Belarus" in page
    assert 'href="https://ror.org/05gqaka33"' in page
    assert "Europe/Minsk, UTC+03:00" in page


@pytest.mark.parametrize("state", [FixtureState.PROPOSED, FixtureState.DECLINED, FixtureState.CANCELLED])
def test_only_confirmed_fixtures_are_public(client: Client, minsk: UniversityPage, state: FixtureState):
    confirmed(minsk, state=state)
    for path in ("/en/", minsk.url):
        assert f'href="/exchange/fixtures/{Fixture.objects.get().pk}/"' not in shown(client, path)


def test_a_fixture_of_the_past_is_not_next(client: Client, minsk: UniversityPage):
    confirmed(minsk, date=timezone.localdate() - timezone.timedelta(days=1))
    assert "Minsk eight" not in shown(client, minsk.url)


@pytest.mark.parametrize("count", [1, 30])
def test_a_universitys_page_costs_the_same(client, minsk, count, django_assert_num_queries):
    for number in range(count):
        found_club(university=minsk.university, name=f"Club {number}", now=NOW)
    client.get(minsk.url)
    with django_assert_num_queries(9):
        client.get(minsk.url)


def test_a_draft_is_not_found_by_visitors(client: Client, mine: Tenant):
    assert client.get(f"{mine.page.url}draft/").status_code == 404


def test_those_who_may_edit_a_page_are_shown_the_way(client, coordinator, mine, theirs):
    link = "/cms/pages/{}/edit/"
    assert link.format(mine.page.pk) in shown(coordinator, mine.page.url)
    assert link.format(theirs.page.pk) not in shown(coordinator, theirs.page.url)
    assert link.format(mine.page.pk) not in shown(client, mine.page.url)


@pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_every_block_is_drawn(client: Client, minsk: UniversityPage):
    image = Image.objects.create(title="Boat", file=get_test_image_file())
    picture = {"image": {"image": image.pk, "alt_text": "A boat", "decorative": False}, "caption": "Ours"}
    body = [
        ("heading", "How we train"),
        ("text", "<p>Every <b>morning</b>.</p>"),
        ("quote", {"text": "Never late.", "source": "The coach"}),
    ]
    page = StandardPage(title="Training", slug="training", body=body)
    page.body.append(("picture", page.body.stream_block.child_blocks["picture"].to_python(picture)))
    publish_new_page(page=page, parent=minsk, now=NOW)
    drawn = shown(client, page.url)
    for part in (
        "<h2>How we train</h2>",
        "<b>morning</b>",
        "<figcaption>The coach</figcaption>",
        'alt="A boat"',
    ):
        assert part in drawn


def test_the_sitemap_lists_live_pages_and_no_draft(client: Client, mine: Tenant):
    listed = ElementTree.parse(BytesIO(client.get("/sitemap.xml").content))
    urls = {where.text for where in listed.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")}
    assert {mine.page.full_url, mine.club_page.full_url} <= urls
    assert not any("draft" in url for url in urls)


def test_robots_are_told_where_to_go(client: Client):
    told = client.get("/robots.txt")
    assert told.headers["Content-Type"].startswith("text/plain")
    assert "Disallow: /cms/" in told.text
    assert "Sitemap: http://portal.test/sitemap.xml" in told.text


def test_what_is_shared_about_a_page(client: Client, minsk: UniversityPage):
    page = shown(client, minsk.url)
    assert '<meta property="og:title" content="University of Minsk">' in page
    assert f'<link rel="canonical" href="http://portal.test{minsk.url}">' in page
