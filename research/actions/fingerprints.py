"""Keeps what suggestions are computed from: at once for one row, and all that were missed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.db import transaction
from django.db.models import Exists, Model, OuterRef, QuerySet

from research.models import Fingerprint, Project, ResearcherProfile
from research.queries.fingerprints import (
    looks_for_partners,
    profile_fingerprint,
    project_fingerprint,
    suggestible_profiles,
    suggestible_projects,
)

BATCH = 1000


def write_project_fingerprints(projects: QuerySet[Project]) -> None:
    """Of those of `projects` that are public; what others had is taken away."""
    public = suggestible_projects().filter(pk__in=projects)
    _write("project", projects, public, _of_project)


def write_profile_fingerprints(profiles: QuerySet[ResearcherProfile]) -> None:
    shown = suggestible_profiles().filter(pk__in=profiles)
    _write("profile", profiles, shown, _of_profile)


def catch_up_fingerprints() -> None:
    """All whose row has changed since, or that have none though they should, or have one and should not."""
    write_project_fingerprints(_stale(Project, "project"))
    write_profile_fingerprints(_stale(ResearcherProfile, "profile"))
    hidden = Fingerprint.objects.exclude(profile=None).exclude(profile__in=suggestible_profiles())
    hidden.delete()
    Fingerprint.objects.exclude(project=None).exclude(project__in=suggestible_projects()).delete()


def _stale(model: type[Model], owner: str) -> QuerySet:
    fresh = Fingerprint.objects.filter(**{owner: OuterRef("pk")}, made_of=OuterRef("changed_at"))
    return model.objects.filter(~Exists(fresh))


def _of_project(project: Project) -> dict[str, object]:
    return {"packed": project_fingerprint(project), "seeks": looks_for_partners(project)}


def _of_profile(profile: ResearcherProfile) -> dict[str, object]:
    return {"packed": profile_fingerprint(profile), "seeks": True}


def _write(
    owner: str, wanted: QuerySet, shown: QuerySet, facts: Callable[[Model], dict[str, object]]
) -> None:
    for rows in _batches(shown):
        prints = [Fingerprint(**{owner: row}, made_of=row.changed_at, **facts(row)) for row in rows]
        with transaction.atomic():
            Fingerprint.objects.bulk_create(
                prints,
                update_conflicts=True,
                unique_fields=[owner],
                update_fields=["packed", "made_of", "seeks"],
            )
    Fingerprint.objects.filter(**{f"{owner}__in": wanted}).exclude(**{f"{owner}__in": shown}).delete()


def _batches(rows: QuerySet) -> Iterator[list[Model]]:
    last = 0
    while batch := list(rows.filter(pk__gt=last).order_by("pk")[:BATCH]):
        yield batch
        last = batch[-1].pk
