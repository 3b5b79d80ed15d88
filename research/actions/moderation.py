"""A draft goes to the moderators of the lead university, who publish it or give it back with a word.

It is Wagtail's workflow: what is decided in the CMS counts the same, and the signals below tell of both.
"""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import TaskState, WorkflowState

from portal.actions.workflows import give_workflow
from portal.models import User
from portal.refusal import Refusal
from research.access import leads, may_publish
from research.models import Project, ProjectPage
from research.notices import tell_proposed
from research.queries.moderation import missing_words

from .holding import lock_page, stop_waiting


class UnableToSend(Refusal):
    pass


class UnableToDecide(Refusal):
    pass


@transaction.atomic
def send_project(*, project: Project, consent: bool, by: User, now: datetime) -> None:
    """`consent`: everybody who is named has agreed, and what becomes public was read."""
    page = lock_page(project)
    if not leads(by, project):
        raise UnableToSend(_("You do not lead this project any more."))
    if missing := missing_words(page):
        raise UnableToSend(_("Fill in first: %(what)s.") % {"what": ", ".join(map(str, missing))})
    if not consent:
        raise UnableToSend(_("Say that you agree to what becomes public."))
    if page.live and not page.has_unpublished_changes:
        raise UnableToSend(_("All of it is published; there is nothing to send."))
    state = page.current_workflow_state
    if state is not None and state.status == WorkflowState.STATUS_IN_PROGRESS:
        raise UnableToSend(_("It is with the moderator already."))
    if state is not None:
        state.resume(user=by)
    else:
        workflow = page.get_workflow() or give_workflow(university=project.lead)
        workflow.start(page, user=by)
    tell_proposed(project=project, by=by, now=now)


@transaction.atomic
def take_back_project(*, project: Project, by: User) -> None:
    page = lock_page(project)
    if not leads(by, project) or not stop_waiting(page, by):
        raise UnableToSend(_("It is not with the moderator any more."))


@transaction.atomic
def approve_project(*, project: Project, by: User) -> None:
    """Publishes what was sent."""
    task = _waiting_task(lock_page(project), project, by)
    try:
        task.approve(user=by)
    except PermissionDenied:
        raise UnableToDecide(_("Only a coordinator of the lead university publishes it.")) from None


@transaction.atomic
def return_project(*, project: Project, comment: str, by: User) -> None:
    if not comment.strip():
        raise UnableToDecide(_("Write what should be changed; its author reads it."))
    _waiting_task(lock_page(project), project, by).reject(user=by, comment=comment)


def _waiting_task(page: ProjectPage, project: Project, by: User) -> TaskState:
    state = page.current_workflow_state
    waits = state is not None and state.status == WorkflowState.STATUS_IN_PROGRESS
    if not waits or not may_publish(by, project):
        raise UnableToDecide(
            _("It is not waiting any more: it was taken back, changed or decided meanwhile.")
        )
    return state.current_task_state.specific
