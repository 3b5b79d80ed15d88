"""How far a project is on its way to the public."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, WorkflowState

from research.models import Project, ProjectPage


@dataclass(frozen=True, slots=True)
class Standing:
    live: bool
    #: Words that are not published yet: all of them in a draft.
    waiting: bool
    #: With the moderator.
    sent: bool
    #: Given back by the moderator, who says why in `comment`.
    returned: bool
    comment: str = ""

    @property
    def may_send(self) -> bool:
        return self.waiting and not self.sent


def standings(projects: Iterable[Project]) -> dict[int, Standing]:
    """By the project's id; `pages` of the projects should be prefetched (1 query)."""
    pages = {project.pk: project.page for project in projects}
    states = {int(state.object_id): state for state in _current_states(pages.values())}
    return {pk: _standing(page, states.get(page.pk)) for pk, page in pages.items()}


def standing_of(project: Project) -> Standing:
    return standings([project])[project.pk]


def missing_words(page: ProjectPage) -> list[Promise]:
    """What a project cannot be published without."""
    draft = page.get_latest_revision_as_object()
    asked = ((_("title"), draft.said_title), (_("summary"), draft.said_summary))
    return [name for name, said in asked if not said.strip()]


def _current_states(pages: Iterable[ProjectPage]) -> QuerySet[WorkflowState]:
    wanted = (WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES)
    states = _states().filter(object_id__in=[str(page.pk) for page in pages], status__in=wanted)
    return states.select_related("current_task_state")


def _states() -> QuerySet[WorkflowState]:
    return WorkflowState.objects.filter(base_content_type=ContentType.objects.get_for_model(Page))


def _standing(page: ProjectPage, state: WorkflowState | None) -> Standing:
    returned = state is not None and state.status == WorkflowState.STATUS_NEEDS_CHANGES
    return Standing(
        live=page.live,
        waiting=not page.live or page.has_unpublished_changes,
        sent=state is not None and not returned,
        returned=returned,
        comment=state.current_task_state.comment if returned and state.current_task_state else "",
    )
