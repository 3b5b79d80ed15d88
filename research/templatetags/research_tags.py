"""What pages of other apps may show of research."""

from __future__ import annotations

from django import template

from portal.access import Person
from portal.models import University, UniversityPage
from research.access import may_propose
from research.enums import ProjectStatus
from research.models import Project, ProjectIndexPage
from research.queries.projects import published_pages, with_part_of

register = template.Library()

#: Cards of projects on a university's page; the rest stands behind a link.
MOST_ON_A_PAGE = 6

#: How a status looks: the ending of a `tag-…` class.
TONES = {
    ProjectStatus.IDEA: "quiet",
    ProjectStatus.SEEKING: "info",
    ProjectStatus.RUNNING: "good",
    ProjectStatus.FINISHED: "quiet",
}


@register.filter
def does_research(person: Person) -> bool:
    """Whether `person` may list projects, and so has a page of their own for them."""
    return may_propose(person)


@register.inclusion_tag("research/projects_of.html", takes_context=True)
def projects_of(context: template.Context, university: University) -> dict[str, object]:
    """Published projects in which the university has a part (3 queries)."""
    pages = published_pages().filter(project__in=with_part_of(university, Project.objects.all()))
    shown = list(pages[: MOST_ON_A_PAGE + 1])
    return {
        "university": university,
        "pages": shown[:MOST_ON_A_PAGE],
        "more": len(shown) > MOST_ON_A_PAGE,
        "request": context.get("request"),
    }


@register.simple_tag
def pages_below(index: ProjectIndexPage) -> list:
    """Published project pages of one university's list."""
    above = UniversityPage.objects.ancestor_of(index)
    return list(published_pages().filter(project__lead__in=above.values("university")))


@register.filter
def status_tone(status: str) -> str:
    return TONES[ProjectStatus(status)]
