"""Pairs the demonstration's requests as a coordinator would: by the button, through Celery."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime

from django.utils import timezone

from exchange.actions.runs import start_run
from exchange.enums import RUN_ACTIVE, RunState, RunTrigger
from exchange.models import MatchRun, Season
from portal.demo.people import COORDINATOR
from portal.demo.progress import bar
from portal.demo.trouble import Trouble
from portal.models import User

from .answers import answer_some
from .last_season import play_last_season

#: Seconds between two looks at the run.
LOOK = 0.5


def begin(*, still_well: Callable[[], None], now: datetime) -> None:
    """Once; a first run that was broken off is watched to its end by the next start."""
    season = Season.objects.open_on(now.date()).earliest("starts")
    play_last_season(season, now=now)
    run = season.runs.select_related("season").order_by("pk").first()
    if run is None:
        coordinator = User.objects.get(email=COORDINATOR)
        run = start_run(season=season, trigger=RunTrigger.BUTTON, by=coordinator, now=now)
    if _is_underway(run):
        _watch(run, still_well)
    answer_some(season, now=timezone.now())


def _watch(run: MatchRun, still_well: Callable[[], None]) -> None:
    with bar(100, "Pairing") as progress:
        while _is_underway(run):
            still_well()
            time.sleep(LOOK)
            run.refresh_from_db()
            progress.update(_percent(run.progress) - progress.n)
        progress.update(100 - progress.n)
    if run.state == RunState.FAILED:
        raise Trouble(f"The matching run has failed: {run.failure or run.get_state_display()}")


def _is_underway(run: MatchRun) -> bool:
    """A verified run publishes itself next, or says why it could not; unless people want to do that."""
    publishes_next = run.state == RunState.VERIFIED and not run.failure and run.season.publishes_itself
    return run.state in RUN_ACTIVE or publishes_next


def _percent(progress: dict) -> int:
    return min(99, 100 * progress.get("done", 0) // max(1, progress.get("total", 1)))
