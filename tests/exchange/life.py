"""Steps that several tests of a fixture's life begin with."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta

from django.db import connection

from exchange.actions.runs import compute_run, start_run
from exchange.enums import DayUse, RunTrigger
from exchange.models import FixtureRequest, MatchRun, Season
from tests.factories import FixtureRequestFactory, MembershipFactory

NOW = datetime(2027, 2, 10, 12, tzinfo=UTC)
FIRST_DAY = date(2027, 3, 6)


def ask(season: Season, **facts: object) -> FixtureRequest:
    """A request of a club with one officer."""
    request = FixtureRequestFactory(season=season, created_at=NOW - timedelta(days=3), **facts)
    MembershipFactory(club=request.team.club)
    return request


def ask_many(season: Season, count: int) -> list[FixtureRequest]:
    """Requests that all can be served on one day."""
    return [ask(season, days={FIRST_DAY: DayUse.BOTH}) for _ in range(count)]


def verified_run(season: Season, *, now: datetime = NOW) -> MatchRun:
    run = start_run(season=season, trigger=RunTrigger.BUTTON, by=None, now=now)
    compute_run(run_id=run.pk, now=now)
    run.refresh_from_db()
    return run


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Results of `acts`, started together in threads of their own; what one raises is its result."""
    ready = threading.Barrier(len(acts))
    results: list[object] = [None] * len(acts)

    def run(place: int, act: Callable[[], object]) -> None:
        try:
            ready.wait(timeout=20)
            results[place] = act()
        except Exception as fault:  # noqa: BLE001 - it is handed to the test
            results[place] = fault
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


def kinds(results: Iterable[object]) -> list[str]:
    return sorted(type(result).__name__ for result in results)
