"""A view restriction of Wagtail's above pages of projects, and what everybody is told of them meanwhile."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml import etree
from wagtail.models import Page, PageViewRestriction

from research.models import Facet, Project, Record
from tests.research.test_oai import OAI, ask

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 3, 6, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("research.views.oai.cautious_now", timezone.now)
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def restrict(page: Page) -> PageViewRestriction:
    return PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def told(client: Client) -> tuple[str | None, str]:
    header = ask(client, verb="ListRecords", metadataPrefix="oai_dc").find(f".//{OAI}header")
    assert isinstance(header, etree._Element)
    return header.get("status"), header.findtext(f"{OAI}datestamp")


@pytest.mark.parametrize("above", ["the list of projects", "the university", "the page itself"])
def test_harvesters_are_told_that_it_is_gone_and_that_it_is_back(client, clock, project_of, above):
    page = project_of(published=True).page
    index = page.get_parent()
    section = {"the list of projects": index, "the university": index.get_parent(), "the page itself": page}
    clock.shift(HOUR)
    restriction = restrict(section[above])
    clock.shift(HOUR)
    assert told(client) == ("deleted", "2027-03-06T13:01:00Z")
    restriction.delete()
    clock.shift(HOUR)
    assert told(client) == (None, "2027-03-06T14:01:00Z")
    assert Record.objects.count() == 1


def test_a_page_that_is_moved_into_a_private_section_is_gone_too(client, clock, project_of):
    index = project_of(published=True).page.get_parent()
    home = index.get_parent().get_parent()
    closed = home.add_child(instance=Page(title="Closed"))
    restrict(closed)
    clock.shift(HOUR)
    Page.objects.get(pk=index.pk).move(closed, pos="last-child")
    clock.shift(HOUR)
    assert told(client) == ("deleted", "2027-03-06T13:01:00Z")


def test_neither_list_nor_a_kept_page_shows_it_meanwhile(
    client, project_of, settings, django_capture_on_commit_callbacks
):
    settings.PAGE_CACHE_SECONDS = 600
    project = project_of(published=True, title="Sleep of rowers")
    there, listed = project.page.url, reverse("research:projects")
    assert client.get(there).status_code == 200
    assert "Sleep of rowers" in client.get(listed).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        restriction = restrict(project.page.get_parent())
    assert client.get(there).status_code == 302
    assert "Sleep of rowers" not in client.get(listed).content.decode()
    assert not Facet.objects.filter(project=project).exists()
    with django_capture_on_commit_callbacks(execute=True):
        restriction.delete()
    assert client.get(there).status_code == 200
    assert Project.objects.get(pk=project.pk).published_at is not None


def test_projects_beside_the_section_are_not_touched(project_of, other_university):
    project = project_of(published=True)
    before = Project.objects.get(pk=project.pk).changed_at
    elsewhere = project.page.get_parent().get_parent().get_parent().add_child(instance=Page(title="Closed"))
    restrict(elsewhere)
    assert Project.objects.get(pk=project.pk).changed_at == before
