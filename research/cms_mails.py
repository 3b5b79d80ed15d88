"""Wagtail's mails about its workflow, but for project pages: of those research/notices.py tells, with links
that researchers can open."""

from __future__ import annotations

from django.dispatch import Signal
from wagtail import signals
from wagtail.admin import signal_handlers
from wagtail.admin.mail import Notifier
from wagtail.models import TaskState, WorkflowState

from research.models import ProjectPage

#: Signal, sender, the name under which Wagtail connects its notifier, and that.
MAILS: tuple[tuple[Signal, type, str, Notifier], ...] = (
    (
        signals.task_submitted,
        TaskState,
        "group_approval_task_submitted_email_notification",
        signal_handlers.task_submission_email_notifier,
    ),
    (
        signals.workflow_rejected,
        WorkflowState,
        "workflow_state_rejected_email_notification",
        signal_handlers.workflow_rejection_email_notifier,
    ),
    (
        signals.workflow_approved,
        WorkflowState,
        "workflow_state_approved_email_notification",
        signal_handlers.workflow_approval_email_notifier,
    ),
)


class ForOtherPages:
    def __init__(self, notifier: Notifier) -> None:
        self.notifier = notifier

    def __call__(self, instance: TaskState | WorkflowState, **signal: object) -> bool:
        state = instance.workflow_state if isinstance(instance, TaskState) else instance
        if state.content_type.model_class() is ProjectPage:
            return True
        return self.notifier(instance=instance, **signal)


def take_over() -> None:
    """Under Wagtail's own names: whichever connects last finds the place taken."""
    for signal, sender, name, notifier in MAILS:
        signal.disconnect(sender=sender, dispatch_uid=name)
        signal.connect(ForOtherPages(notifier), sender=sender, weak=False, dispatch_uid=name)
