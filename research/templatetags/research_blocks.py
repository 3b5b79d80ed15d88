"""What blocks on pages show of research."""

from __future__ import annotations

from django import template

from portal.models import University
from portal.queries.news import university_of
from research.models import Project, ProjectPage
from research.queries.projects import published_pages, with_part_of

register = template.Library()

#: The word of portal.blocks.live for what the page is about.
HERE = "here"


@register.simple_tag(takes_context=True)
def block_projects(context: template.Context, whose: str, most: int | None) -> list[ProjectPage]:
    """Published projects in which the page's university has a part; all where it belongs to none."""
    page = context.get("page")
    pages = published_pages()
    if whose == HERE and page is not None and page.pk is not None:
        own = getattr(page, "university", None)
        university = own if isinstance(own, University) else university_of(page)
        if university is not None:
            pages = pages.filter(project__in=with_part_of(university, Project.objects.all()))
    return list(pages[: most or 5])
