from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.urls import reverse
from wagtail.contrib.sitemaps.sitemap_generator import Sitemap
from wagtail.models import Page, PageViewRestriction
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from portal.enums import UniversityRole
from research.enums import ProjectStatus
from research.queries.projects import find_projects
from research.searching import Sought
from tests.factories import UniversityFactory, UserFactory

from .conftest import joined, person_at

pytestmark = pytest.mark.django_db

LISTING = reverse("research:projects")


def titles(text: str = "", **chosen: str) -> list[str]:
    sought = Sought(text, {kind: (value,) for kind, value in chosen.items()})
    return [page.project.title for page in find_projects(sought)]


def test_the_listing_shows_what_is_published_and_nothing_else(client, project_of, other_university):
    project_of(title="Sleep of rowers", published=True, partners=[other_university])
    project_of(title="Unfinished thoughts")

    html = client.get(LISTING).text

    assert "Sleep of rowers" in html
    assert "Polessky State University, with 1 partner" in html
    assert "Unfinished thoughts" not in html
    assert "1 project" in html


def test_filters_narrow_by_status_university_and_words(project_of, other_university):
    project_of(
        title="Sleep of rowers", published=True, status=ProjectStatus.RUNNING, partners=[other_university]
    )
    project_of(title="Sleep of sprinters", published=True, status=ProjectStatus.IDEA)
    project_of(
        title="Питание пловцов", summary="Мы измеряем железо.", published=True, status=ProjectStatus.IDEA
    )

    assert sorted(titles(status=ProjectStatus.IDEA)) == ["Sleep of sprinters", "Питание пловцов"]
    assert titles(university=other_university.slug) == ["Sleep of rowers"]
    assert sorted(titles(text="SLEEP")) == ["Sleep of rowers", "Sleep of sprinters"]
    assert titles(text="sleep spri") == ["Sleep of sprinters"]
    assert titles(text="пита") == ["Питание пловцов"]
    assert titles(text="ЖЕЛЕЗО") == ["Питание пловцов"]
    assert len(titles(text="polessky")) == 3
    assert titles(text="sleep", status=ProjectStatus.RUNNING, university=other_university.slug) == [
        "Sleep of rowers"
    ]
    assert titles(text="chess") == []


def test_words_that_mean_something_to_a_search_engine_break_nothing(client, project_of):
    project_of(published=True)
    for text in (
        '"',
        "'",
        "a OR",
        "NOT",
        "*",
        "(",
        "-",
        ":",
        "sleep:*",
        "%",
        "\\",
        "NEAR(",
        "^",
        "a" * 200,
        "😀",
        "\x00",
    ):
        assert client.get(LISTING, {"text": text}).status_code == 200, text


def test_a_made_up_filter_is_told_and_narrows_nothing(client, project_of):
    project_of(title="Sleep of rowers", published=True)
    html = client.get(LISTING, {"status": "nonsense", "university": "nowhere", "page": "x"}).text
    assert "Select a valid choice" in html
    assert "Sleep of rowers" in html


def test_only_universities_with_a_published_project_can_be_chosen(client, project_of, other_university):
    third = joined(UniversityFactory(name="Silent University"))
    project_of(published=True, partners=[other_university])
    project_of(partners=[third])
    html = client.get(LISTING).text
    assert "Kazan Federal University" in html
    assert "Silent University" not in html


def test_a_long_list_is_read_in_pages_with_its_filters(client, project_of):
    for _ in range(21):
        project_of(published=True)
    first = client.get(LISTING, {"status": "seeking"})
    assert first.context["found"].paginator.count == 21
    assert "?status=seeking&amp;page=2" in first.text
    assert len(client.get(LISTING, {"status": "seeking", "page": 2}).context["found"]) == 1


@pytest.mark.parametrize("count", [1, 20])
@pytest.mark.parametrize("query", [{}, {"text": "sleep"}])
def test_the_listing_costs_the_same_queries(
    client, project_of, other_university, django_assert_max_num_queries, count, query
):
    for _ in range(count):
        project_of(published=True, partners=[other_university])
    client.get(LISTING, query)
    with django_assert_max_num_queries(10):
        assert len(client.get(LISTING, query).context["found"]) == count


