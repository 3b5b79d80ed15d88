"""A large run in pieces: cut, computed by as many workers as there are, joined by counting rows.

A run that waits for its components is computing without a lease. Messages only say that there may be
something to do; which component is next, and whether it was the last, the rows say.
"""

from __future__ import annotations

import logging
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet, Sum

from exchange import gateway, matching, words
from exchange.enums import ComponentState, RunState
from exchange.models import MatchRun, RunComponent
from portal.clock import Clock
from portal.enqueue import enqueue

from .lease import Lease, LeaseLost, lease_of_component, told

log = logging.getLogger(__name__)

#: Seconds that even the smallest component may use.
LEAST_SECONDS = 1.0


@transaction.atomic
def hand_out(lease: Lease, run: MatchRun, parts: tuple[matching.Component, ...]) -> None:
    """Writes a row for each component, lets the run go, and calls the workers, for the largest first."""
    lease.release(attempts=0)
    now = lease.clock.now()
    rows = [_row(run, number, part, now) for number, part in enumerate(parts)]
    _use_again(run, rows, now)
    RunComponent.objects.bulk_create(rows, batch_size=1)
    for row in rows:
        if row.state == ComponentState.QUEUED:
            enqueue("exchange.compute_component", run_id=run.pk, number=row.number)
    join_once_done(run_id=run.pk)


def _row(run: MatchRun, number: int, part: matching.Component, now: datetime) -> RunComponent:
    packed, content = gateway.snapshot(part.pool)
    return RunComponent(
        run=run,
        number=number,
        work=part.work,
        parts=part.parts,
        pool=packed,
        pool_hash=content,
        created_at=now,
    )


def _use_again(run: MatchRun, rows: list[RunComponent], now: datetime) -> None:
    """A component that an earlier run of the season has proven, to the same byte, is done already."""
    earlier = RunComponent.objects.filter(
        run__season=run.season_id, pool_hash__in=[row.pool_hash for row in rows], proven=True
    )
    known = {row.pool_hash: row for row in earlier.defer("pool")}
    for row in rows:
        if same := known.get(row.pool_hash):
            row.state, row.plan, row.proven, row.finished_at = ComponentState.DONE, same.plan, True, now
            row.progress = same.progress


def compute_component(*, run_id: int, now: datetime) -> None:
    """Computes components of the run, the largest that waits first, until none waits any more."""
    clock = Clock(now)
    while component := _take(run_id, clock):
        try:
            _compute(*component)
        except LeaseLost as lost:
            log.warning("%s was taken from this worker; its work is thrown away", lost)
        except Exception:
            log.exception("%s failed", component[1].name)
            fail_run(run_id=run_id, failure=words.ENGINE_FAILED, now=clock.now())
    join_once_done(run_id=run_id)


def _take(run_id: int, clock: Clock) -> tuple[RunComponent, Lease] | None:
    """The largest component that waits, with the lease on it."""
    waiting = RunComponent.objects.filter(run=run_id, state=ComponentState.QUEUED).defer("plan")
    while component := waiting.order_by("number").first():
        lease = lease_of_component(component, clock)
        if lease.take():
            return component, lease
        if not lease.rows.exists():
            return None
    return None


def _compute(component: RunComponent, lease: Lease) -> None:
    begun, budget = lease.clock.seconds(), _budget(component)
    lease.write(seconds=budget)
    plan = matching.solve(gateway.pool_of(component), budget=budget, on_progress=lease.note)
    used = lease.clock.seconds() - begun
    lease.release(
        state=ComponentState.DONE,
        plan=gateway.packed_plan(plan),
        proven=plan.objective == plan.bound,
        seconds=used,
        finished_at=lease.clock.now(),
        progress=told(
            matching.Progress("optimum", plan.objective, plan.bound, component.parts, component.parts, used)
        ),
    )


def _budget(component: RunComponent) -> float:
    """Its share of what the run may still use, counted in seconds of one worker.

    So a plan is as good from one worker as from ten, and what one component saves is for those after it.
    """
    rows = RunComponent.objects.filter(run=component.run_id)
    others = rows.exclude(pk=component.pk)
    # A component in computation has laid claim to its share; a queued one may have, before its worker died.
    claimed = others.exclude(state=ComponentState.QUEUED).aggregate(sum=Sum("seconds"))["sum"] or 0.0
    waiting = others.filter(state=ComponentState.QUEUED).aggregate(sum=Sum("work"))["sum"] or 0
    share = component.work / (component.work + waiting)
    return max(LEAST_SECONDS, (settings.MATCHING_BUDGET - claimed) * share)


def join_once_done(*, run_id: int) -> None:
    """Queues a run whose last component is done; it is joined by whoever takes it next."""
    if RunComponent.objects.filter(run=run_id).exclude(state=ComponentState.DONE).exists():
        return
    cut = RunComponent.objects.filter(run=OuterRef("pk"))
    if _waiting_run(run_id).filter(Exists(cut)).update(state=RunState.QUEUED):
        enqueue("exchange.compute_run", run_id=run_id)


def joined_plan(run: MatchRun, pool: matching.Pool) -> matching.Plan:
    rows = run.components.defer("pool").order_by("number")
    return matching.joined(pool, [gateway.plan_of_component(row) for row in rows])


def clear_components(run: MatchRun) -> None:
    """Once the run is staged: what is proven may serve the next run of the season, all else has served."""
    RunComponent.objects.filter(run__season=run.season_id).exclude(run=run, proven=True).delete()
    run.components.update(pool=None)


def fail_run(*, run_id: int, failure: str, now: datetime) -> None:
    _waiting_run(run_id).update(state=RunState.FAILED, failure=failure, finished_at=now)


def _waiting_run(run_id: int) -> QuerySet[MatchRun]:
    """The run while it waits for its components: whoever moves it on from here wins."""
    return MatchRun.objects.filter(pk=run_id, state=RunState.COMPUTING, lease_token__isnull=True)
