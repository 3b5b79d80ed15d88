"""Who may see and change which project. What is not yours does not exist: Http404."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from portal.access import Person, coordinated_universities, research_universities
from research.models import Project, ProjectPage


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


def may_publish(person: Person, project: Project) -> bool:
    return coordinated_universities(person).filter(pk=project.lead_id).exists()


def may_change_facts(person: Person, project: Project) -> bool:
    """What is published was approved: its researcher moves the status, the coordinator all else."""
    return not project.page.live or may_publish(person, project)
