"""Projects that everyone may read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from django.db.models import Count, F, OuterRef, Prefetch, Q, QuerySet, Subquery, prefetch_related_objects
from django.db.models.functions import Coalesce
from wagtail.query import PageQuerySet

from portal.models import University
from portal.models.spoken import in_one_language
from portal.search.full_text import matching, ranked
from portal.search.stems import asked_stems
from research.enums import CallState, SearchOrder
from research.models import Call, Project, ProjectPage
from research.searching import Sought

from .found import fitting, listed_projects, readable_entries, with_fitting_since
from .public import in_private_section

#: Words that are only signs match nothing better than anything else.
_NEWEST = ("-published_at", "-pk")
_ORDERS = {
    SearchOrder.RELEVANCE: _NEWEST,
    SearchOrder.NEWEST: _NEWEST,
    SearchOrder.ENDING: (F("ends").asc(nulls_last=True), *_NEWEST),
}
#: What cards show beside the facts.
OPEN_CALLS = Prefetch(
    "calls", Call.objects.filter(state=CallState.OPEN).order_by("until", "pk"), to_attr="open_calls"
)


def published_pages() -> PageQuerySet[ProjectPage]:
    """Live pages outside private sections, with what a card shows; `partner_count` is of the project."""
    partners = Project.partners.through.objects.filter(project=OuterRef("project")).order_by()
    counted = partners.values("project").annotate(n=Count("pk")).values("n")
    return (
        in_one_language(ProjectPage.objects.live())
        .filter(~in_private_section())
        .select_related("project__lead", "project__investigator")
        .annotate(partner_count=Coalesce(Subquery(counted), 0))
        .order_by("title")
    )


def with_part_of(university: University, projects: QuerySet[Project]) -> QuerySet[Project]:
    """Those `university` leads or is a partner of; each of them once."""
    partner_in = Project.partners.through.objects.filter(university=university).values("project")
    return projects.filter(Q(lead=university) | Q(pk__in=partner_in))


def find_projects(sought: Sought, within: QuerySet[Project] | None = None) -> FoundProjects:
    """Published pages of the projects that fit, in the order asked for; `within`: of `listed_projects`."""
    within = listed_projects() if within is None else within
    projects, asked = fitting(sought, within), asked_stems(sought.text)
    if asked and sought.ordered_by == SearchOrder.RELEVANCE:
        wordless = fitting(replace(sought, text=""), within)
        return FoundProjects(projects, keys=_best_pages(asked, wordless), by="pk")
    ordered = _by_call(projects) if sought.ordered_by == SearchOrder.ENDING else projects
    keys = ordered.order_by(*_ORDERS[sought.ordered_by]).values_list("pk", flat=True)
    return FoundProjects(projects, keys=keys, by="project_id")


def newest_fitting(sought: Sought) -> FoundProjects:
    """Those first that came to fit last: by being published, or by what was added since."""
    projects = with_fitting_since(fitting(sought, listed_projects()), sought)
    keys = projects.order_by("-fits_since", "-pk").values_list("pk", flat=True)
    return FoundProjects(projects, keys=keys, by="project_id")


class FoundProjects:
    """What a search finds, as a paginator takes it: counted by itself, and read a slice at a time."""

    def __init__(self, projects: QuerySet[Project], *, keys: QuerySet, by: str) -> None:
        self.projects, self._keys, self._by = projects, keys, by

    def count(self) -> int:
        return self.projects.count()

    def __iter__(self) -> Iterator[ProjectPage]:
        return iter(self[:])

    def __getitem__(self, part: slice) -> list[ProjectPage]:
        """A page that is not public any more is left out (4 queries)."""
        return pages_of(list(self._keys[part]), by=self._by)

    def keys(self, most: int) -> list[int]:
        """Of the first projects (1 query)."""
        keys = list(self._keys[:most])
        if self._by == "project_id":
            return keys
        projects = dict(ProjectPage.objects.filter(pk__in=keys).values_list("pk", "project_id"))
        return [projects[key] for key in keys if key in projects]


def pages_of(keys: list[int], *, by: str = "project_id") -> list[ProjectPage]:
    """Published pages in the order of the keys of their projects, or of their own ("pk")."""
    pages = {getattr(page, by): page for page in published_pages().filter(**{f"{by}__in": keys})}
    found = [pages[key] for key in keys if key in pages]
    prefetch_related_objects([page.project for page in found], OPEN_CALLS)
    return found


def _best_pages(asked: list[str], projects: QuerySet[Project]) -> QuerySet:
    """Keys of pages, those that fit the words best first."""
    pages = ProjectPage.objects.filter(project__in=projects.order_by().values("pk")).order_by()
    entries = readable_entries().filter(object_id__in=pages.values("pk"))
    return ranked(asked, matching(asked, entries)).values_list("object_id", flat=True)


def _by_call(projects: QuerySet[Project]) -> QuerySet[Project]:
    calls = Call.objects.filter(project=OuterRef("pk"), state=CallState.OPEN).order_by("until")
    return projects.annotate(ends=Subquery(calls.values("until")[:1]))
