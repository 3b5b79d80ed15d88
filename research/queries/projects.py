"""Projects that everyone may read."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.db.models import Q, QuerySet
from wagtail.query import PageQuerySet

from portal.models import University
from portal.models.spoken import in_one_language
from research.models import Project, ProjectPage

#: A question longer than this finds nothing that a shorter one would not.
MOST_WORDS = 12


def published_pages() -> PageQuerySet[ProjectPage]:
    """Live pages outside private sections, with what a card shows (3 queries with the partners)."""
    return (
        in_one_language(ProjectPage.objects.live())
        .public()
        .select_related("project__lead", "project__investigator")
        .prefetch_related("project__partners")
        .order_by("title")
    )


def with_part_of(university: University, projects: QuerySet[Project]) -> QuerySet[Project]:
    """Those `university` leads or is a partner of; each of them once."""
    partner_in = Project.partners.through.objects.filter(university=university).values("project")
    return projects.filter(Q(lead=university) | Q(pk__in=partner_in))


def find_projects(
    *, text: str = "", status: str = "", university: University | None = None
) -> Iterable[ProjectPage]:
    """Published pages, those that fit the text best first; sliceable and countable."""
    projects = Project.objects.all()
    if status:
        projects = projects.filter(status=status)
    if university is not None:
        projects = with_part_of(university, projects)
    pages = published_pages().filter(project__in=projects)
    # Quotes and signs are dropped: the search backends read some of them as their own language.
    words = re.findall(r"\w+", text)[:MOST_WORDS]
    return pages.autocomplete(" ".join(words)) if words else pages


def universities_with_projects() -> QuerySet[University]:
    """Universities that lead, or are partners in, a published project."""
    published = published_pages().values("project")
    partners = Project.partners.through.objects.filter(project__in=published).values("university")
    leads = Project.objects.filter(pk__in=published).values("lead")
    return University.objects.filter(Q(pk__in=leads) | Q(pk__in=partners))
