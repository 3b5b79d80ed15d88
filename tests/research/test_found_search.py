"""Facets, words and order of the list of projects."""

from __future__ import annotations

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from portal.models import University
from research.actions.changes import note_change
from research.enums import CallState, ProjectStatus
from research.models import Call, Facet, Project
from research.queries.facet_counts import facet_counts
from research.queries.found import listed_projects
from research.queries.projects import find_projects
from research.searching import read_search
from tests.factories import UniversityFactory

from .conftest import joined

pytestmark = pytest.mark.django_db

LISTING = reverse("research:projects")
FEED = reverse("research:feed")
ATOM = "{http://www.w3.org/2005/Atom}"


def asked(query: str):
    return read_search(QueryDict(query))[0]


def titles(query: str) -> list[str]:
    return [page.project.title for page in find_projects(asked(query))]


def counts(query: str) -> dict[str, dict[str, int]]:
    return facet_counts(asked(query), listed_projects())


@pytest.fixture
def listed(project_of):
    """Published with codes, `days` ago."""

    def publish(title: str, *, days: int = 0, until=None, **facts) -> Project:
        codes = {name: facts.pop(name, []) for name in ("themes", "fields", "sports", "keywords")}
        project = project_of(title=title, published=True, **facts)
        at = timezone.now() - timedelta(days=days)
        Project.objects.filter(pk=project.pk).update(**codes, published_at=at)
        if until:
            Call.objects.create(project=project, title="A laboratory", text="Biopsies.", until=until)
        note_change(project=project, now=at)
        return Project.objects.get(pk=project.pk)

    return publish


@pytest.fixture
def three(listed, other_university):
    today = timezone.localdate()
    listed("Sleep", days=3, themes=["health"], fields=["3.3"], sports=["ROW"], status=ProjectStatus.IDEA)
    listed(
        "Iron",
        days=2,
        themes=["health", "nutrition"],
        fields=["3.1", "3.3"],
        partners=[other_university],
        until=today + timedelta(days=40),
        keywords=["Ferritin"],
    )
    listed("Helmets", days=1, themes=["equipment"], fields=["2.5"], until=today + timedelta(days=20))


def test_values_of_one_kind_are_either_and_kinds_are_both(three):
    assert titles("") == ["Helmets", "Iron", "Sleep"]
    assert titles("theme=health") == ["Iron", "Sleep"]
    assert titles("theme=nutrition&theme=equipment") == ["Helmets", "Iron"]
    assert titles("theme=health&field=3.1") == ["Iron"]
    assert titles("theme=health&field=2.5") == []
    assert titles("call=open") == ["Helmets", "Iron"]
    assert titles("country=RU") == ["Iron"]
    assert titles("university=polessky-state-university") == titles("")
    assert titles("sport=ROW&status=idea") == ["Sleep"]
    assert titles("keyword=FERRITIN") == ["Iron"]


def test_words_and_facets_are_asked_together(three):
    assert titles("text=rowers&theme=nutrition") == ["Iron"]
    assert titles("text=ferritin") == ["Iron"]
    assert titles("text=iron") == ["Iron"]
    assert titles("text=polessky&call=open&order=newest") == ["Helmets", "Iron"]


def test_order_is_the_newest_the_next_call_or_the_best_match(three, listed):
    assert titles("order=ending") == ["Helmets", "Iron", "Sleep"]
    Call.objects.filter(project__title="Iron").update(until=timezone.localdate() + timedelta(days=1))
    assert titles("order=ending") == ["Iron", "Helmets", "Sleep"]
    listed("Of other things", summary="It names iron once, among much else that is measured.")
    assert titles("text=iron") == ["Iron", "Of other things"]
    assert titles("text=iron&order=newest") == ["Of other things", "Iron"]


