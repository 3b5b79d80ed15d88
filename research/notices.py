"""Mails about projects, written in the transaction of the change that they tell of."""

from __future__ import annotations

from datetime import datetime
from email.utils import formataddr

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import WorkflowState

from portal.models import DigestEntry, OutboxMessage, User
from portal.notices import notify
from portal.outbox.addresses import wire_address
from portal.outbox.mime import one_line
from portal.queries.people import coordinators_of
from research.models import Project, ResearcherMessage


def tell_proposed(*, project: Project, by: User, now: datetime) -> None:
    """To every coordinator of the lead university but the one who sends it; each time it is sent."""
    draft = project.page.get_latest_revision_as_object()
    context = {
        "project": project,
        "title": draft.said_title,
        "summary": draft.said_summary,
        "by": by.get_full_name() or _("A researcher"),
        "page_url": f"{settings.BASE_URL}{reverse('research:project_review', args=[project.pk])}",
        "facts_url": f"{settings.BASE_URL}{reverse('research:project_edit', args=[project.pk])}",
    }
    for person in coordinators_of(project.lead).exclude(pk=by.pk):
        notify(
            person=person,
            kind="proposed",
            dedupe_key=f"proposed:{project.pk}:{project.page.current_workflow_task_state.pk}",
            template="research/proposed",
            context=context,
            link=context["page_url"],
            now=now,
        )


def tell_returned(*, project: Project, state: WorkflowState, by: User | None, now: datetime) -> None:
    url = f"{settings.BASE_URL}{reverse('research:project_edit', args=[project.pk])}"
    comment = state.current_task_state.comment
    _tell_sender("project_returned", "research/returned", project, state, by, url, now, comment=comment)


def tell_approved(*, project: Project, state: WorkflowState, by: User | None, now: datetime) -> None:
    _tell_sender("project_published", "research/published", project, state, by, project.page.full_url, now)


def _tell_sender(
    kind: str,
    template: str,
    project: Project,
    state: WorkflowState,
    by: User | None,
    url: str,
    now: datetime,
    **more: object,
) -> None:
    """Who sent it; not of what they decided themselves."""
    person = state.requested_by
    if person is None or person == by or not person.is_active:
        return
    notify(
        person=person,
        kind=kind,
        dedupe_key=f"{kind}:{project.pk}:{state.current_task_state_id}",
        template=template,
        context={"project": project, "title": project.page.said_title, "url": url} | more,
        link=url,
        now=now,
    )


def tell_researcher_message(
    *, message: ResearcherMessage, subject: str, text: str, now: datetime
) -> OutboxMessage | DigestEntry | None:
    """The writer has agreed that the reader sees their name and address; the mail is answered to it."""
    writer, profile = message.writer, message.profile
    return notify(
        person=profile.person,
        kind="researcher_message",
        dedupe_key=f"researcher_message:{message.pk}",
        template="research/researcher_message",
        context={"writer": writer, "address": writer.email, "about": subject, "text": text},
        link=f"{settings.BASE_URL}{profile.get_absolute_url()}",
        now=now,
        headers={"Reply-To": formataddr((one_line(writer.get_full_name()), wire_address(writer.email)))},
    )
