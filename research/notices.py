"""Mails about projects, written in the transaction of the change that they tell of."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from portal.models import User
from portal.notices import notify
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
        notify(
            person=person,
            kind="proposed",
            dedupe_key=f"proposed:{project.pk}",
            template="research/proposed",
            context=context,
            link=context["page_url"],
            now=now,
        )
