"""Projects begin as drafts of those who lead them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.coreutils import find_available_slug

from portal.access import research_universities
from portal.actions.index_pages import index_page
from portal.models import University, UniversityPage, User
from portal.refusal import Refusal
from portal.slugs import free_slug
from research.enums import ProjectStatus
from research.models import Member, Project, ProjectIndexPage, ProjectPage

from .parties import without_lead


class UnableToPropose(Refusal):
    pass


@transaction.atomic
def propose_project(
    *,
    lead: University,
    title: str,
    acronym: str = "",
    summary: str = "",
    status: ProjectStatus = ProjectStatus.IDEA,
    partners: Iterable[University] = (),
    by: User | None,
    now: datetime,
) -> Project:
    """A row and a draft page below the lead's list of projects. Nobody (`by=None`) is the portal itself."""
    if by is not None and not research_universities(by).filter(pk=lead.pk).exists():
        raise UnableToPropose(_("You can propose projects only for a university at which you do research."))
    try:
        above = index_page(
            university=lead, kind=ProjectIndexPage, title=gettext_lazy("Projects"), slug="projects", now=now
        )
    except UniversityPage.DoesNotExist:
        raise UnableToPropose(_("This university has not joined the portal yet.")) from None
    project = Project.objects.create(
        lead=lead,
        investigator=by,
        title=title,
        acronym=acronym,
        slug=free_slug(title, _slugs_of(lead), otherwise="project"),
        summary=summary,
        status=status,
        created_at=now,
        changed_at=now,
    )
    project.partners.set(without_lead(lead, partners))
    if by is not None:
        # Never the address, which stands in for a missing name elsewhere.
        name = by.get_full_name()
        Member.objects.create(project=project, person=by, name=name, university=lead, joined_at=now)
    slug = find_available_slug(above, project.slug)
    page = above.add_child(
        instance=ProjectPage(project=project, title=title, slug=slug, live=False, owner=by)
    )
    page.save_revision(user=by)
    return project


def _slugs_of(lead: University) -> set[str]:
    return set(Project.objects.filter(lead=lead).values_list("slug", flat=True))
