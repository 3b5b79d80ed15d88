"""Mails about projects, written in the transaction of the change that they tell of."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from portal.models import User
from portal.outbox import enqueue_mail, render_mail
from portal.queries.people import coordinators_of
from research.models import Project


def tell_proposed(*, project: Project, by: User, now: datetime) -> None:
    """To every coordinator of the lead university but the one who proposes."""
    context = {
        "project": project,
        "by": by,
        "page_url": f"{settings.BASE_URL}{reverse('wagtailadmin_pages:edit', args=[project.page.pk])}",
        "facts_url": f"{settings.BASE_URL}{reverse('research:project_edit', args=[project.pk])}",
    }
    for person in coordinators_of(project.lead).exclude(pk=by.pk):
        subject, text, html = render_mail("research/proposed", context, person.language)
        enqueue_mail(
            kind="proposed",
            dedupe_key=f"proposed:{project.pk}:{person.pk}",
            recipient=person,
            subject=subject,
            text=text,
            html=html,
            now=now,
        )