def test_the_list_of_a_university_shows_its_published_projects(client, project_of, other_university):
    project = project_of(title="Sleep of rowers", published=True)
    project_of(title="Unfinished thoughts")
    html = client.get(project.page.get_parent().url).text
    assert "Sleep of rowers" in html
    assert "Unfinished thoughts" not in html


def test_an_empty_list_leads_on(client, project_of):
    html = client.get(project_of().page.get_parent().url).text
    assert "has not published a project yet" in html
    assert f'href="{LISTING}"' in html


def test_a_university_page_shows_projects_it_leads_or_is_partner_of(
    rf, project_of, university, other_university
):
    project_of(title="Sleep of rowers", published=True, partners=[other_university])
    project_of(title="Unfinished thoughts", partners=[other_university])
    tag = Template("{% load research_tags %}{% projects_of university %}")

    def shown_for(one) -> str:
        return tag.render(Context({"university": one, "request": rf.get("/")}))

    assert "Sleep of rowers" in shown_for(university)
    assert "Sleep of rowers" in shown_for(other_university)
    assert "Unfinished thoughts" not in shown_for(university)
    assert shown_for(joined(UniversityFactory())).strip() == ""


def test_a_university_page_shows_some_and_leads_to_all(rf, project_of, university):
    for _ in range(7):
        project_of(published=True)
    tag = Template("{% load research_tags %}{% projects_of university %}")
    html = tag.render(Context({"university": university, "request": rf.get("/")}))
    assert html.count('class="card"') == 6
    assert f"?university={university.slug}" in html


def test_a_draft_is_nowhere(client, project_of, coordinator):
    page = project_of(title="Unfinished thoughts").page

    assert client.get(page.url).status_code == 404
    assert titles() == titles(text="unfinished") == []
    assert list(Page.objects.live().search("unfinished")) == []
    assert page.url not in [
        entry["location"] for entry in Sitemap().get_urls(site=SimpleNamespace(domain="portal.test"))
    ]

    page.get_latest_revision().publish()
    assert client.get(page.url).status_code == 200
    assert titles(text="unfinished") == ["Unfinished thoughts"]

    page.refresh_from_db()
    page.unpublish()
    assert client.get(page.url).status_code == 404
    assert titles() == []


def test_a_private_section_stays_out_of_the_listing(project_of):
    page = project_of(published=True).page
    PageViewRestriction.objects.create(page=page.get_parent(), restriction_type=PageViewRestriction.LOGIN)
    assert titles() == []


# -- rights: who may open and change what -------------------------------------------------------------------


@pytest.fixture
def people(university, other_university, researcher, coordinator):
    return {
        "visitor": None,
        "signed in": UserFactory(),
        "editor": person_at(university, UniversityRole.EDITOR),
        "researcher": researcher,
        "colleague": person_at(university, UniversityRole.RESEARCHER),
        "coordinator": coordinator,
        "other researcher": person_at(other_university, UniversityRole.RESEARCHER),
        "other coordinator": person_at(other_university, UniversityRole.COORDINATOR),
        "administrator": UserFactory(is_superuser=True, is_staff=True),
    }


NOBODY = {
    "visitor": 302,
    "signed in": 404,
    "editor": 404,
    "colleague": 404,
    "other researcher": 404,
    "other coordinator": 404,
}
FACTS = {"title": "Changed", "summary": "Changed.", "status": "running"}


def facts_of(project) -> str:
    return reverse("research:project_section", args=[project.pk, "facts"])


def sign_in(client, person) -> None:
    client.logout()
    if person is not None:
        client.force_login(person)


def test_a_draft_opens_for_its_researcher_and_its_coordinators_only(client, project_of, people):
    url = reverse("research:project_edit", args=[project_of(title="Unfinished thoughts").pk])
    expected = NOBODY | {"researcher": 200, "coordinator": 200, "administrator": 200}
    for role, person in people.items():
        sign_in(client, person)
        assert client.get(url).status_code == expected[role], role
        seen = client.get(reverse("research:mine"))
        assert ("Unfinished thoughts" in seen.text) == (expected[role] == 200), role


