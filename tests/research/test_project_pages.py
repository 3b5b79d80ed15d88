from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.db import connection
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.contrib.sitemaps.sitemap_generator import Sitemap
from wagtail.models import Page, PageViewRestriction
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from portal.enums import UniversityRole
from portal.models import UniversityPage
from research.enums import ProjectStatus
from research.forms.projects import ProjectForm
from research.models import Project
from research.queries.projects import find_projects
from tests.factories import UniversityFactory, UserFactory

from .conftest import joined, person_at

pytestmark = pytest.mark.django_db

LISTING = reverse("research:projects")


def titles(**wanted) -> list[str]:
    return [page.project.title for page in find_projects(**wanted)]


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

    assert titles(status=ProjectStatus.IDEA) == ["Sleep of sprinters", "Питание пловцов"]
    assert titles(university=other_university) == ["Sleep of rowers"]
    assert sorted(titles(text="SLEEP")) == ["Sleep of rowers", "Sleep of sprinters"]
    assert titles(text="sleep spri") == ["Sleep of sprinters"]
    assert titles(text="пита") == ["Питание пловцов"]
    assert titles(text="ЖЕЛЕЗО") == ["Питание пловцов"]
    assert len(titles(text="polessky")) == 3
    assert titles(text="sleep", status=ProjectStatus.RUNNING, university=other_university) == [
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
    assert "Kazan Federal University</option>" in html
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
    with django_assert_max_num_queries(8):
        assert len(client.get(LISTING, query).context["found"]) == count


def test_a_project_page_says_who_carries_it(client, project_of, other_university, university):
    outside = UniversityFactory(name="University of Elsewhere", joined_at=None)
    project = project_of(title="Sleep of rowers", published=True, partners=[other_university, outside])

    html = client.get(project.page.url).text

    assert "<h1>Sleep of rowers</h1>" in html
    assert "We follow rowers." in html
    assert "seeking partners" in html
    for one in (university, other_university):
        assert f'<a href="{UniversityPage.objects.get(university=one).url}">{one.name}</a>' in html
    assert "University of Elsewhere" in html
    assert "Iljina" in html


def test_an_investigator_without_a_name_is_not_shown_by_address(client, project_of, researcher):
    researcher.first_name = researcher.last_name = ""
    researcher.save()
    html = client.get(project_of(published=True).page.url).text
    assert "researcher@example.org" not in html
    assert "Principal investigator" not in html


def test_a_project_page_costs_the_same_queries(client, project_of):
    def cost(partners: int) -> int:
        universities = [joined(UniversityFactory()) for _ in range(partners)]
        url = project_of(published=True, partners=universities).page.url
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        return len(queries)

    # 12 of them are Wagtail's, which walks down the tree.
    assert cost(partners=1) == cost(partners=15) <= 18


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
ALL_FACTS = {"title": "Changed", "summary": "Changed.", "status": "running", "partners": []}


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
    """Published facts are the coordinator's; the researcher moves the status."""
    may = {
        "researcher": {"status"} if published else {"title", "status"},
        "coordinator": {"title", "status"},
        "administrator": {"title", "status"},
    }
    for role, person in people.items():
        project = project_of(title="As it was", status=ProjectStatus.IDEA, published=published)
        sign_in(client, person)
        sent = {"status": "running"} if may.get(role) == {"status"} else ALL_FACTS
        answer = client.post(reverse("research:project_edit", args=[project.pk]), sent)
        project.refresh_from_db()
        changed = {"title"} & {project.title == "Changed" and "title"}
        changed |= {"status"} & {project.status == "running" and "status"}
        assert changed == may.get(role, set()), role
        assert answer.status_code == (302 if role in may else NOBODY[role]), role


@pytest.mark.parametrize("typed", [ALL_FACTS, ALL_FACTS | {"title": ""}])
def test_facts_typed_while_the_project_was_published_are_refused_and_not_lost(
    client, project_of, researcher, typed
):
    project = project_of(title="As it was", status=ProjectStatus.IDEA)
    url = reverse("research:project_edit", args=[project.pk])
    client.force_login(researcher)
    assert 'name="title"' in client.get(url).text
    project.page.get_latest_revision().publish()
    answer = client.post(url, typed | {"summary": "Long thoughts"})
    assert answer.status_code == 409
    assert "its facts are changed by the coordinator of Polessky State University." in answer.text
    assert "Long thoughts" in answer.text
    assert f'value="{typed["title"]}"' in answer.text or not typed["title"]
    assert "<h1>As it was</h1>" in answer.text
    assert "Your changes are kept." not in client.get(url).text
    project.refresh_from_db()
    assert (project.title, project.summary, project.status) == ("As it was", "We follow rowers.", "idea")


def test_who_may_propose_for_whom(client, people, university, other_university):
    own = {"researcher", "colleague", "coordinator", "administrator"}
    other = {"other researcher", "other coordinator", "administrator"}
    for role, person in people.items():
        sign_in(client, person)
        for lead, allowed in ((university, own), (other_university, other)):
            before = lead.led_projects.count()
            answer = client.post(reverse("research:project_new"), ALL_FACTS | {"lead": lead.pk})
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
    client.get(reverse("research:project_edit", args=[project.pk]), ALL_FACTS)
    project.refresh_from_db()
    assert project.title != "Changed"


# -- the form ---------------------------------------------------------------------------------------------


def test_a_title_holds_no_control_characters(university):
    form = ProjectForm({"title": "Sleep\x01"}, instance=Project(lead=university))
    assert form.errors["title"] == ["This holds invisible control characters; type it anew."]


def test_what_was_typed_is_never_lost(client, university, other_university):
    client.force_login(UserFactory(is_superuser=True))
    given = {"title": " ", "summary": "Long thoughts", "status": "idea", "partners": [university.slug]}
    answer = client.post(reverse("research:project_new"), given | {"lead": university.pk})
    assert answer.status_code == 200
    assert "Long thoughts" in answer.text
    assert "Title: This field is required." in answer.text
    assert "is not a partner of itself" in answer.text


def test_ones_own_university_is_not_offered_as_its_partner(
    client, researcher, university, other_university, project_of
):
    client.force_login(researcher)
    for url in (reverse("research:project_new"), reverse("research:project_edit", args=[project_of().pk])):
        html = client.get(url).text
        assert f'value="{other_university.slug}"' in html
        assert f'value="{university.slug}"' not in html
        assert "valid choice" in client.post(url, ALL_FACTS | {"partners": [university.slug]}).text


def test_rubbish_in_the_form_is_answered_with_sentences(client, researcher, university):
    client.force_login(researcher)
    url = reverse("research:project_new")
    good = ALL_FACTS | {"lead": university.pk}
    for field, bad in {
        "title": ["a" * 251, "\x00"],
        "summary": ["a" * 3001, ""],
        "status": ["nonsense", ""],
        "lead": ["x", "999999", ""],
        "partners": [["x"], ["999999"], ["9" * 30]],
    }.items():
        for value in bad:
            answer = client.post(url, good | {field: value})
            assert answer.status_code == 200, (field, value)
            assert "Please correct this:" in answer.text, (field, value)
    assert not university.led_projects.exists()


@pytest.mark.parametrize("count", [1, 20])
def test_my_projects_cost_the_same_queries(
    client, project_of, researcher, django_assert_max_num_queries, count
):
    for _ in range(count):
        project_of(published=True)
    client.force_login(researcher)
    client.get(reverse("research:mine"))
    with django_assert_max_num_queries(12):
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
