"""What of research waits for a person: quiet projects, answers to calls, invitations."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import ngettext

from portal.models import User
from portal.waiting import Waiting
from research.access import projects_of
from research.enums import InterestState, ProjectStatus
from research.models import ProjectPage
from research.queries.interests import undecided_for

#: Half a year without a word, and visitors take a project for dead.
QUIET = timedelta(days=182)


def waiting_projects(person: User, now: datetime) -> Iterator[Waiting]:
    """Published, not finished, and unchanged for six months (1 query)."""
    told = ProjectPage.objects.filter(live=True, last_published_at__gte=now - QUIET)
    quiet = (
        projects_of(person)
        .filter(pk__in=ProjectPage.objects.live().values("project"))
        .exclude(status=ProjectStatus.FINISHED)
        .exclude(pk__in=told.values("project"))
        .distinct()
        .count()
    )
    text = ngettext(
        "%(count)s project has had no news for six months",
        "%(count)s projects have had no news for six months",
        quiet,
    )
    yield Waiting(text % {"count": quiet}, reverse("research:mine"), quiet)


def waiting_answers(person: User, now: datetime) -> Iterator[Waiting]:
    """New answers to calls that one leads, and invitations to oneself (2 queries)."""
    new = undecided_for(person).count()
    text = ngettext(
        "%(count)s answer to your calls is undecided", "%(count)s answers to your calls are undecided", new
    )
    yield Waiting(text % {"count": new}, reverse("research:mine") + "#my-calls", new)
    invited = person.interests.filter(state=InterestState.INVITED).count()
    text = ngettext(
        "%(count)s invitation to a project is unanswered",
        "%(count)s invitations to projects are unanswered",
        invited,
    )
    yield Waiting(text % {"count": invited}, reverse("research:interests"), invited)
