"""Who may see and change which project. What is not yours does not exist: Http404."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument

from portal.access import Person, coordinated_universities, research_universities
from research.models import (
    Interest,
    Member,
    Milestone,
    Project,
    ProjectPage,
    ResearcherProfile,
    SavedSearch,
    Suggestion,
)
from research.queries.profiles import visible_profiles


def projects_of(person: Person) -> QuerySet[Project]:
    """What `person` may change: their own projects at a university they still do research at, and all that
    universities they coordinate lead. A project whose page was deleted is nobody's any more."""
    if not person.is_authenticated:
        return Project.objects.none()
    own = Q(investigator=person, lead__in=research_universities(person))
    pages = ProjectPage.objects.filter(project=OuterRef("pk"))
    return (
        Project.objects.filter(own | Q(lead__in=coordinated_universities(person)), Exists(pages))
        .annotate(published=Exists(pages.live()))
        .select_related("lead")
        .prefetch_related("pages")
    )


def project_for(person: Person, pk: int) -> Project:
    return get_object_or_404(projects_of(person), pk=pk)


def may_propose(person: Person) -> bool:
    return research_universities(person).exists()


def has_research(person: Person) -> bool:
    """Whether there is a page of one's own: for who proposes projects, belongs to one, answered a call
    or saved a search."""
    if not person.is_authenticated:
        return False
    return (
        may_propose(person)
        or Member.objects.filter(person=person, left_at=None).exists()
        or Interest.objects.filter(person=person).exists()
        or SavedSearch.objects.filter(person=person).exists()
    )


def may_publish(person: Person, project: Project) -> bool:
    return coordinated_universities(person).filter(pk=project.lead_id).exists()


def may_change_facts(person: Person, project: Project) -> bool:
    """Title, acronym, summary and text of what is published were approved: there its researcher's words go by
    the moderator. All else is theirs as long as they lead the project."""
    return not project.page.live or may_publish(person, project)


def moderated_project(person: Person, pk: int) -> Project:
    """For who decides on it."""
    project = project_for(person, pk)
    if not may_publish(person, project):
        raise Http404
    return project


def leads(person: Person, project: Project) -> bool:
    """The principal investigator, as long as they do research at the lead, and its coordinators."""
    if not person.is_authenticated:
        return False
    own = project.investigator_id == person.pk and research_universities(person).filter(pk=project.lead_id)
    return bool(own and own.exists()) or may_publish(person, project)


def is_member(person: Person, project: Project) -> bool:
    """Whoever joined and has not left, and whoever leads."""
    if not person.is_authenticated:
        return False
    joined = project.members.filter(person=person, left_at=None).exists()
    return joined or leads(person, project)


def led_project(person: Person, pk: int) -> Project:
    project = get_object_or_404(Project.objects.select_related("lead"), pk=pk)
    if not leads(person, project):
        raise Http404
    return project


def space_project(person: Person, pk: int) -> Project:
    """Of whose space `person` is a member; for strangers there is none."""
    project = get_object_or_404(Project.objects.select_related("lead"), pk=pk)
    if not is_member(person, project):
        raise Http404
    return project


def milestone_for(person: Person, pk: int) -> Milestone:
    milestone = get_object_or_404(Milestone.objects.select_related("project__lead"), pk=pk)
    if not is_member(person, milestone.project):
        raise Http404
    return milestone


def membership_for(person: Person, pk: int) -> Member:
    """Of somebody who belongs to a project that `person` leads."""
    standing = Member.objects.filter(left_at=None).select_related("project__lead", "person")
    member = get_object_or_404(standing, pk=pk)
    if not leads(person, member.project):
        raise Http404
    return member


def file_for(person: Person, pk: int) -> tuple[AbstractDocument, Project]:
    """A file of a project's space, and the project."""
    file = get_object_or_404(get_document_model(), pk=pk)
    projects = Project.objects.select_related("lead")
    project = get_object_or_404(projects, space__collection=file.collection_id)
    if not is_member(person, project):
        raise Http404
    return file, project


def profile_for(person: Person, key: str) -> ResearcherProfile:
    """What its owner does not show to `person` does not exist."""
    shown = visible_profiles(person).select_related("university", "person")
    return get_object_or_404(shown, key=key)


def suggestion_for(person: Person, pk: int) -> Suggestion:
    """One that `person` may dismiss: their own, or one for a project that they lead."""
    suggestion = get_object_or_404(Suggestion.objects.select_related("source__lead", "reader"), pk=pk)
    own = suggestion.reader is not None and suggestion.reader.person_id == person.pk
    if not own and (suggestion.source is None or not leads(person, suggestion.source)):
        raise Http404
    return suggestion
