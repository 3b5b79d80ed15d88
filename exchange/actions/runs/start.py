from __future__ import annotations

import logging
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from exchange.enums import RUN_ACTIVE, RequestState, RunTrigger
from exchange.gateway import earliest_day
from exchange.models import MatchRun, Season
from exchange.words import moment_words
from portal.enqueue import enqueue
from portal.models import User
from portal.refusal import Refusal

log = logging.getLogger(__name__)


class UnableToStartRun(Refusal):
    pass


@transaction.atomic
def start_run(*, season: Season, trigger: RunTrigger, by: User | None, now: datetime) -> MatchRun:
    """Queues a run for a worker. Raises `UnableToStartRun` while another run of the season is on its way."""
    if season.ends < earliest_day(now):
        raise UnableToStartRun(_("%(season)s is over: no day is left on which to play.") % {"season": season})
    if not season.requests.filter(state=RequestState.OPEN).exists():
        raise UnableToStartRun(_("Nobody asks for fixtures in %(season)s yet.") % {"season": season})
    try:
        with transaction.atomic():
            run = MatchRun.objects.create(season=season, trigger=trigger, asked_by=by, created_at=now)
    except IntegrityError as fault:
        raise UnableToStartRun(_running(season, now)) from fault
    enqueue("exchange.compute_run", run_id=run.pk)
    return run


def _running(season: Season, now: datetime) -> str:
    run = MatchRun.objects.filter(season=season, state__in=RUN_ACTIVE).defer("pool").first()
    if run is None:
        return _("A run of %(season)s has ended this very moment. Look at it first.") % {"season": season}
    return _("A run of %(season)s is already on its way: %(state)s, asked for on %(moment)s.") % {
        "season": season,
        "state": run.get_state_display(),
        "moment": moment_words(run.created_at, now.tzinfo),
    }


def pair_nightly(*, now: datetime) -> list[MatchRun]:
    """A run for each season in which somebody asks and may still play."""
    started = []
    for season in (
        Season.objects.open_on(earliest_day(now)).filter(requests__state=RequestState.OPEN).distinct()
    ):
        try:
            started.append(start_run(season=season, trigger=RunTrigger.NIGHTLY, by=None, now=now))
        except UnableToStartRun as refusal:
            log.info("no nightly run: %s", refusal)
    return started
