"""What follows when Wagtail publishes a project's page, or its workflow ends: in the portal or in the CMS."""

from __future__ import annotations

from django.utils import timezone
from wagtail.models import Revision, WorkflowState

from portal.models import User
from research.models import Project, ProjectPage
from research.notices import tell_approved, tell_returned

from .changes import note_change
from .facts import WORDS
from .rows import change_row


def page_published(*, instance: ProjectPage, revision: Revision | None = None, **signal: object) -> None:
    """The project takes over the words that waited; nothing publishes them a second time."""
    words = {name: said for name, said in instance.words.items() if name in WORDS}
    if not words:
        return
    project = Project.objects.get(pk=instance.project_id)
    change_row(project, words)
    ProjectPage.objects.filter(pk=instance.pk).update(words={})
    instance.words = {}
    if revision is not None:
        Revision.objects.filter(pk=revision.pk).update(content=revision.content | {"words": {}})
    note_change(project=project, now=timezone.now())


def workflow_rejected(*, instance: WorkflowState, user: User | None = None, **signal: object) -> None:
    page = _project_page(instance)
    if page is not None and instance.requested_by is not None:
        tell_returned(project=page.project, state=instance, by=user, now=timezone.now())


def workflow_approved(*, instance: WorkflowState, user: User | None = None, **signal: object) -> None:
    page = _project_page(instance)
    if page is not None and instance.requested_by is not None:
        tell_approved(project=page.project, state=instance, by=user, now=timezone.now())


def _project_page(state: WorkflowState) -> ProjectPage | None:
    if state.content_type.model_class() is not ProjectPage:
        return None
    return ProjectPage.objects.select_related("project__lead").filter(pk=state.object_id).first()
