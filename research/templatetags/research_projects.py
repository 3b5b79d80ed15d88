"""What a project's page and "My research" show of projects."""

from __future__ import annotations

from babel import UnknownLocaleError
from babel.numbers import format_currency
from django import template
from django.template import RequestContext
from django.utils.translation import get_language

from portal.access import coordinated_universities
from portal.identifiers import doi_url, orcid_url, raid_url
from portal.models import User
from portal.sports import SPORTS
from research import access
from research.enums import Theme
from research.ford import FORD
from research.formats.json_ld import research_project
from research.models import Grant, Project, ProjectPage
from research.queries.moderation import standings
from research.queries.project_page import ProjectView, project_view
from research.queries.whole import public_whole

register = template.Library()

register.filter("orcid_url", orcid_url)
register.filter("doi_url", doi_url)
register.filter("raid_url", raid_url)


@register.inclusion_tag("research/page/machine_head.html")
def page_head(page: ProjectPage) -> dict[str, object]:
    """What the page tells machines; the body shows what was loaded for it (8 queries). Nothing of a draft."""
    whole = public_whole(page.project_id) if page.pk and page.project_id else None
    if whole is not None:
        page.project = whole
    return {"project": whole, "facts": research_project(whole) if whole else None}


@register.simple_tag(name="project_view")
def view_of(project: Project) -> ProjectView:
    return project_view(project)


@register.simple_tag
def project_codes(project: Project) -> list[tuple[str, str, str]]:
    """(facet, code, words) of themes, fields and sports; a code that is no more is left out."""
    themes = [("theme", code, Theme(code).label) for code in project.themes if code in Theme]
    fields = [("field", code, FORD[code]) for code in project.fields if code in FORD]
    sports = [("sport", code, SPORTS[code].name) for code in project.sports if code in SPORTS]
    return [(kind, code, str(words)) for kind, code, words in [*themes, *fields, *sports]]


@register.filter
def money(grant: Grant) -> str:
    try:
        return format_currency(grant.amount, grant.currency, locale=get_language(), format_type="standard")
    except (UnknownLocaleError, ValueError):
        return f"{grant.amount} {grant.currency}"


@register.simple_tag(takes_context=True)
def may_lead(context: RequestContext, project: Project) -> bool:
    """No query for visitors."""
    user = context.get("user")
    return bool(user and user.is_authenticated and access.leads(user, project))


@register.inclusion_tag("research/mine/projects.html")
def my_projects(person: User, found: list[Project]) -> dict[str, object]:
    """One's own projects, and how far each of them is (3 queries)."""
    publishes = set(coordinated_universities(person).values_list("pk", flat=True))
    there = standings(found)
    return {
        "rows": [
            {"project": one, "standing": there[one.pk], "publishes": one.lead_id in publishes}
            for one in found
        ],
    }
