"""Runs as coordinators and portal administrators see them."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from exchange import matching
from exchange.enums import ComponentState, RunState
from exchange.models import MatchRun, PlannedFixture, RunComponent, UnservedRequest
from portal.models import University

SIDE = "team__club__university"


def listed_runs(runs: QuerySet[MatchRun]) -> QuerySet[MatchRun]:
    """Without the snapshots and reports, which are large."""
    return runs.select_related("season", "asked_by").defer("pool", "report")


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


def progress_of(run: MatchRun, *, now: datetime) -> dict[str, object]:
    """How far the run is; of one in components the sum of what each of them tells (1 query)."""
    if run.state != RunState.COMPUTING or run.lease_token is not None:
        return run.progress
    rows = list(run.components.defer("pool", "plan"))
    if not rows:
        return run.progress
    bounds = [row.progress.get("bound") for row in rows]
    return {
        "stage": "optimum",
        "done": sum(_parts_done(row) for row in rows),
        "total": sum(row.parts for row in rows),
        "seconds": (now - min(row.created_at for row in rows)).total_seconds(),
        "objective": _summed([row.progress.get("objective") for row in rows]),
        "bound": _summed(bounds) if all(bounds) else None,
    }


def _parts_done(row: RunComponent) -> int:
    if row.state == ComponentState.DONE:
        return row.parts
    return min(row.parts, row.progress.get("done", 0))


def _summed(told: list[dict[str, int] | None]) -> dict[str, int]:
    """A component that has not told a plan yet has none."""
    return {name: sum(one[name] for one in told if one) for name in matching.Objective._fields}
