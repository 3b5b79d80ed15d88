"""What joint research keeps of a person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from portal.models import User
from portal.personal import FORMER_MEMBER
from research.enums import ProjectStatus
from research.models import (
    Call,
    Decision,
    Interest,
    InterestMessage,
    Member,
    Project,
    ProjectPage,
    ResearcherMessage,
    ResearcherProfile,
    SavedSearch,
    Suggestion,
)

PROFILE = (
    "key", "name", "about", "fields", "methods", "languages", "open_to", "sports", "orcid",
    "university__name", "verified", "verified_at", "visibility", "changed_at",
)  # fmt: skip


def names(person: User) -> Iterator[str]:
    yield from _named(ResearcherProfile.objects.filter(person=person))
    yield from _named(Member.objects.filter(person=person))


def hindrances(person: User) -> Iterator[str]:
    led = Project.objects.filter(investigator=person, status=ProjectStatus.RUNNING)
    for project in led.filter(pk__in=ProjectPage.objects.values("project")):
        yield _(
            "You lead the running project “%(project)s”. Hand over the lead first, or say that it is"
            " finished."
        ) % {"project": project}


def erase(person: User, now: datetime) -> None:
    """Places in projects stay without a name; what they wrote to others goes."""
    # An action: with it comes what pages and harvesters need, and no process starts with that.
    from research.actions.changes import note_change
    from research.actions.freed_places import free_places

    mine = _memberships(person)
    changed = set(mine.values_list("project", flat=True))
    changed |= set(person.projects.values_list("pk", flat=True))
    for project in Project.objects.filter(pk__in=changed):
        free_places(project=project, person=person, now=now)
    mine.filter(left_at=None).update(left_at=now)
    mine.update(person=None, name=FORMER_MEMBER, orcid="", shown=False, university=None)
    InterestMessage.objects.filter(by=person).delete()
    Interest.objects.filter(person=person).delete()
    ResearcherProfile.objects.filter(person=person).delete()
    SavedSearch.objects.filter(person=person).delete()
    Project.objects.filter(investigator=person).update(investigator=None)
    for project in Project.objects.filter(pk__in=changed):
        note_change(project=project, now=now)


def export(person: User) -> dict[str, object]:
    profile = ResearcherProfile.objects.filter(person=person)
    about_me = Suggestion.objects.filter(Q(profile__in=profile) | Q(reader__in=profile))
    return {
        "profile": _rows(profile, *PROFILE),
        "memberships": _rows(
            _memberships(person),
            "project__title", "name", "orcid", "university__name", "credit", "shown", "joined_at", "left_at",
        ),
        "projects_i_lead": _rows(person.projects, "title", "status", "created_at"),
        "calls": _rows(Call.objects.filter(created_by=person), "project__title", "title", "created_at"),
        "interests": _rows(
            Interest.objects.filter(person=person),
            "call__title", "text", "state", "reason", "reason_text", "created_at", "moved_at",
        ),
        "messages_by_me": _rows(
            InterestMessage.objects.filter(by=person), "interest__call__title", "text", "sent_at"
        ),
        "messages_to_me": _rows(
            InterestMessage.objects.filter(interest__person=person).exclude(by=person),
            "interest__call__title", "text", "sent_at",
        ),
        "messages_to_researchers": _rows(ResearcherMessage.objects.filter(writer=person), "written_at"),
        "saved_searches": _rows(
            SavedSearch.objects.filter(person=person), "name", "query", "rhythm", "created_at"
        ),
        "suggestions": _rows(about_me, "source__title", "score", "reasons", "dismissed_at"),
        "decisions": _rows(Decision.objects.filter(written_by=person), "project__title", "text", "taken_on"),
    }  # fmt: skip


def _memberships(person: User) -> QuerySet[Member]:
    """Also those that a lead wrote down without the account, known by the iD."""
    profile = ResearcherProfile.objects.filter(person=person).exclude(orcid="").first()
    found = Q(person=person)
    if profile is not None:
        found |= Q(person=None, orcid=profile.orcid)
    return Member.objects.filter(pk__in=list(Member.objects.filter(found).values_list("pk", flat=True)))


def _named(rows: QuerySet) -> Iterator[str]:
    for name, orcid in rows.values_list("name", "orcid"):
        yield from (name, orcid)


def _rows(rows: QuerySet, *columns: str) -> list[dict[str, object]]:
    return list(rows.order_by("pk").values(*columns))
