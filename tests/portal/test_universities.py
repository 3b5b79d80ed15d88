"""A university joins, people are given roles, and visitors find it."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone
from wagtail.models import Collection, GroupPagePermission, ModelLogEntry, Page, Site

from portal.access import coordinated_universities, research_universities
from portal.actions.site import lay_out_site
from portal.actions.universities import UnableToAppoint, appoint, join_university
from portal.enums import UniversityRole
from portal.models import HomePage, UniversityIndexPage, UniversityPage
from portal.queries.universities import collection_of
from tests.factories import UniversityFactory, UserFactory

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def joined(**facts: object) -> UniversityPage:
    return join_university(university=UniversityFactory(joined_at=None, **facts), now=NOW)


def rows() -> list[int]:
    return [kind.objects.count() for kind in (Page, Collection, Group, GroupPagePermission, Site)]


def test_the_site_is_laid_out_once(client: Client):
    home = lay_out_site(now=NOW, title="Home", lead="Hello.", body=[("text", "<p>Welcome in.</p>")])
    before = rows()
    assert lay_out_site(now=NOW, title="Another") == home
    assert rows() == before
    assert Site.objects.get().root_page == home.page_ptr
    assert "Welcome in." in client.get("/en/").content.decode()


def test_wagtails_welcome_page_and_its_groups_are_gone():
    assert Page.objects.filter(title__startswith="Welcome").exists()
    lay_out_site(now=NOW)
    assert set(Page.objects.filter(depth=2)) == {HomePage.objects.get().page_ptr}
    assert not Group.objects.filter(name__in=["Moderators", "Editors"]).exists()


def test_the_site_row_says_where_the_portal_is_reached(settings):
    settings.BASE_URL = "https://exchange.example.org"
    lay_out_site(now=NOW)
    settings.BASE_URL = "http://127.0.0.1:8123"
    lay_out_site(now=NOW)
    site = Site.objects.get()
    assert (site.hostname, site.port, site.is_default_site) == ("127.0.0.1", 8123, True)


def test_a_university_that_joins_has_a_public_page(client: Client):
    page = joined(name="University of Minsk", slug="minsk")
    assert page.url == "/en/universities/minsk/"
    assert "University of Minsk" in client.get(page.url).content.decode()
    assert page.university.joined_at == NOW
    assert page.first_published_at == NOW
    assert page.latest_revision == page.live_revision


def test_joining_again_changes_nothing():
    page = joined()
    before = rows()
    later = join_university(university=page.university, now=timezone.now())
    assert (later, rows()) == (page, before)
    assert later.university.joined_at == NOW


def test_joining_again_repairs_what_somebody_took_away():
    page = joined()
    page.university.role_groups.get(role=UniversityRole.EDITOR).group.delete()
    GroupPagePermission.objects.filter(page=page).delete()
    before = GroupPagePermission.objects.count()
    join_university(university=page.university, now=NOW)
    assert GroupPagePermission.objects.count() == before + 7
    assert page.university.role_groups.count() == 3


def test_joining_is_cheap(django_assert_max_num_queries):
    joined()
    university = UniversityFactory()
    with django_assert_max_num_queries(115):
        join_university(university=university, now=NOW)
    with django_assert_max_num_queries(13):
        join_university(university=university, now=NOW)


def test_two_universities_of_one_name_are_kept_apart():
    one, other = joined(name="State University"), joined(name="State University")
    assert collection_of(one.university) != collection_of(other.university)
    assert one.url != other.url


@pytest.mark.parametrize(
    ("role", "coordinates", "researches"),
    [
        (UniversityRole.COORDINATOR, True, True),
        (UniversityRole.EDITOR, False, False),
        (UniversityRole.RESEARCHER, False, True),
    ],
)
def test_a_role_gives_what_access_says(role: UniversityRole, coordinates: bool, researches: bool):
    person, university = UserFactory(), joined().university
    other = joined().university
    appoint(user=person, university=university, role=role)
    assert list(coordinated_universities(person)) == [university] * coordinates
    assert list(research_universities(person)) == [university] * researches
    assert other not in research_universities(person)


def test_who_appointed_whom_is_written_down():
    person, administrator = UserFactory(), UserFactory(is_superuser=True)
    university = joined().university
    for _twice in range(2):
        appoint(user=person, university=university, role=UniversityRole.COORDINATOR, by=administrator)
    entry = ModelLogEntry.objects.get(action="portal.appoint")
    assert (entry.user, entry.object_id, entry.data) == (
        administrator,
        str(university.pk),
        {"person": person.pk, "role": "coordinator"},
    )


def test_nobody_is_appointed_at_a_university_that_has_not_joined():
    with pytest.raises(UnableToAppoint):
        appoint(user=UserFactory(), university=UniversityFactory(joined_at=None), role=UniversityRole.EDITOR)


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_of_universities_costs_the_same(client: Client, count: int, django_assert_num_queries):
    for _one in range(count):
        joined()
    client.get("/en/universities/")
    with django_assert_num_queries(9):
        client.get("/en/universities/")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"Minsk", "Tartu"}),
        ("country=EE", {"Tartu"}),
        ("words=MINS", {"Minsk"}),
        ("words=мінск", {"Minsk"}),
        ("words=tartu&country=BY", set()),
        ("words=%25", set()),
        ("country=nowhere", {"Minsk", "Tartu"}),
        ("words=" + "x" * 500, {"Minsk", "Tartu"}),
        ("page=999", {"Minsk", "Tartu"}),
        ("page=x", {"Minsk", "Tartu"}),
    ],
)
def test_visitors_narrow_the_list(client: Client, query: str, found: set[str]):
    joined(name="University of M", city="Minsk", names={"be": "Мінскі ўніверсітэт"})
    joined(name="University of T", city="Tartu", country="EE")
    page = client.get(f"/en/universities/?{query}").content.decode()
    assert {city for city in ("Minsk", "Tartu") if f"<p>{city}, " in page} == found


def test_the_pages_of_the_list_keep_the_filter(client: Client):
    for _one in range(30):
        joined(country="BY")
    page = client.get("/en/universities/?country=BY").content.decode()
    assert "?country=BY&amp;page=2" in page
    assert page.count('class="card"') == 24
    assert client.get("/en/universities/?country=BY&page=2").content.decode().count('class="card"') == 6


def test_a_list_without_universities_says_what_to_do(client: Client):
    lay_out_site(now=NOW)
    assert "No university fits." in client.get("/en/universities/").content.decode()
    assert UniversityIndexPage.objects.count() == 1
