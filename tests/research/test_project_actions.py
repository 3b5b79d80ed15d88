from __future__ import annotations

import pytest
from django.utils import timezone, translation

from portal.enums import UniversityRole
from portal.models import OutboxMessage
from research.actions.facts import change_body, change_facts
from research.actions.holding import UnableToChange
from research.actions.projects import UnableToPropose, propose_project
from research.enums import PartyRole, ProjectStatus
from research.models import Member, Project, ProjectIndexPage, ProjectPage
from tests.factories import UniversityFactory, UserFactory

from .conftest import person_at

pytestmark = pytest.mark.django_db


def propose(**given) -> Project:
    facts = {
        "title": "Sleep and training load",
        "summary": "We follow rowers through a winter.",
        "status": ProjectStatus.SEEKING,
    }
    return propose_project(**(facts | given), now=timezone.now())


def change(project: Project, *, by, was_live: bool | None = None, **changed) -> Project:
    names = ("title", "acronym", "summary", "status", "starts_on", "ends_on")
    facts = {name: getattr(project, name) for name in (*names, "themes", "keywords", "sports", "fields")}
    return change_facts(project=project, **(facts | changed), by=by, was_live=was_live, now=timezone.now())


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


def test_a_draft_tells_nobody(university, researcher, coordinator):
    propose(lead=university, by=researcher)
    assert not OutboxMessage.objects.exists()


def test_a_researcher_without_a_name_is_not_named_by_their_address(university, researcher):
    researcher.first_name = researcher.last_name = ""
    researcher.save()
    propose(lead=university, by=researcher)
    assert Member.objects.get().name == ""


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


def test_partners_come_with_a_role(university, researcher, other_university):
    share = propose(lead=university, by=researcher, partners=[other_university]).participations.get()
    assert (share.university, share.role) == (other_university, PartyRole.PARTNER)


def test_a_researcher_rewords_a_draft(researcher, project_of):
    project = project_of()
    change(project, title="Sleep in winter", summary="", by=researcher)

    project = Project.objects.get(pk=project.pk)
    assert (project.title, project.summary) == ("Sleep in winter", "")
    assert project.page.get_latest_revision_as_object().title == "Sleep in winter"
    assert not project.page.live


def test_words_of_a_published_project_wait_and_facts_do_not(researcher, project_of):
    project = project_of(title="Sleep", published=True)
    change(project, title="Sleep in winter", status="running", themes=["health"], by=researcher)

    project = Project.objects.get()
    assert (project.title, project.status, project.themes) == ("Sleep", "running", ["health"])
    draft = project.page.get_latest_revision_as_object()
    assert (draft.title, draft.said_title) == ("Sleep in winter", "Sleep in winter")
    assert (project.page.title, project.page.has_unpublished_changes) == ("Sleep", True)


def test_words_that_waited_are_taken_over_once(coordinator, researcher, project_of):
    project = project_of(title="Sleep", published=True)
    change(project, title="Sleep in winter", summary="New.", by=researcher)
    project.page.get_latest_revision().publish()

    project = Project.objects.get()
    assert (project.title, project.summary, project.page.title) == (
        "Sleep in winter",
        "New.",
        "Sleep in winter",
    )
    change(project, title="Sleep in spring", by=coordinator)
    ProjectPage.objects.get().get_latest_revision().publish()
    assert Project.objects.get().title == "Sleep in spring"


def test_words_taken_back_wait_no_more(researcher, project_of):
    project = project_of(title="Sleep", published=True)
    change(project, title="Sleep in winter", by=researcher)
    change(Project.objects.get(), by=researcher)
    assert ProjectPage.objects.get().get_latest_revision_as_object().words == {}


def test_who_wrote_while_it_was_published_is_asked_again(researcher, coordinator, project_of):
    project = project_of(title="Sleep", published=True)
    with pytest.raises(UnableToChange, match="published while you wrote"):
        change(project, title="Other", status="idea", by=researcher, was_live=False)
    assert Project.objects.get().status == ProjectStatus.SEEKING

    change(project, title="Other", by=coordinator, was_live=False)
    assert Project.objects.get().title == "Other"


def test_strangers_change_nothing(other_university, university, project_of):
    project = project_of(title="Sleep")
    for person in (
        person_at(other_university, UniversityRole.COORDINATOR),
        person_at(university, UniversityRole.RESEARCHER),
    ):
        with pytest.raises(UnableToChange, match="do not lead"):
            change(project, title="Theirs", by=person)
    assert Project.objects.get().title == "Sleep"


def test_a_coordinator_rewords_what_is_published_and_it_is_seen_at_once(coordinator, project_of):
    change(project_of(published=True), title="Sleep in winter", by=coordinator)
    page = ProjectPage.objects.get()
    assert (page.title, page.live, page.has_unpublished_changes) == ("Sleep in winter", True, False)
    assert page.project.title == "Sleep in winter"


def test_a_title_change_does_not_publish_what_still_waits_for_approval(coordinator, project_of):
    project = project_of(published=True)
    page = project.page
    page.body = [("heading", "Not approved")]
    page.save_revision()

    change(project, title="Sleep in winter", by=coordinator)

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

    change(project, title="Sleep in winter", by=coordinator)

    assert ProjectPage.objects.get().title == "Do rowers sleep?"


def test_the_text_keeps_what_the_cms_added(researcher, project_of):
    project = project_of()
    page = project.page
    page.body = [("heading", "Plans"), ("text", "<p>Old.</p>"), ("heading", "End")]
    page.save_revision()

    change_body(project=project, text="New **words**.", by=researcher, now=timezone.now())

    body = ProjectPage.objects.get().get_latest_revision_as_object().body
    assert [block.block_type for block in body] == ["heading", "text", "heading"]
    assert body[1].value.source == "<p>New <strong>words</strong>.</p>"


def test_the_text_of_a_published_page_waits(researcher, project_of):
    project = project_of(published=True)
    change_body(project=project, text="New words.", by=researcher, now=timezone.now())
    page = ProjectPage.objects.get()
    assert (len(page.body), page.has_unpublished_changes) == (0, True)
