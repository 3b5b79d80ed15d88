from __future__ import annotations

import logging
from datetime import datetime

from django.conf import settings
from django.db import transaction

from exchange import gateway, matching, words
from exchange.enums import RunState
from exchange.models import MatchRun
from portal.clock import Clock

from .check import check_run
from .components import clear_components, hand_out, joined_plan
from .lease import Lease, LeaseLost, lease_of_run

log = logging.getLogger(__name__)

#: A pool of fewer requests is solved by the one worker at once: to cut it would cost more than it gives.
LEAST_REQUESTS = 5_000
#: The same for fewer candidates, counted once the pool is cut.
LEAST_WORK = 200_000


def compute_run(*, run_id: int, now: datetime) -> None:
    """Snapshot, plan, check, and publication where the season does that by itself.

    A large run is only cut here: its components are computed by all workers, and once they are done this is
    called again and joins their plans. Does nothing to a run that is not queued. No transaction is open while
    the engine works.
    """
    lease = lease_of_run(run_id, Clock(now))
    if not lease.take():
        return
    try:
        if not _compute(lease, run_id):
            return
    except LeaseLost:
        log.warning("run %s was taken from this worker; its work is thrown away", run_id)
        return
    except Exception:
        log.exception("run %s failed", run_id)
        _give_up(lease)
        return
    check_run(run=MatchRun.objects.get(pk=run_id), now=lease.clock.now())


def _compute(lease: Lease, run_id: int) -> bool:
    """False when the run is not staged yet but waits for its components."""
    run = MatchRun.objects.select_related("season").get(pk=run_id)
    if run.components.exists():
        pool = gateway.pool_of(run)
        lease.write()
        plan = joined_plan(run, pool)
    else:
        pool = _take_snapshot(lease, run)
        if parts := _worth_cutting(lease, pool):
            hand_out(lease, run, parts)
            return False
        plan = matching.solve(pool, budget=settings.MATCHING_BUDGET, on_progress=lease.note)
    blocking = matching.blocking_pairs(pool, plan)
    lease.write()
    _stage(lease, run, plan, pool, blocking)
    return True


def _take_snapshot(lease: Lease, run: MatchRun) -> matching.Pool:
    """As of the moment the run was asked for, so that publishing can ask whether the same still holds."""
    pool = gateway.load_pool(run.season, now=run.created_at)
    packed, content = gateway.snapshot(pool)
    lease.write(pool=packed, pool_hash=content, requests=len(pool.requests))
    return pool


def _worth_cutting(lease: Lease, pool: matching.Pool) -> tuple[matching.Component, ...]:
    """The components of a pool large enough to be worth several workers, else none."""
    if len(pool.requests) < LEAST_REQUESTS:
        return ()
    parts = matching.components(pool)
    lease.write()
    return parts if len(parts) > 1 and sum(part.work for part in parts) >= LEAST_WORK else ()


@transaction.atomic
def _stage(
    lease: Lease, run: MatchRun, plan: matching.Plan, pool: matching.Pool, blocking: matching.Blocking
) -> None:
    # The state moves first: whoever has lost the lease writes no row.
    lease.write(
        state=RunState.STAGED,
        **plan.objective._asdict(),
        **{f"{name}_bound": value for name, value in plan.bound._asdict().items()},
    )
    gateway.stage(MatchRun.objects.get(pk=run.pk), plan, pool, blocking)
    clear_components(run)


def _give_up(lease: Lease) -> None:
    held = lease.rows.filter(state=RunState.COMPUTING, lease_token=lease.token)
    held.update(
        state=RunState.FAILED, failure=words.ENGINE_FAILED, finished_at=lease.clock.now(), lease_until=None
    )
