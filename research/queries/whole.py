"""Public projects with all that machine-readable forms tell; one costs as many queries as a hundred."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Prefetch
from wagtail.models import Page

from research.models import Member, Participation, Project, ProjectPage


def public_wholes(keys: Iterable[int]) -> dict[int, Project]:
    """By key; those that are not public are not among them."""
    live = ProjectPage.objects.live().public().select_related("locale").defer_streamfields().order_by("pk")
    shown = Member.objects.filter(shown=True, left_at=None).exclude(name="").select_related("university")
    found = (
        Project.objects.filter(pk__in=list(keys))
        .select_related("lead")
        .prefetch_related(
            Prefetch("pages", live, to_attr="public_pages"),
            Prefetch("members", shown, to_attr="shown_members"),
            Prefetch("participations", Participation.objects.select_related("university")),
            "outside_parties",
            "grants",
            "outputs",
        )
    )
    return {project.pk: project for project in found if project.public_pages}


def public_whole(key: int) -> Project | None:
    return public_wholes([key]).get(key)


def page_of(project: Project) -> Page:
    """The public one that was written first."""
    return project.public_pages[0]
