from __future__ import annotations

import logging
from datetime import datetime

from exchange import gateway, matching, words
from exchange.enums import RunState
from exchange.models import MatchRun

from .publish import UnableToPublish, publish_run

log = logging.getLogger(__name__)

#: Sentences of the checker that go into the log; the first says most.
FAULTS_LOGGED = 20


def check_run(*, run: MatchRun, now: datetime) -> None:
    """Recomputes everything from the snapshot and the staged rows: what breaks a rule is never published."""
    faults = _faults(run)
    staged = MatchRun.objects.filter(pk=run.pk, state=RunState.STAGED)
    if faults:
        log.error("run %s has a plan that does not hold: %s", run.pk, "; ".join(faults[:FAULTS_LOGGED]))
        staged.update(state=RunState.FAILED, failure=words.PLAN_BROKEN, finished_at=now, lease_until=None)
    elif staged.update(state=RunState.VERIFIED, finished_at=now, lease_until=None):
        publish_if_its_season_does(run=run, now=now)


def _faults(run: MatchRun) -> list[str]:
    try:
        return list(matching.violations(gateway.pool_of(run), gateway.plan_of(run)))
    except Exception as fault:
        log.exception("run %s cannot be checked", run.pk)
        return [f"it cannot be checked ({type(fault).__name__})"]


def publish_if_its_season_does(*, run: MatchRun, now: datetime) -> None:
    """A refusal is written on the run already; whatever else goes wrong, a sweep tries again."""
    if not run.season.publishes_itself:
        return
    try:
        publish_run(run=run, by=None, now=now)
    except UnableToPublish as refusal:
        log.warning("run %s was not published: %s", run.pk, refusal)
