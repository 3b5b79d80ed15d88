"""Who might work together, where pages show it."""

from __future__ import annotations

from django import template
from django.template import RequestContext

from research.models import Project, ResearcherProfile
from research.queries.suggestions import Shown, projects_for, similar_projects, suggested_partners

register = template.Library()


@register.inclusion_tag("research/suggestions/similar.html")
def similar(project: Project) -> dict[str, list[Shown]]:
    """On a project's page (4 queries)."""
    return {"shown": similar_projects(project)}


@register.inclusion_tag("research/suggestions/partners.html", takes_context=True)
def partners_for(context: RequestContext, project: Project) -> dict[str, object]:
    """On the lead's desk."""
    shown = suggested_partners(project, context["request"].user)
    return {"shown": shown, "project": project, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("research/suggestions/for_reader.html", takes_context=True)
def projects_for_me(context: RequestContext) -> dict[str, object]:
    """On "My research"; nothing for somebody without a profile."""
    profile = ResearcherProfile.objects.filter(person=context["request"].user).first()
    shown = projects_for(profile) if profile else []
    return {"profile": profile, "shown": shown, "csrf_token": context.get("csrf_token")}
