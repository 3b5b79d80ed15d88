"""Pages in several languages: their addresses, what is read while nobody has translated, who translates."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import GroupPagePermission, Locale, Page

from exchange.actions.clubs import found_club
from exchange.models import ClubPage
from portal.actions.site import lay_out_site
from portal.actions.translations import translate_page
from portal.actions.universities import join_university
from portal.models import HomePage, UniversityIndexPage, UniversityPage
from portal.models.spoken import SpokenPage, in_one_language
from tests.factories import UniversityFactory
from tests.portal.tenants import make_tenant

pytestmark = pytest.mark.django_db

NOW = timezone.now()
NOTE = "This page has not been translated yet."


@pytest.fixture
def minsk() -> UniversityPage:
    university = UniversityFactory(
        name="University of Minsk", slug="minsk", names={"ru": "Минский университет"}, joined_at=None
    )
    return join_university(university=university, intro="<p>We row.</p>", now=NOW)


def translated(page: Page, title: str, *, slug: str = "", **words: str) -> Page:
    """In Russian, published."""
    draft = translate_page(page=page, language="ru")
    draft.title, draft.slug = title, slug or draft.slug
    for name, value in words.items():
        setattr(draft, name, value)
    draft.save_revision().publish()
    return type(draft).objects.get(pk=draft.pk)


def text(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.text


def test_every_page_of_ours_is_read_in_all_languages():
    ours = [kind for kind in Page.__subclasses__() if kind.__module__.split(".")[0] != "wagtail"]
    assert [kind for kind in ours if not issubclass(kind, SpokenPage)] == []


def test_the_languages_of_the_settings_have_rows(db):
    lay_out_site(now=NOW)
    assert set(Locale.objects.values_list("language_code", flat=True)) == {"en", "ru", "be"}


@pytest.mark.parametrize(("asked", "answer"), [("ru", "ru"), ("be;q=0.9", "be"), ("de", "en"), ("", "en")])
def test_an_old_address_leads_to_the_visitors_language(client: Client, minsk, asked: str, answer: str):
    response = client.get("/universities/minsk/?from=mail", headers={"accept-language": asked})
    assert (response.status_code, response.url) == (302, f"/{answer}/universities/minsk/?from=mail")
    assert {"Accept-Language", "Cookie"} <= set(response.headers["Vary"].split(", "))
    assert client.get("/", headers={"accept-language": asked}).url == f"/{answer}/"


@pytest.mark.parametrize("path", ["/nowhere/", "/en/nowhere/", "/exchange/nowhere/", "/xx/universities/"])
def test_what_is_not_there_is_not_found_and_leads_nowhere(client: Client, minsk, path: str):
    assert client.get(path).status_code == 404


def test_the_address_says_the_language_of_the_interface_and_it_is_remembered(client: Client, minsk):
    assert '<html lang="ru">' in text(client, "/ru/universities/minsk/")
    assert '<html lang="ru">' in text(client, "/accounts/login/")
    assert client.get("/").url == "/ru/"


def test_a_language_that_is_the_visitors_already_sets_no_cookie(client: Client, minsk):
    response = client.get("/ru/universities/", headers={"accept-language": "ru"})
    assert settings.LANGUAGE_COOKIE_NAME not in response.cookies


def test_untranslated_words_are_shown_as_they_are_with_a_note(client: Client, minsk):
    page = text(client, "/ru/universities/minsk/")
    assert "We row." in page
    assert 'role="note"' in page
    assert 'role="note"' not in text(client, "/en/universities/minsk/")
    assert '<link rel="canonical" href="http://portal.test/en/universities/minsk/">' in page


def test_what_the_portal_knows_by_name_is_said_in_the_visitors_language(client: Client, minsk):
    club = found_club(university=minsk.university, name="Rowing", now=NOW)
    assert "<h1>Минский университет</h1>" in text(client, "/ru/universities/minsk/")
    page = text(client, "/ru/universities/minsk/clubs/rowing/")
    assert '<a href="/ru/universities/minsk/">Минский университет</a>' in page
    assert '<a href="/ru/universities/">Университеты</a>' in page
    assert club.page.url == "/en/universities/minsk/clubs/rowing/"


def test_a_translation_is_read_where_it_is_published(client: Client, minsk):
    draft = translate_page(page=minsk, language="ru")
    assert not draft.live
    assert "We row." in text(client, "/ru/universities/minsk/")
    draft.intro = "<p>Мы гребём.</p>"
    draft.save_revision().publish()
    page = text(client, "/ru/universities/minsk/")
    assert "Мы гребём." in page
    assert "We row." not in page
    assert 'role="note"' not in page
    assert "We row." in text(client, "/be/universities/minsk/")


def test_translating_again_gives_the_draft_that_is_there(minsk):
    assert translate_page(page=minsk, language="ru") == translate_page(page=minsk, language="ru")
    assert UniversityPage.objects.count() == 2


def test_a_page_that_came_along_as_an_alias_is_translated_for_itself(client: Client, minsk):
    club = found_club(university=minsk.university, name="Rowing", now=NOW)
    translate_page(page=club.page, language="ru")
    alias = UniversityPage.objects.get(locale__language_code="ru")
    assert alias.alias_of_id == minsk.pk
    assert 'role="note"' in text(client, "/ru/universities/minsk/")
    mine = translate_page(page=minsk, language="ru")
    assert (mine.pk, mine.alias_of_id, mine.live) == (alias.pk, None, False)
    assert "We row." in text(client, "/ru/universities/minsk/")


def test_an_address_of_another_language_leads_to_the_translation(client: Client, minsk):
    there = translated(minsk, "Минск", slug="minskiy")
    response = client.get("/ru/universities/minsk/?page=2")
    assert (response.status_code, response.url) == (302, "/ru/universities/minskiy/?page=2")
    assert client.get("/en/universities/minskiy/").url == "/en/universities/minsk/"
    assert there.url == "/ru/universities/minskiy/"


def test_search_engines_are_told_of_translations(client: Client, minsk):
    translated(minsk, "Минск", slug="minskiy")
    page = text(client, "/ru/universities/minskiy/")
    assert '<link rel="canonical" href="http://portal.test/ru/universities/minskiy/">' in page
    for language, path in [("en", "minsk"), ("ru", "minskiy")]:
        link = f'hreflang="{language}" href="http://portal.test/{language}/universities/{path}/">'
        assert link in page
    assert 'hreflang="x-default" href="http://portal.test/en/universities/minsk/">' in page
    sitemap = text(client, "/sitemap.xml")
    assert "http://portal.test/en/universities/minsk/" in sitemap
    assert "<loc>http://portal.test/ru/universities/minskiy/</loc>" in sitemap
    assert sitemap.count('hreflang="ru" href="http://portal.test/ru/universities/minskiy/"') == 2
    assert "http://portal.test/ru/universities/<" not in sitemap


def test_the_switch_stays_on_the_page_with_its_question(client: Client, minsk):
    page = text(client, "/en/universities/?country=BY&page=1")
    assert 'href="/ru/universities/?country=BY&amp;page=1" lang="ru"' in page
    form = text(client, "/exchange/fixtures/?sport=chess")
    assert 'name="next" value="/exchange/fixtures/?sport=chess"' in form


def test_lists_show_a_page_once_in_the_visitors_language_sorted_by_the_name_shown(client: Client, minsk):
    other = UniversityFactory(name="Zeta", slug="zeta", names={"ru": "Академия"}, joined_at=None)
    join_university(university=other, now=NOW)
    translated(minsk, "Минск")
    russian, english = (text(client, f"/{code}/universities/") for code in ("ru", "en"))
    assert russian.count('class="card"') == english.count('class="card"') == 2
    assert russian.index("Академия") < russian.index("Минский университет")
    assert english.index("University of Minsk") < english.index("Zeta")


def test_in_one_language_prefers_the_visitors_and_else_what_was_written_first(minsk):
    there = translated(minsk, "Минск")
    for language, page in [("ru", there), ("en", minsk), ("be", minsk)]:
        with override(language):
            assert list(in_one_language(UniversityPage.objects.live())) == [page]


def test_a_university_that_writes_russian_has_its_pages_there(client: Client):
    university = UniversityFactory(slug="brest", names={"ru": "Брестский университет"}, joined_at=None)
    page = join_university(university=university, now=NOW, language="ru", intro="<p>Мы плаваем.</p>")
    club = found_club(university=university, name="Шахматы", now=NOW)
    assert (page.title, page.url) == ("Брестский университет", "/ru/universities/brest/")
    assert club.page.url.startswith("/ru/universities/brest/")
    assert club.page.url.isascii()
    shown = text(client, "/en/universities/brest/")
    assert "Мы плаваем." in shown
    assert "Language of its text: Russian." in shown


def test_cyrillic_titles_make_readable_addresses(minsk):
    club = found_club(university=minsk.university, name="Гребля", now=NOW)
    assert club.page.slug == "greblya"


def test_a_coordinator_translates_own_pages_and_no_others(client: Client):
    mine, theirs = make_tenant("Minsk", "a"), make_tenant("Oxford", "b")
    client.force_login(mine.coordinator)
    path = f"/cms/translate/{mine.page.pk}/"
    assert "Russian" in text(client, path)
    response = client.post(path, {"language": "ru"})
    draft = UniversityPage.objects.get(university=mine.university, locale__language_code="ru")
    assert response.url == f"/cms/pages/{draft.pk}/edit/"
    assert client.get(response.url).status_code == 200
    strange = f"/cms/translate/{theirs.page.pk}/"
    assert [client.get(strange).status_code, client.post(strange, {"language": "ru"}).status_code] == [
        404
    ] * 2
    translate_page(page=theirs.page, language="ru")
    foreign = UniversityPage.objects.get(university=theirs.university, locale__language_code="ru")
    assert client.get(f"/cms/pages/{foreign.pk}/edit/").status_code == 404
    assert client.get(f"/cms/translate/{foreign.pk}/").status_code == 404


def test_rights_come_along_with_a_translation(minsk):
    found = found_club(university=minsk.university, name="Rowing", now=NOW)
    translate_page(page=found.page, language="ru")
    there = UniversityPage.objects.get(locale__language_code="ru")
    here, along = (
        set(GroupPagePermission.objects.filter(page=pk).values_list("group", "permission"))
        for pk in (minsk.pk, there.pk)
    )
    assert here == along != set()
    assert ClubPage.objects.count() == 2
    assert HomePage.objects.count() == UniversityIndexPage.objects.count() == 2


def test_what_is_no_language_is_not_made(admin_client: Client, minsk):
    assert admin_client.post(f"/cms/translate/{minsk.pk}/", {"language": "xx"}).status_code == 404


def test_a_page_that_is_not_translated_costs_one_query_more(client: Client, minsk):
    for path in ("/en/universities/minsk/", "/ru/universities/minsk/"):
        text(client, path)
    costs = []
    for path in ("/en/universities/minsk/", "/ru/universities/minsk/"):
        with CaptureQueriesContext(connection) as asked:
            text(client, path)
        costs.append(len(asked))
    assert costs[1] <= costs[0] + 1


def test_a_fourth_language_is_a_line_in_the_settings(client: Client, minsk, settings):
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [*settings.LANGUAGES, ("pl", "Polish")]
    lay_out_site(now=NOW)
    assert '<html lang="pl">' in text(client, "/pl/universities/minsk/")
    assert 'href="/pl/universities/minsk/" lang="pl"' in text(client, "/en/universities/minsk/")
    draft = translate_page(page=minsk, language="pl")
    draft.save_revision().publish()
    assert UniversityPage.objects.get(pk=draft.pk).url == "/pl/universities/minsk/"
