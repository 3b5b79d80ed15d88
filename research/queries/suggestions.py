"""Suggestions as people see them: what still may be seen, the best first, with reasons in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from portal.access import Person
from research.models import Project, ProjectPage, ResearcherProfile, Suggestion
from research.suggestion_words import reasons_in_words

from .profiles import visible_profiles
from .projects import published_pages


@dataclass(frozen=True, slots=True)
class Shown:
    """What a card says. `page` is that of a project, `profile` that of a researcher."""

    suggestion: Suggestion
    reasons: list[str]
    page: ProjectPage | None = None
    profile: ResearcherProfile | None = None


def similar_projects(project: Project) -> list[Shown]:
    """For everyone (3 queries)."""
    return _with_pages(_standing(project.suggestions.exclude(project=None)), project)


def suggested_partners(project: Project, person: Person) -> list[Shown]:
    """For who leads the project: researchers whose profiles `person` may see."""
    found = list(_standing(project.suggestions.exclude(profile=None)))
    wanted = [one.profile_id for one in found]
    profiles = visible_profiles(person).select_related("university").in_bulk(wanted)
    return [
        Shown(one, reasons_in_words(one.reasons, project, profile), profile=profile)
        for one in found
        if (profile := profiles.get(one.profile_id)) is not None
    ]


def projects_for(profile: ResearcherProfile) -> list[Shown]:
    """Projects that look for partners, for one researcher."""
    return _with_pages(_standing(profile.suggestions.exclude(project=None)), profile)


def _standing(suggestions: QuerySet[Suggestion]) -> QuerySet[Suggestion]:
    return suggestions.filter(dismissed_at=None).order_by("-score", "pk")


def _with_pages(suggestions: QuerySet[Suggestion], other: Project | ResearcherProfile) -> list[Shown]:
    found: Sequence[Suggestion] = list(suggestions)
    pages = published_pages().prefetch_related(None).filter(project__in=[one.project_id for one in found])
    by_project = {page.project_id: page for page in pages}
    return [
        Shown(one, reasons_in_words(one.reasons, page.project, other), page=page)
        for one in found
        if (page := by_project.get(one.project_id)) is not None
    ]
