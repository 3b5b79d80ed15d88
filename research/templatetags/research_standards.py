"""What a project's page says to machines, and where it leads them."""

from __future__ import annotations

from django import template

from research.models import ProjectPage

register = template.Library()


@register.inclusion_tag("research/page/downloads.html")
def project_downloads(page: ProjectPage) -> dict[str, object]:
    return {"page": page, "project": page.project}
