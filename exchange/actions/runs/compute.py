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
from .lease import Lease, LeaseLost

log = logging.getLogger(__name__)


def compute_run(*, run_id: int, now: datetime) -> None:
    """Snapshot, plan, check, and publication where the season does that by itself.

    Does nothing to a run that is not queued. No transaction is open while the engine works.
    """
    lease = Lease(run_id, Clock(now))
    if not lease.take():
        return
    try:
        pool = _take_snapshot(lease)
        plan = matching.solve(pool, budget=settings.MATCHING_BUDGET, on_progress=lease.note)
        _stage(lease, plan, pool)
    except LeaseLost:
        log.warning("run %s was taken from this worker; its work is thrown away", run_id)
        return
    except Exception:
        log.exception("run %s failed", run_id)
        _give_up(lease)
        return
    check_run(run=MatchRun.objects.get(pk=run_id), now=lease.clock.now())


def _take_snapshot(lease: Lease) -> matching.Pool:
    """As of the moment the run was asked for, so that publishing can ask whether the same still holds."""
    run = MatchRun.objects.select_related("season").get(pk=lease.run_id)
    pool = gateway.load_pool(run.season, now=run.created_at)
    packed, content = gateway.snapshot(pool)
    lease.write(pool=packed, pool_hash=content, requests=len(pool.requests))
    return pool


@transaction.atomic
def _stage(lease: Lease, plan: matching.Plan, pool: matching.Pool) -> None:
    # The state moves first: whoever has lost the lease writes no row.
    lease.write(
        state=RunState.STAGED,
        **plan.objective._asdict(),
        **{f"{name}_bound": value for name, value in plan.bound._asdict().items()},
    )
    gateway.stage(MatchRun.objects.get(pk=lease.run_id), plan, pool)


def _give_up(lease: Lease) -> None:
    held = MatchRun.objects.filter(pk=lease.run_id, state=RunState.COMPUTING, lease_token=lease.token)
    held.update(
        state=RunState.FAILED, failure=words.ENGINE_FAILED, finished_at=lease.clock.now(), lease_until=None
    )
