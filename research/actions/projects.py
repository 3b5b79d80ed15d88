"""Projects are proposed as drafts, and published by the coordinator of the lead university in the CMS."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.coreutils import find_available_slug
from wagtail.search import index

from portal.access import research_universities
from portal.actions.index_pages import index_page
from portal.models import University, UniversityPage, User
from portal.refusal import Refusal
from portal.slugs import free_slug
from research.access import may_change_facts
from research.enums import ProjectStatus
from research.models import Project, ProjectIndexPage, ProjectPage
from research.notices import tell_proposed


class UnableToPropose(Refusal):
    pass


class UnableToChange(Refusal):
    @classmethod
    def published(cls, project: Project) -> UnableToChange:
        return cls(
            _("This project is published; its facts are changed by the coordinator of %(university)s.")
            % {"university": project.lead}
        )


@transaction.atomic
def propose_project(
    *,
    lead: University,
    title: str,
    summary: str,
    status: ProjectStatus,
    partners: Iterable[University],
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
        slug=free_slug(title, _slugs_of(lead), otherwise="project"),
        summary=summary,
        status=status,
        created_at=now,
    )
    project.partners.set(_without(lead, partners))
    slug = find_available_slug(above, project.slug)
    page = above.add_child(
        instance=ProjectPage(project=project, title=title, slug=slug, live=False, owner=by)
    )
    page.save_revision(user=by)
    if by is not None:
        tell_proposed(project=project, by=by, now=now)
    return project


@transaction.atomic
def change_project(
    *,
    project: Project,
    title: str,
    summary: str,
    status: ProjectStatus,
    partners: Iterable[University],
    by: User,
) -> Project:
    """All facts at once. Refused to its researcher when the page was published in the meantime."""
    page = _lock_page(project)
    current = Project.objects.select_related("lead").get(pk=project.pk)
    if not may_change_facts(by, current):
        raise UnableToChange.published(current)
    old_title = current.title
    current.title, current.summary, current.status = title, summary, status
    current.save(update_fields=["title", "summary", "status"])
    current.partners.set(_without(current.lead, partners))
    if title != old_title:
        _retitle(page, old_title, title, by)
    for one in ProjectPage.objects.filter(project=current):
        index.insert_or_update_object(one)
    return current


def move_project(*, project: Project, status: ProjectStatus) -> None:
    """The one fact that its researcher moves also when the project is published."""
    Project.objects.filter(pk=project.pk).update(status=status)


def _lock_page(project: Project) -> ProjectPage:
    """The page as it was written first; its translations keep their own words."""
    pages = ProjectPage.objects.select_for_update(no_key=True).filter(project=project)
    return pages.order_by("pk")[:1].get()


def _slugs_of(lead: University) -> set[str]:
    return set(Project.objects.filter(lead=lead).values_list("slug", flat=True))


def _without(lead: University, partners: Iterable[University]) -> list[University]:
    return [partner for partner in partners if partner.pk != lead.pk]


def _retitle(page: ProjectPage, old: str, new: str, by: User) -> None:
    """The page's title follows, unless somebody worded it anew; what waits for approval keeps waiting."""
    waits = page.live and page.has_unpublished_changes
    draft = page.get_latest_revision_as_object()
    if draft.title != old:
        return
    draft.title = new
    revision = draft.save_revision(user=by)
    if page.live and not waits:
        revision.publish(user=by, skip_permission_checks=True)
