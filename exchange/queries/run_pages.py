"""Runs as coordinators and portal administrators see them."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from exchange.models import MatchRun, PlannedFixture, UnservedRequest
from portal.models import University

SIDE = "team__club__university"


def listed_runs(runs: QuerySet[MatchRun]) -> QuerySet[MatchRun]:
    """Without the snapshots, which are large."""
    return runs.select_related("season", "asked_by").defer("pool")


def planned_of(run: MatchRun, universities: QuerySet[University] | None) -> QuerySet[PlannedFixture]:
    """Fixtures of a run that concern `universities`; all with None."""
    planned = run.planned.select_related(f"host__{SIDE}", f"guest__{SIDE}").order_by("date", "pk")
    if universities is None:
        return planned
    theirs = universities.values("pk")
    sides = Q(host__team__club__university__in=theirs) | Q(guest__team__club__university__in=theirs)
    return planned.filter(sides)


def unserved_of(run: MatchRun, universities: QuerySet[University] | None) -> QuerySet[UnservedRequest]:
    unserved = run.unserved.select_related(f"request__{SIDE}").order_by("request__team__name", "pk")
    if universities is None:
        return unserved
    return unserved.filter(request__team__club__university__in=universities.values("pk"))