def test_each_kind_is_counted_without_its_own_choice(three):
    assert counts("")["theme"] == {"health": 2, "nutrition": 1, "equipment": 1}
    chosen = counts("theme=health")
    assert chosen["theme"] == {"health": 2, "nutrition": 1, "equipment": 1}
    assert chosen["field"] == {"3.3": 2, "3.1": 1}
    assert chosen["call"] == {"open": 1}
    both = counts("theme=health&field=3.1")
    assert both["theme"] == {"health": 1, "nutrition": 1}
    assert both["field"] == {"3.1": 1, "3.3": 2}
    assert both["sport"] == {}
    assert counts("text=helmets")["theme"] == {"equipment": 1}
    assert "keyword" not in counts("")


def test_what_is_not_public_is_neither_found_nor_counted(three, project_of):
    project_of(title="Unfinished")
    assert titles("university=polessky-state-university") == ["Helmets", "Iron", "Sleep"]
    iron = Project.objects.get(title="Iron")
    iron.page.unpublish()
    assert titles("theme=health") == ["Sleep"]
    assert counts("")["theme"] == {"health": 1, "equipment": 1}
    assert not Facet.objects.filter(project=iron).exists()
    assert Project.objects.get(pk=iron.pk).published_at is None
    above = Project.objects.get(title="Sleep").page.get_parent()
    PageViewRestriction.objects.create(page=above, restriction_type=PageViewRestriction.LOGIN)
    assert titles("") == []
    assert counts("")["theme"] == {}


def test_a_closed_call_is_no_open_one(three):
    call = Call.objects.get(project__title="Iron")
    Call.objects.filter(pk=call.pk).update(state=CallState.CLOSED)
    note_change(project=call.project, now=timezone.now())
    assert titles("call=open") == ["Helmets"]


def test_the_query_string_is_written_in_one_way():
    said = "theme=nutrition&text=+iron++test&field=3.3&theme=health&theme=health&page=2&order=&sport="
    assert asked(said).query() == "field=3.3&text=iron+test&theme=health&theme=nutrition"
    assert asked("order=newest").query() == ""
    assert asked("order=newest&text=a").query() == "order=newest&text=a"
    assert asked("order=relevance").query() == ""
    assert asked("order=ending&call=open").query() == "call=open&order=ending"
    assert asked(asked(said).query()) == asked(said)


def test_what_there_is_not_is_told_and_narrows_nothing(client, three):
    University.objects.filter(name="Kazan Federal University").update(slug="kazan")
    bad = "theme=nonsense&theme=nutrition&field=9.9&university=nowhere&country=XX&sport=%00&call=closed"
    response = client.get(f"{LISTING}?{bad}")
    assert [value for _label, value in response.context["facets"].faults] == [
        "closed",
        "nonsense",
        "9.9",
        "\0",
        "XX",
        "nowhere",
    ]
    assert "“nonsense” is none" in response.text
    assert response.context["found"].paginator.count == 1
    assert client.get(LISTING, {"university": "nowhere", "page": "x"}).context["found"].paginator.count == 3


@pytest.mark.parametrize(
    "text", ['"', "a OR", "NOT", "*", "sleep:*", "%", "\\", "NEAR(", "a" * 300, "😀", "\x00"]
)
def test_signs_that_mean_something_to_a_database_break_nothing(client, three, text):
    assert client.get(LISTING, {"text": text, "theme": "health"}).status_code == 200


def test_the_page_has_boxes_counts_chips_and_ways_on(client, three):
    html = client.get(f"{LISTING}?theme=health&text=iron").text
    assert 'name="theme" value="health" id="facet-theme-health" checked' in html
    assert 'name="theme" value="nutrition" id="facet-theme-nutrition">' in html
    assert f'class="chip" href="{LISTING}?text=iron"' in html
    assert f'class="chip" href="{LISTING}?theme=health"' in html
    assert f'{FEED}?text=iron&amp;theme=health&amp;language=en"' in html
    assert f"{reverse('research:search_new')}?text=iron&amp;theme=health" in html
    assert "Apply" in html
    assert "open until" in html.lower()


