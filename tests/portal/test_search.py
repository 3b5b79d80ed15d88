"""What /search/ finds, and what it never shows."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from exchange.actions.clubs import found_club
from portal.actions.pages import publish_new_page
from portal.actions.site import lay_out_site
from portal.actions.universities import join_university
from portal.models import HomePage, SearchEntry, StandardPage, UniversityPage
from portal.search.highlight import excerpt, marked
from portal.search.stems import asked_stems, stem
from tests.factories import TeamFactory, UniversityFactory

from .tenants import SECRET, Tenant

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def found(client: Client, query: str, **more: str) -> str:
    response = client.get("/search/", {"q": query, **more})
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def minsk(db: None) -> UniversityPage:
    lay_out_site(now=NOW)
    names = {"ru": "Минский университет", "be": "Мінскі ўніверсітэт"}
    return join_university(university=UniversityFactory(name="University of Minsk", names=names), now=NOW)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("rowing", "rows"),
        ("университета", "университетами"),
        ("каманды", "каманда"),
        ("ўніверсітэт", "университет"),
        ("баскетбола", "баскетбол"),
    ],
)
def test_endings_do_not_matter(one: str, other: str):
    assert stem(one) == stem(other)


def test_short_words_are_left_out_beside_long_ones():
    assert asked_stems("of the universities") == asked_stems("the university")
    assert asked_stems("u2") == ["u2"]


def test_hits_are_marked_and_all_else_is_escaped():
    assert marked("<b>Rowing</b>", [stem("rows")]) == "&lt;b&gt;<mark>Rowing</mark>&lt;/b&gt;"
    assert "<mark>rowers</mark>" in excerpt("before " * 50 + "rowers", [stem("rowers")])


@pytest.mark.parametrize("query", ["minsk", "universities", "Mins"])
def test_a_university_is_found_by_any_form_of_its_name(client: Client, minsk: UniversityPage, query: str):
    assert f'href="{minsk.url}"' in found(client, query)


def test_a_russian_form_finds_the_russian_name(client: Client, minsk: UniversityPage):
    TeamFactory(club=found_club(university=minsk.university, name="Rowers", now=NOW), name="Owls")
    assert "Owls" in found(client, "университета", kind="team")


def test_kinds_are_counted_and_chosen(client: Client, minsk: UniversityPage):
    club = found_club(university=minsk.university, name="Minsk rowers", now=NOW)
    team = TeamFactory(club=club, name="Minsk owls")
    page = found(client, "minsk")
    for label, count in (("Universities", 1), ("Clubs", 1), ("Teams", 1)):
        assert f'{label} <span class="number">{count}</span>' in page
    only = found(client, "minsk", kind="team")
    assert f'href="/exchange/teams/{team.pk}/"' in only
    assert f'href="{club.page.url if hasattr(club.page, "url") else club.page.first().url}"' not in only


def test_drafts_and_what_was_unpublished_are_not_found(client: Client, mine: Tenant):
    assert "Nothing was found." in found(client, SECRET)
    page = mine.club_page
    assert f'href="{page.url}"' in found(client, page.title)
    page.unpublish()
    assert f'href="{page.url}"' not in found(client, page.title)


def test_a_page_kept_private_is_not_found_by_its_staff_either(client: Client, minsk: UniversityPage):
    page = StandardPage(title="Hollyhock", slug="hollyhock")
    publish_new_page(page=page, parent=HomePage.objects.order_by("pk").first(), now=NOW)
    assert "Hollyhock" in found(client, "hollyhock", kind="page")
    page.view_restrictions.create(restriction_type="login")
    assert "Nothing was found." in found(client, "hollyhock")


def test_a_team_without_a_public_page_is_not_found(client: Client, minsk: UniversityPage):
    TeamFactory(name="Hollyhock")
    assert "Nothing was found." in found(client, "hollyhock")


def test_a_page_is_found_by_its_newest_words_only(client: Client, minsk: UniversityPage):
    minsk.intro = "<p>We have a velodrome.</p>"
    minsk.save_revision().publish()
    assert "<mark>velodrome</mark>" in found(client, "velodrome")
    minsk.intro = "<p>We have a pool.</p>"
    minsk.save_revision().publish()
    assert "Nothing was found." in found(client, "velodrome")


@pytest.mark.parametrize("query", ["", " ", "'", '"', "a & b | !", "* OR (", "\0", "x" * 400, "NEAR(a b)"])
def test_any_query_is_answered(client: Client, minsk: UniversityPage, query: str):
    found(client, query)


@pytest.mark.parametrize("number", ["2", "x", "-1", "9999"])
def test_any_page_is_answered(client: Client, minsk: UniversityPage, number: str):
    found(client, "minsk", page=number)


@pytest.mark.parametrize("count", [1, 30])
def test_a_search_costs_the_same(client, minsk, count, django_assert_max_num_queries):
    club = found_club(university=minsk.university, name="Minsk rowers", now=NOW)
    TeamFactory.create_batch(count, club=club)
    found(client, "minsk")
    with django_assert_max_num_queries(8):
        found(client, "minsk")


def test_all_is_written_anew_by_a_command(minsk: UniversityPage):
    before = set(SearchEntry.objects.values_list("kind", "object_id"))
    call_command("index_search")
    kept = set(SearchEntry.objects.values_list("kind", "object_id"))
    assert ("university", minsk.pk) in kept
    assert kept <= before
