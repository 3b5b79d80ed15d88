"""Keeps the rows by which projects are found. A project that is not public has none."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from research.facets import facets_of
from research.models import Facet, Project
from research.queries.public import is_public


@transaction.atomic
def write_facets(project: Project, now: datetime) -> None:
    public = is_public(project)
    wanted = set(facets_of(project)) if public else set()
    kept = {(facet.kind, facet.value): facet.pk for facet in project.facets.all()}
    Facet.objects.filter(pk__in=[pk for key, pk in kept.items() if key not in wanted]).delete()
    Facet.objects.bulk_create(
        [
            Facet(project=project, kind=kind, value=value, since=now)
            for kind, value in sorted(wanted - kept.keys())
        ],
        ignore_conflicts=True,
    )
    _note_publication(project, now if public else None)


def _note_publication(project: Project, published_at: datetime | None) -> None:
    """Only when that changes: a project that stays public keeps the time at which it became so."""
    rows = Project.objects.filter(pk=project.pk)
    if published_at is None:
        rows.exclude(published_at=None).update(published_at=None)
    else:
        rows.filter(published_at=None).update(published_at=published_at)
