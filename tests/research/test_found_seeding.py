"""The invented house of research: as sound as what actions write, and made only where it may be."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command
from django.http import QueryDict
from wagtail.models import Page

from portal.models import SearchEntry, University, User
from portal.search.keep import index_all
from research.actions.facets import write_facets
from research.models import (
    Call,
    Facet,
    Fingerprint,
    Member,
    Project,
    ProjectPage,
    Record,
    ResearcherProfile,
)
from research.queries.projects import find_projects
from research.searching import read_search
from research.seeding import Sizes, UnableToSeed, seed
from tests.factories import UniversityFactory, UserFactory

from .conftest import joined

pytestmark = pytest.mark.django_db

NOW = datetime(2027, 3, 3, 12, tzinfo=UTC)
SMALL = Sizes(projects=12, people=30, calls=5)


@pytest.fixture
def homes(db) -> list[University]:
    return [joined(UniversityFactory(country=country)) for country in ("BY", "RU", "PL")]


@pytest.fixture
def house(homes) -> None:
    seed(SMALL, now=NOW)


def test_there_is_as_much_as_was_asked_for(house):
    assert (Project.objects.count(), ResearcherProfile.objects.count()) == (12, 30)
    assert Call.objects.filter(state="open").count() == 5
    assert Record.objects.count() == 12
    assert Member.objects.count() == 60
    assert Fingerprint.objects.filter(profile=None).count() == 12


def test_the_tree_of_pages_is_sound(house):
    assert [list(part) for part in Page.find_problems()] == [[], [], [], [], []]
    for page in ProjectPage.objects.all():
        assert page.get_parent().specific.get_parent().specific.university == page.project.lead
        assert page.url_path.startswith(page.get_parent().url_path)
        assert page.specific == page
        assert page.translation_key == ProjectPage(project=page.project)._key_of_row()


def test_pages_are_shown(client, house):
    page = ProjectPage.objects.first()
    answer = client.get(page.url)
    assert answer.status_code == 200
    assert page.project.summary[:40] in answer.text


def test_what_is_derived_is_what_the_actions_would_have_written(house):
    facets = set(Facet.objects.values_list("project", "kind", "value"))
    stamps = dict(Project.objects.values_list("pk", "published_at"))
    for project in Project.objects.select_related("lead"):
        write_facets(project, NOW)
    assert set(Facet.objects.values_list("project", "kind", "value")) == facets
    assert dict(Project.objects.values_list("pk", "published_at")) == stamps
    kinds = ("project", "researcher")
    entries = SearchEntry.objects.filter(kind__in=kinds).order_by("kind", "object_id")
    before = list(entries.values_list("kind", "object_id", "language", "thing", "title", "words"))
    index_all()
    assert list(entries.values_list("kind", "object_id", "language", "thing", "title", "words")) == before


def test_it_is_found(house):
    sought, _faults = read_search(QueryDict("call=open"))
    assert find_projects(sought).count() == 5
    assert len(find_projects(sought)[:20]) == 5


def test_the_same_seed_makes_the_same_house(house):
    before = list(Project.objects.order_by("slug").values_list("slug", "summary", "themes", "lead"))
    Page.objects.filter(pk__in=ProjectPage.objects.values("pk")).delete()
    Project.objects.all().delete()
    User.objects.all().delete()
    seed(SMALL, now=NOW)
    assert list(Project.objects.order_by("slug").values_list("slug", "summary", "themes", "lead")) == before


def test_nothing_is_invented_beside_what_people_wrote(homes, project_of, settings):
    project_of()
    settings.DEBUG = True
    with pytest.raises(UnableToSeed, match="projects or researchers of people"):
        seed(SMALL, now=NOW)
    settings.DEBUG = False
    with pytest.raises(CommandError, match="projects or researchers of people"):
        call_command("seed_research", "--projects=1", "--people=1", "--calls=0", "--force")
    settings.DEBUG = True
    seed(SMALL, now=NOW, force=True)
    assert Project.objects.count() == 13
    with pytest.raises(UnableToSeed, match="seeded already"):
        seed(SMALL, now=NOW, force=True)


def test_a_real_portal_is_not_filled(homes, settings):
    settings.DEBUG = False
    UserFactory()
    with pytest.raises(UnableToSeed, match="There are people"):
        seed(SMALL, now=NOW)
