"""What a project's page says to machines, and where it leads them."""

from __future__ import annotations

from django import template

from research.formats.json_ld import research_project
from research.models import ProjectPage
from research.queries.whole import public_whole

register = template.Library()


@register.inclusion_tag("research/page/machine_head.html")
def project_for_machines(page: ProjectPage) -> dict[str, object]:
    """Nothing of a draft (9 queries)."""
    project = public_whole(page.project_id) if page.pk and page.project_id else None
    return {"project": project, "facts": research_project(project) if project else None}


@register.inclusion_tag("research/page/downloads.html")
def project_downloads(page: ProjectPage) -> dict[str, object]:
    return {"page": page, "project": page.project}