def test_the_address_of_a_search_is_canonical_without_loading_the_page_anew(client, three):
    said = {"theme": "health", "text": "", "order": ""}
    assert (
        client.get(LISTING, said, headers={"HX-Request": "true"})["HX-Push-Url"] == f"{LISTING}?theme=health"
    )
    assert client.get(LISTING, headers={"HX-Request": "true"})["HX-Push-Url"] == LISTING
    assert "HX-Push-Url" not in client.get(LISTING, said)


def test_many_values_stand_behind_a_link_and_the_chosen_one_before_it(client, listed):
    for number in range(14):
        listed(f"Project {number}", fields=[f"5.{number % 9 + 1}", f"2.{number % 11 + 1}"])
    first = client.get(f"{LISTING}?field=5.9")
    fields = next(one for one in first.context["facets"].lists if one.kind == "field")
    assert len(fields.values) == 13
    assert fields.in_all == 20
    assert "5.9" in [one.value for one in fields.values]
    whole = client.get(f"{LISTING}?field=5.9&all=field")
    assert len(next(one for one in whole.context["facets"].lists if one.kind == "field").values) == 20


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize(
    "query",
    ["", "theme=health&field=3.3&country=BY", "text=sleep&theme=health&university={slug}&order=ending"],
)
def test_a_page_costs_the_same_whatever_is_found(
    client, listed, university, other_university, coordinator, django_assert_max_num_queries, count, query
):
    listed("Sleep", themes=["health"], fields=["3.3"], partners=[other_university])
    for number in range(1, count):
        other = joined(UniversityFactory()) if number < 4 else other_university
        listed(f"Sleep {number}", themes=["health"], fields=["3.3"], partners=[other])
    address = f"{LISTING}?{query.format(slug=university.slug)}"
    client.get(address)
    with django_assert_max_num_queries(10):
        assert client.get(address).context["found"].paginator.count == count
    client.force_login(coordinator)
    client.get(address)
    # Session and account come on top.
    with django_assert_max_num_queries(13):
        client.get(address)


# -- feeds ---------------------------------------------------------------------------------------------------


def entries(client, query: str) -> list[ElementTree.Element]:
    response = client.get(f"{FEED}?{query}")
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content).findall(f"{ATOM}entry")


def test_a_feed_has_what_the_search_finds(client, three):
    assert [one.find(f"{ATOM}title").text for one in entries(client, "theme=health")] == ["Iron", "Sleep"]
    assert entries(client, "theme=performance") == []


def test_an_entry_keeps_its_id_and_says_when_it_was_changed(client, three):
    (before,) = entries(client, "theme=nutrition")
    iron = Project.objects.get(title="Iron")
    assert before.find(f"{ATOM}published").text[:19] == iron.published_at.isoformat()[:19]
    now = timezone.now()
    Project.objects.filter(pk=iron.pk).update(title="Iron and sleep")
    note_change(project=iron, now=now)
    (after,) = entries(client, "theme=nutrition&language=ru")
    assert before.find(f"{ATOM}id").text == after.find(f"{ATOM}id").text
    assert after.find(f"{ATOM}updated").text[:19] == now.isoformat()[:19]
    assert after.find(f"{ATOM}published").text == before.find(f"{ATOM}published").text


def test_who_begins_to_fit_comes_first_in_the_feed(client, three):
    sleep = Project.objects.get(title="Sleep")
    Call.objects.create(project=sleep, title="Beds", text="Many.", until=timezone.localdate())
    note_change(project=sleep, now=timezone.now())
    names = [one.find(f"{ATOM}title").text for one in entries(client, "call=open")]
    assert names == ["Sleep", "Helmets", "Iron"]


@pytest.mark.parametrize("query", ["theme=health", "theme=performance"])
def test_an_unchanged_feed_is_not_sent_again(client, three, query):
    first = client.get(f"{FEED}?{query}")
    again = client.get(f"{FEED}?{query}", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "Last-Modified" not in first.headers


@pytest.mark.parametrize("query", ["theme=nonsense", "language=xx"])
def test_a_feed_of_nothing_there_is_is_not_there(client, three, query):
    assert client.get(f"{FEED}?{query}").status_code == 404
