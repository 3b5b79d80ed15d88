"""A publisher is killed at one statement after another; then the same run is published."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator

from django.db import connection, transaction

from exchange.actions.runs import publish_run
from exchange.models import Fixture, Invitation, MatchRun, Occupancy, Season
from portal.models import OutboxMessage
from tests.exchange.life import NOW, ask_many, verified_run
from tests.factories import SeasonFactory
from tests.faults.scene import Figure, Scene, wait_until

FORK = multiprocessing.get_context("fork")
REQUESTS = 24


def run(scene: Scene) -> Iterator[Figure]:
    season = SeasonFactory(publishes_itself=False)
    ask_many(season, REQUESTS)
    run = verified_run(season)
    whole, statements = _rehearse(run)
    points = [1 + n * (statements - 1) // (scene.size.kills - 2) for n in range(scene.size.kills - 1)]
    seen = [_after_a_kill(scene, run, point) for point in points]
    none, whole_ones = seen.count(_none()), seen.count(whole)
    text = f"killed {len(seen)}× within {statements} statements: nothing published {none}×, all {whole_ones}×"
    yield Figure(text, holds=none + whole_ones == len(seen) and none > len(seen) // 2)
    # The last kill comes when the transaction stands.
    done = _after_a_kill(scene, run, 0)
    yield Figure(
        f"killed after the commit: all {whole[0]} fixtures published", done == whole and whole[0] > 1
    )
    publish_run(run=MatchRun.objects.get(pk=run.pk), by=None, now=NOW)
    yield Figure("published again: nothing is there twice", _counts() == whole)


def _rehearse(run: MatchRun) -> tuple[tuple[int, ...], int]:
    """What publishing comes to, and by how many statements; it is rolled back."""
    statements = 0

    def count(execute, *query):
        nonlocal statements
        statements += 1
        return execute(*query)

    with transaction.atomic():
        with connection.execute_wrapper(count):
            publish_run(run=run, by=None, now=NOW)
        counts = _counts()
        transaction.set_rollback(True)
    return counts, statements


def _after_a_kill(scene: Scene, run: MatchRun, point: int) -> tuple[int, ...]:
    """Killed at that statement; 0: when all is done."""
    connection.close()
    process = FORK.Process(target=_publish_and_die, args=(run.pk, point))
    process.start()
    process.join(60)
    if process.exitcode != -signal.SIGKILL:
        process.kill()
        raise RuntimeError(f"the publisher ended with {process.exitcode} instead of being killed at {point}")
    if connection.vendor == "postgresql":
        # The server has noticed, and rolled back.
        wait_until(lambda: scene.database.connections() == 0, "the killed publisher's session has ended")
    return _counts()


def _publish_and_die(run_id: int, point: int) -> None:
    statement = 0

    def die(execute, *query):
        nonlocal statement
        statement += 1
        if statement == point:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(*query)

    run = MatchRun.objects.get(pk=run_id)
    with connection.execute_wrapper(die):
        publish_run(run=run, by=None, now=NOW)
    os.kill(os.getpid(), signal.SIGKILL)


def _counts() -> tuple[int, ...]:
    published = Season.objects.exclude(published_run=None).count()
    tables = (Fixture, Invitation, Occupancy, OutboxMessage)
    return (
        *(table.objects.count() for table in tables),
        published,
        MatchRun.objects.filter(state="published").count(),
    )


def _none() -> tuple[int, ...]:
    return (0,) * 6
