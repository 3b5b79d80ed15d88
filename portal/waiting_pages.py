"""What waits on the ground floor: pages to approve, universities that would join."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import ngettext
from wagtail.models import TaskState

from portal.access import is_administrator
from portal.models import User
from portal.queries.joining import count_waiting

from .waiting import Waiting


def waiting_pages(person: User, now: datetime) -> Iterator[Waiting]:
    """2 queries at most."""
    pages = TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS, task__groupapprovaltask__groups__user=person
    ).count()
    text = ngettext(
        "%(count)s page waits for you to publish it", "%(count)s pages wait for you to publish them", pages
    )
    yield Waiting(text % {"count": pages}, reverse("wagtailadmin_home"), pages)
    if is_administrator(person):
        asked = count_waiting()
        text = ngettext("%(count)s university asks to join", "%(count)s universities ask to join", asked)
        yield Waiting(text % {"count": asked}, reverse("join_requests"), asked)
