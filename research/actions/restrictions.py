"""A view restriction of Wagtail's is set above projects, or taken away: they are public no more, or again."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from research.models import Project, ProjectPage

from .changes import note_change


def restriction_changed(*, instance: PageViewRestriction, raw: bool = False, **signal: object) -> None:
    if not raw:
        _note_below(instance.page_id)


def page_moved(*, instance: Page, **signal: object) -> None:
    """Into a private section, or out of it."""
    _note_below(instance.pk)


@transaction.atomic
def _note_below(page_id: int) -> None:
    """Facets, records, search and kept pages of all projects there follow."""
    above = Page.objects.filter(pk=page_id).first()
    if above is None:
        return
    below = ProjectPage.objects.descendant_of(above, inclusive=True).order_by().values("project")
    now = timezone.now()
    for project in Project.objects.filter(pk__in=below):
        note_change(project=project, now=now)
