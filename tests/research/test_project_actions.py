from __future__ import annotations

from email import message_from_bytes, policy

import pytest
from django.utils import timezone, translation

from portal.enums import UniversityRole
from portal.models import OutboxMessage
from research.actions.projects import (
    UnableToChange,
    UnableToPropose,
    change_project,
    move_project,
    propose_project,
)
from research.enums import ProjectStatus
from research.models import Project, ProjectIndexPage, ProjectPage
from tests.factories import UniversityFactory, UserFactory

from .conftest import person_at

pytestmark = pytest.mark.django_db


def facts(**changed) -> dict:
    return {
        "title": "Sleep and training load",
        "summary": "We follow rowers through a winter.",
        "status": ProjectStatus.SEEKING,
        "partners": (),
    } | changed


def propose(**given) -> Project:
    return propose_project(**(facts() | given), now=timezone.now())


def test_a_proposal_is_a_row_and_a_draft_below_the_projects_of_its_university(
    university, researcher, other_university
):
    project = propose(lead=university, by=researcher, partners=[other_university])

    page = project.page
    assert (project.slug, project.investigator) == ("sleep-and-training-load", researcher)
    assert list(project.partners.all()) == [other_university]
    assert (page.live, page.title, page.owner) == (False, "Sleep and training load", researcher)
    assert page.get_latest_revision().user == researcher
    index = ProjectIndexPage.objects.get()
    assert (index.live, index.slug, index.title) == (True, "projects", "Projects")
    assert page.get_parent().specific == index
    assert index.get_parent().specific == university.page


def test_the_coordinators_are_told_what_waits_for_them(university, other_university, researcher, coordinator):
    person_at(other_university, UniversityRole.COORDINATOR)
    project = propose(lead=university, by=researcher)

    mail = OutboxMessage.objects.get()
    assert (mail.recipient, mail.subject) == (
        "coordinator@example.org",
        "A project waits for you: Sleep and training load",
    )
    text = message_from_bytes(bytes(mail.mime), policy=policy.SMTP).get_body(("plain",)).get_content()
    assert f"http://portal.test/cms/pages/{project.page.pk}/edit/" in text
    assert f"http://portal.test/research/projects/{project.pk}/" in text


def test_a_coordinator_who_proposes_is_not_told_of_it(university, coordinator):
    propose(lead=university, by=coordinator)
    assert not OutboxMessage.objects.exists()


def test_the_second_proposal_stands_in_the_same_list_under_its_own_slug(university, researcher):
    first, second = propose(lead=university, by=researcher), propose(lead=university, by=researcher)

    assert (first.slug, second.slug) == ("sleep-and-training-load", "sleep-and-training-load-2")
    assert first.page.get_parent() == second.page.get_parent()


def test_the_list_speaks_the_language_of_the_pages_above_it_whoever_makes_it(university, researcher):
    with translation.override("ru"):
        propose(lead=university, by=researcher)
    assert ProjectIndexPage.objects.get().title == "Projects"


def test_a_cyrillic_title_gets_a_latin_address(university, researcher):
    assert propose(lead=university, by=researcher, title="Сон и нагрузка").slug == "son-i-nagruzka"
    assert propose(lead=university, by=researcher, title="!!!").slug == "project"


def test_the_lead_is_no_partner_of_itself(university, researcher, other_university):
    project = propose(lead=university, by=researcher, partners=[university, other_university])
    assert list(project.partners.all()) == [other_university]


def test_only_people_who_do_research_there_propose(university, other_university, researcher):
    editor = person_at(university, UniversityRole.EDITOR)
    for person, lead in ((researcher, other_university), (editor, university), (UserFactory(), university)):
        with pytest.raises(UnableToPropose, match="only for a university at which you do research"):
            propose(lead=lead, by=person)
    assert not Project.objects.exists()


def test_a_university_without_a_page_leads_nothing():
    with pytest.raises(UnableToPropose, match="not joined"):
        propose(lead=UniversityFactory(joined_at=None), by=None)


def test_a_researcher_rewords_a_draft(university, other_university, researcher, project_of):
    project = project_of()

    change_project(
        project=project, **facts(title="Sleep in winter", partners=[other_university]), by=researcher
    )

    project = Project.objects.get(pk=project.pk)
    assert (project.title, list(project.partners.all())) == ("Sleep in winter", [other_university])
    assert project.page.get_latest_revision_as_object().title == "Sleep in winter"
    assert not project.page.live


def test_what_is_published_is_reworded_by_the_coordinator_and_seen_at_once(
    coordinator, researcher, project_of
):
    project = project_of(published=True)
    with pytest.raises(UnableToChange, match="by the coordinator of Polessky State University"):
        change_project(project=project, **facts(title="Something else"), by=researcher)

    change_project(project=project, **facts(title="Sleep in winter"), by=coordinator)

    page = ProjectPage.objects.get()
    assert (page.title, page.live, page.has_unpublished_changes) == ("Sleep in winter", True, False)


def test_a_title_change_does_not_publish_what_still_waits_for_approval(coordinator, project_of):
    project = project_of(published=True)
    page = project.page
    page.body = [("heading", "Not approved")]
    page.save_revision()

    change_project(project=project, **facts(title="Sleep in winter"), by=coordinator)

    page = ProjectPage.objects.get()
    assert len(page.body) == 0
    assert page.has_unpublished_changes
    waiting = page.get_latest_revision_as_object()
    assert (waiting.title, waiting.body[0].value) == ("Sleep in winter", "Not approved")


def test_a_page_that_was_worded_by_hand_keeps_its_title(coordinator, project_of):
    project = project_of(published=True)
    page = project.page
    page.title = "Do rowers sleep?"
    page.save_revision().publish()

    change_project(project=project, **facts(title="Sleep in winter"), by=coordinator)

    assert ProjectPage.objects.get().title == "Do rowers sleep?"


def test_the_status_moves_also_when_published(project_of):
    project = project_of(published=True)
    move_project(project=project, status=ProjectStatus.FINISHED)
    assert Project.objects.get().status == ProjectStatus.FINISHED