@pytest.mark.parametrize("published", [False, True])
def test_who_changes_what(client, project_of, people, published):
    """Published words are the coordinator's to change at once; the researcher's wait for them."""
    may = {
        "researcher": {"status"} if published else {"title", "status"},
        "coordinator": {"title", "status"},
        "administrator": {"title", "status"},
    }
    for role, person in people.items():
        project = project_of(title="As it was", status=ProjectStatus.IDEA, published=published)
        sign_in(client, person)
        answer = client.post(facts_of(project), FACTS)
        project.refresh_from_db()
        now = {"title": project.title == "Changed", "status": project.status == "running"}
        assert {name for name, changed in now.items() if changed} == may.get(role, set()), role
        assert answer.status_code == (302 if role in may else NOBODY[role]), role


def test_who_may_propose_for_whom(client, people, university, other_university):
    own = {"researcher", "colleague", "coordinator", "administrator"}
    other = {"other researcher", "other coordinator", "administrator"}
    for role, person in people.items():
        sign_in(client, person)
        for lead, allowed in ((university, own), (other_university, other)):
            before = lead.led_projects.count()
            answer = client.post(reverse("research:project_new"), {"title": "New", "lead": lead.pk})
            assert lead.led_projects.count() - before == (role in allowed), (role, lead.name)
            assert answer.status_code != 500
        expected = {"visitor": 302, "signed in": 404, "editor": 404}.get(role, 200)
        assert client.get(reverse("research:project_new")).status_code == expected, role
        assert client.get(reverse("research:mine")).status_code == expected, role


def test_who_has_left_a_university_has_left_its_projects(client, project_of, researcher):
    project = project_of()
    researcher.groups.clear()
    client.force_login(researcher)
    assert client.get(reverse("research:project_edit", args=[project.pk])).status_code == 404


def test_a_project_whose_page_was_deleted_is_gone(client, project_of, researcher):
    project = project_of(title="Unfinished thoughts")
    project.page.delete()
    client.force_login(researcher)
    assert "Unfinished thoughts" not in client.get(reverse("research:mine")).text
    assert client.get(reverse("research:project_edit", args=[project.pk])).status_code == 404


def test_no_search_engine_and_no_get_changes_anything(client, project_of, researcher):
    project = project_of()
    client.force_login(researcher)
    client.get(facts_of(project), FACTS)
    project.refresh_from_db()
    assert project.title != "Changed"


def test_rubbish_in_a_new_project_is_answered_with_sentences(client, researcher, university):
    client.force_login(researcher)
    for wrong in ({"title": "a" * 251}, {"title": "\x00"}, {"lead": "x"}, {"lead": "999999"}, {"lead": ""}):
        sent = {"title": "Kept", "lead": university.pk} | wrong
        answer = client.post(reverse("research:project_new"), sent)
        assert answer.status_code == 200, wrong
        assert "Please correct this:" in answer.text, wrong
    assert not university.led_projects.exists()


@pytest.mark.parametrize("count", [1, 20])
def test_my_projects_cost_the_same_queries(
    client, project_of, researcher, django_assert_max_num_queries, count
):
    for _ in range(count):
        project_of(published=True)
    client.force_login(researcher)
    client.get(reverse("research:mine"))
    # 10 of them for the parts of others.
    with django_assert_max_num_queries(24):
        assert len(client.get(reverse("research:mine")).context["found"]) == count


def test_the_coordinator_publishes_the_draft_in_the_cms(client, project_of, coordinator, researcher):
    project = project_of(title="Sleep of rowers")
    edit = reverse("wagtailadmin_pages:edit", args=[project.page.pk])
    form = nested_form_data(
        {
            "title": "Sleep of rowers",
            "slug": project.slug,
            "body": streamfield([("heading", "What we found")]),
            "comments": inline_formset([]),
            "action-publish": "1",
        }
    )
    client.force_login(researcher)
    assert client.get(edit).status_code in (302, 404), "researchers have no business there"

    client.force_login(coordinator)
    assert edit in client.get(reverse("research:project_edit", args=[project.pk])).text
    assert client.get(edit).status_code == 200
    client.post(edit, form)

    client.logout()
    html = client.get(project.page.url).text
    assert "What we found" in html
    assert "We follow rowers." in html
