"""What actions derive from a project that is public: facets, the harvesters' record, the search's entry."""

from __future__ import annotations

from datetime import datetime

from django.db.models import prefetch_related_objects

from portal.search import keep
from research.actions.records import key_of, sets_of
from research.facets import facets_of
from research.models import Facet, Project, ProjectPage, Record


def add_derived(projects: list[Project], pages: list[ProjectPage], now: datetime) -> None:
    prefetch_related_objects(projects, "partners", "calls")
    rows = (
        Facet(project=project, kind=kind, value=value, since=project.published_at)
        for project in projects
        for kind, value in sorted(set(facets_of(project)))
    )
    Facet.objects.bulk_create(rows, batch_size=5000)
    Record.objects.bulk_create(
        Record(key=key_of(project), project=project, changed_at=project.changed_at, sets=sets_of(project))
        for project in projects
    )
    keep.enter_all(pages)
