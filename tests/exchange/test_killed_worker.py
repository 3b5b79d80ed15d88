"""A real Celery worker is killed in the middle of a component: its time is lost, nothing else."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from celery import Celery
from django.utils import timezone

from exchange import gateway, matching
from exchange.actions import runs
from exchange.actions.runs import compute as computing
from exchange.actions.runs import compute_component, compute_run, start_run, sweep_runs
from exchange.actions.runs.lease import LEASE
from exchange.enums import RunState, RunTrigger
from exchange.models import MatchRun, RunComponent, Season
from portal.embedded import embedded_redis, end_with_parent
from tests.exchange.life import at_once
from tests.factories import FixtureRequestFactory, SeasonFactory
from tests.journeys.running_portal import database_url

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2027, 2, 10, 12, tzinfo=UTC)
#: Seconds until a worker must have come so far.
PATIENCE = 60

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("killed worker")]


@pytest.fixture
def hints(monkeypatch):
    """Messages, which the test carries to the workers' own broker by hand."""
    sent: list[tuple[str, dict[str, int]]] = []
    for module in (runs.start, runs.sweep, runs.components):
        monkeypatch.setattr(module, "enqueue", lambda task, **ids: sent.append((task, ids)))
    return sent


@pytest.fixture
def season(monkeypatch, hints) -> Season:
    for name in ("LEAST_REQUESTS", "LEAST_WORK"):
        monkeypatch.setattr(computing, name, 0)
    season = SeasonFactory(publishes_itself=False)
    for sport, count in {"FBL": 6, "BKB": 4, "VVO": 3}.items():
        FixtureRequestFactory.create_batch(
            count, season=season, team__sport=sport, wanted=2, created_at=NOW - timedelta(days=3)
        )
    return season


def cut(season: Season) -> MatchRun:
    run = start_run(season=season, trigger=RunTrigger.BUTTON, by=None, now=NOW)
    compute_run(run_id=run.pk, now=timezone.now())
    return run


def undisturbed_plan(season: Season) -> dict[str, object]:
    run = cut(season)
    compute_component(run_id=run.pk, now=timezone.now())
    compute_run(run_id=run.pk, now=timezone.now())
    plan = plan_of(run)
    # Nothing is left for the next run to use again.
    RunComponent.objects.all().delete()
    return plan


def plan_of(run: MatchRun) -> dict[str, object]:
    return matching.plan_document(gateway.plan_of(MatchRun.objects.get(pk=run.pk)))


@contextmanager
def worker(broker: str, folder: Path, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    facts = {
        "DJANGO_SETTINGS_MODULE": "portal.settings.local",
        "DATABASE_URL": database_url(),
        "REDIS_URL": broker,
        "VAR_DIR": str(folder),
    }
    options = ["worker", "--pool", "solo", "--queues", "matching", "--without-gossip", "--without-mingle"]
    with (folder / "worker.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "celery", "--app", "tests.exchange.hanging_worker", *options],
            env={**os.environ, **facts, **environment},
            cwd=ROOT,
            stdout=log,
            stderr=subprocess.STDOUT,
            preexec_fn=end_with_parent(),
        )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def until(reached: Callable[[], bool], folder: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while not reached():
        if time.monotonic() > deadline:
            pytest.fail((folder / "worker.log").read_text()[-3000:])
        time.sleep(0.1)


def send(broker: str, hints: list[tuple[str, dict[str, int]]]) -> None:
    with Celery(broker=broker, set_as_current=False) as app:
        for task, ids in hints:
            app.send_task(task, kwargs=ids, queue="matching")
    hints.clear()


def test_a_worker_killed_in_the_middle_costs_its_component_only(season, hints, tmp_path):
    expected = undisturbed_plan(season)
    run = cut(season)
    largest = run.components.get(number=0)
    with embedded_redis(tmp_path / "valkey") as broker:
        with worker(broker, tmp_path, HANGS="yes") as killed:
            send(broker, [hint for hint in hints if hint[0] == "exchange.compute_component"])
            until(lambda: bool(RunComponent.objects.get(pk=largest.pk).progress), tmp_path)
            killed.send_signal(signal.SIGKILL)
            killed.wait()
        hints.clear()
        largest.refresh_from_db()
        assert (largest.state, largest.attempts, largest.plan) == ("computing", 1, None)
        sweep_runs(now=timezone.now() + LEASE)
        with worker(broker, tmp_path):
            send(broker, hints)
            until(lambda: MatchRun.objects.get(pk=run.pk).state == RunState.VERIFIED, tmp_path)
    assert plan_of(run) == expected
    assert list(run.components.values_list("attempts", flat=True)) == [2, 1, 1]


def test_two_workers_at_once_compute_each_component_once_and_join_once(season, hints):
    expected = undisturbed_plan(season)
    run = cut(season)
    hints.clear()
    work = partial(compute_component, run_id=run.pk, now=timezone.now())
    assert at_once(work, work, work) == [None, None, None]
    assert list(run.components.values_list("state", "attempts")) == [("done", 1)] * 3
    assert hints == [("exchange.compute_run", {"run_id": run.pk})]
    join = partial(compute_run, run_id=run.pk, now=timezone.now())
    assert at_once(join, join) == [None, None]
    assert plan_of(run) == expected
