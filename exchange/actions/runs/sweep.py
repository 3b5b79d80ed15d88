from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from exchange import words
from exchange.enums import RUN_ACTIVE, ComponentState, RunState, RunTrigger
from exchange.models import MatchRun, RunComponent, Season
from portal.enqueue import enqueue

from .check import check_run, publish_if_its_season_does
from .components import fail_run, join_once_done
from .start import UnableToStartRun, start_run

log = logging.getLogger(__name__)

#: A run that waits longer has lost its message.
HINT_LOST_AFTER = timedelta(seconds=10)
#: Workers that may die over one run, or over one component, before the run is given up.
MOST_ATTEMPTS = 3


def sweep_runs(*, now: datetime) -> None:
    """Moves every run on that a dead worker, a lost message or a fault has left behind; starts repairs."""
    _each(MatchRun.objects.filter(state=RunState.COMPUTING, lease_until__lte=now), _take_back, now)
    waiting = MatchRun.objects.filter(state=RunState.COMPUTING, lease_token__isnull=True)
    _each(waiting, _sweep_components, now)
    _each(MatchRun.objects.filter(state=RunState.QUEUED, created_at__lte=now - HINT_LOST_AFTER), _hint, now)
    _each(MatchRun.objects.filter(state=RunState.STAGED, lease_until__lte=now), _check, now)
    _each(MatchRun.objects.filter(state=RunState.VERIFIED, season__publishes_itself=True), _publish, now)
    start_repairs(now=now)


def start_repairs(*, now: datetime) -> list[MatchRun]:
    """A run for each season in which dates have become free; while another run is on its way it waits."""
    started = []
    for season in Season.objects.filter(repair_due_at__lte=now).order_by("pk"):
        if season.runs.filter(state__in=RUN_ACTIVE).exists():
            continue
        # Who declines after this asks anew, for the run after this one.
        if not Season.objects.filter(pk=season.pk, repair_due_at=season.repair_due_at).update(
            repair_due_at=None
        ):
            continue
        try:
            started.append(start_run(season=season, trigger=RunTrigger.CHANGE, by=None, now=now))
        except UnableToStartRun as refusal:
            log.info("no repair run: %s", refusal)
    return started


def _each(runs, act: Callable[[MatchRun, datetime], None], now: datetime) -> None:
    """The newest first, since its publication ends the older ones. One that fails holds up no other."""
    for run in runs.select_related("season").defer("pool").order_by("-created_at", "-pk"):
        try:
            act(run, now)
        except Exception:
            log.exception("run %s could not be swept", run.pk)


@transaction.atomic
def _take_back(run: MatchRun, now: datetime) -> None:
    lost = MatchRun.objects.filter(
        pk=run.pk, state=RunState.COMPUTING, lease_token=run.lease_token, lease_until__lte=now
    )
    if run.attempts >= MOST_ATTEMPTS:
        lost.update(state=RunState.FAILED, failure=words.WORKERS_DIED, finished_at=now, lease_until=None)
    elif lost.update(state=RunState.QUEUED, lease_token=None, lease_until=None):
        log.warning("run %s: its worker is gone, it is queued again", run.pk)
        _hint(run, now)


def _sweep_components(run: MatchRun, now: datetime) -> None:
    """One message is enough for a worker to compute all that waits; the next sweep calls the next worker."""
    lost = run.components.filter(state=ComponentState.COMPUTING, lease_until__lte=now)
    for component in lost.defer("pool", "plan"):
        _take_component_back(component, now)
    waits = run.components.filter(state=ComponentState.QUEUED).values_list("number", flat=True).first()
    if waits is not None:
        enqueue("exchange.compute_component", run_id=run.pk, number=waits)
    join_once_done(run_id=run.pk)


def _take_component_back(component: RunComponent, now: datetime) -> None:
    lost = RunComponent.objects.filter(
        pk=component.pk,
        state=ComponentState.COMPUTING,
        lease_token=component.lease_token,
        lease_until__lte=now,
    )
    if component.attempts >= MOST_ATTEMPTS and lost.exists():
        fail_run(run_id=component.run_id, failure=words.WORKERS_DIED, now=now)
    elif lost.update(state=ComponentState.QUEUED, lease_token=None, lease_until=None):
        log.warning(
            "run %s: the worker of component %s is gone, it waits again", component.run_id, component.number
        )


def _hint(run: MatchRun, now: datetime) -> None:
    enqueue("exchange.compute_run", run_id=run.pk)


def _check(run: MatchRun, now: datetime) -> None:
    check_run(run=run, now=now)


def _publish(run: MatchRun, now: datetime) -> None:
    publish_if_its_season_does(run=run, now=now)
