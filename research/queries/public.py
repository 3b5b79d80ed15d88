"""Which projects everyone may read."""

from __future__ import annotations

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, QuerySet
from wagtail.models import PageViewRestriction

from research.models import Project, ProjectPage


def public_projects() -> QuerySet[Project]:
    """Those with a live page outside private sections, in whatever language."""
    return Project.objects.filter(pk__in=ProjectPage.objects.live().public().order_by().values("project"))


def is_public(project: Project) -> bool:
    return public_projects().filter(pk=project.pk).exists()


def in_private_section() -> Exists:
    """A condition on pages, as Wagtail's `public()` asks it, without a query of its own."""
    here = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    return Exists(PageViewRestriction.objects.alias(here=here).filter(here__startswith=F("page__path")))
