"""Keeps what harvesters are told of: each project that was public once, and whether it still is.

A harvester asks for what changed since its last visit, and takes the date of that answer for the visit. So no
record may turn up later with an earlier datestamp. But a change is stamped before it is committed. Therefore
its datestamp lies ahead, by more than a transaction lasts, and harvesters are shown nothing that is stamped
later than their own visit: when a datestamp comes, its change stands.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import DateTimeField, F, Value
from django.db.models.functions import Greatest
from django.utils import timezone

from research.models import Project, Record
from research.queries.public import is_public

#: From a change to its datestamp: twice what the web server grants a request, for clocks that differ.
SETTLING = timedelta(seconds=60)


def write_record(project: Project, now: datetime) -> None:
    """A project that stops being public leaves a record that says so; a draft leaves none."""
    if not is_public(project):
        _mark_gone(project, now)
        return
    facts = {"deleted": False, "sets": sets_of(project)}
    if not Record.objects.filter(project=project).update(changed_at=_stamp(now), **facts):
        Record.objects.get_or_create(
            project=project, defaults={"key": key_of(project), "changed_at": now + SETTLING, **facts}
        )


def forget_project(*, instance: Project, **signal: object) -> None:
    """Before its row is deleted, whoever does that."""
    _mark_gone(instance, timezone.now())


def key_of(project: Project) -> str:
    """As the OpenAIRE guidelines write identifiers."""
    return f"Projects/{project.pk}"


def sets_of(project: Project) -> list[str]:
    return [f"university:{project.lead.ror}", *(f"theme:{code}" for code in sorted(project.themes))]


def _mark_gone(project: Project, now: datetime) -> None:
    Record.objects.filter(project=project, deleted=False).update(changed_at=_stamp(now), deleted=True)


def _stamp(now: datetime) -> Greatest:
    """Never before the one it had: a clock that was set back takes no change out of sight."""
    return Greatest(F("changed_at"), Value(now + SETTLING, output_field=DateTimeField()))
