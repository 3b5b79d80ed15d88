"""What follows when a project, or what hangs on it, has changed: the one place that all actions tell."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page
from wagtail.search import index

from portal.enqueue import enqueue
from portal.page_cache import page_changed
from portal.search import keep
from research.models import Project, ProjectPage

from .facets import write_facets
from .records import write_record


@transaction.atomic
def note_change(*, project: Project, now: datetime) -> None:
    """Facets, records, search and kept pages follow at once, suggestions by a task after commit."""
    _note_row(project, now)
    for page in ProjectPage.objects.filter(project=project):
        index.insert_or_update_object(page)
        keep.saved(instance=page)
        page_changed(instance=page)


def _note_row(project: Project, now: datetime) -> None:
    Project.objects.filter(pk=project.pk).update(changed_at=now)
    current = Project.objects.select_related("lead").get(pk=project.pk)
    write_facets(current, now)
    write_record(current, now)
    enqueue("research.suggest_for", project_id=project.pk)


def page_saved(*, instance: Page, raw: bool = False, update_fields=None, **signal: object) -> None:
    """A page that was published or taken down; drafts are saved field by field and change nothing here.

    Search and kept pages follow the page itself, by signals of their own.
    """
    if not raw and (update_fields is None or "live" in update_fields):
        with transaction.atomic():
            _note_row(instance.project, timezone.now())


def page_deleted(*, instance: ProjectPage, **signal: object) -> None:
    project = Project.objects.select_related("lead").filter(pk=instance.project_id).first()
    if project is not None:
        now = timezone.now()
        write_facets(project, now)
        write_record(project, now)
