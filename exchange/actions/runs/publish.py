from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from exchange import gateway, words
from exchange.actions.fixtures.deadlines import answer_until
from exchange.actions.fixtures.holding import VenueFull
from exchange.enums import RunState, RunTrigger
from exchange.models import FixtureRequest, MatchRun, PlannedFixture, Season, Team, Venue
from portal.models import User
from portal.refusal import Refusal

from .fixtures import add_fixtures
from .start import UnableToStartRun, start_run

log = logging.getLogger(__name__)

#: A plan that waited for approval must still leave its clubs this long to answer. A fresh one leaves ten
#: hours even where the day begins first (UTC+14); see gateway.NOTICE_DAYS.
LEAST_ANSWERING = timedelta(hours=8)


class UnableToPublish(Refusal):
    pass


def publish_run(*, run: MatchRun, by: User | None, now: datetime) -> MatchRun:
    """Fixtures, occupancies, invitations and mails in one transaction; a published run is returned as it is.

    Raises `UnableToPublish`, with nothing published, when the run is not verified, when its plan does not
    hold any more (then it is superseded and another run follows), when the database refuses a double booking.
    """
    try:
        holds = _publish(run.pk, now)
    except (IntegrityError, VenueFull) as fault:
        log.exception("run %s clashes with what stands", run.pk)
        verified = MatchRun.objects.filter(pk=run.pk, state=RunState.VERIFIED)
        verified.update(state=RunState.FAILED, failure=words.CLASHED, finished_at=now)
        raise UnableToPublish(words.failure_words(words.CLASHED)) from fault
    if not holds:
        raise UnableToPublish(words.failure_words(words.OVERTAKEN))
    log.info("run %s is published (%s)", run.pk, by or "by itself")
    return MatchRun.objects.select_related("season").get(pk=run.pk)


@transaction.atomic
def _publish(run_id: int, now: datetime) -> bool:
    """False if the run was superseded instead. The lock on the season lets one publisher in at a time."""
    season = Season.objects.select_for_update(no_key=True).get(runs=run_id)
    run = MatchRun.objects.select_for_update(no_key=True).defer("pool").get(pk=run_id)
    if run.state == RunState.PUBLISHED:
        return True
    if run.state != RunState.VERIFIED:
        raise UnableToPublish(
            _("This run cannot be published: %(state)s.") % {"state": run.get_state_display()}
        )
    run.season = season
    _hold_sides(run)
    planned = _planned(run)
    if not _holds(run, planned, now):
        _supersede(run, now)
        return False
    _retire_older(run)
    add_fixtures(run=run, planned=[row for row in planned if not row.fixed], now=now)
    MatchRun.objects.filter(pk=run.pk, state=RunState.VERIFIED).update(state=RunState.PUBLISHED)
    Season.objects.filter(pk=season.pk).update(published_run=run)
    return True


def _hold_sides(run: MatchRun) -> None:
    """Until the fixtures are written no request of theirs is changed or withdrawn, no team moves, no venue
    shrinks. Whoever locks several of these rows keeps to this order: season, run, requests, teams, venues.
    """
    new = run.planned.filter(fixed=False)
    hosts, guests = new.values("host"), new.values("guest")
    _hold(FixtureRequest.objects.filter(Q(pk__in=hosts) | Q(pk__in=guests)))
    _hold(Team.objects.filter(Q(pk__in=new.values("host__team")) | Q(pk__in=new.values("guest__team"))))
    # Read anew: a team may have moved while its row was waited for.
    _hold(Venue.objects.filter(pk__in=new.values("host__team__home_venue")))


def _hold(rows: QuerySet) -> None:
    list(rows.select_for_update(no_key=True).order_by("pk").values_list("pk"))


def _planned(run: MatchRun) -> list[PlannedFixture]:
    sides = (
        "host__team__club__university",
        "guest__team__club__university",
        "host__team__home_venue__university",
    )
    return list(run.planned.select_related(*sides).order_by("date", "pk"))


def _holds(run: MatchRun, planned: list[PlannedFixture], now: datetime) -> bool:
    """Whether the plan is still possible; where nothing at all has changed, no rule need be asked."""
    late = [row for row in planned if not row.fixed and _is_late(row, run.season, now)]
    if late:
        log.warning("run %s waited too long: %s fixtures leave no time to answer", run.pk, len(late))
        return False
    pool = gateway.load_pool(run.season, now=run.created_at)
    if gateway.snapshot(pool)[1] == run.pool_hash:
        return True
    objections = gateway.objections(pool, planned)
    if objections:
        log.warning("run %s does not hold any more: %s", run.pk, "; ".join(objections[:20]))
    return not objections


def _is_late(row: PlannedFixture, season: Season, now: datetime) -> bool:
    zone = row.host.team.club.university.time_zone
    return answer_until(row.date, zone=zone, season=season, now=now) < now + LEAST_ANSWERING


def _supersede(run: MatchRun, now: datetime) -> None:
    """Another run follows, once: one that was overtaken in its turn leaves the rest to the night."""
    MatchRun.objects.filter(pk=run.pk).update(state=RunState.SUPERSEDED, failure=words.OVERTAKEN)
    if run.trigger == RunTrigger.CHANGE:
        return
    try:
        start_run(season=run.season, trigger=RunTrigger.CHANGE, by=run.asked_by, now=now)
    except UnableToStartRun as refusal:
        log.info("no run follows run %s: %s", run.pk, refusal)


def _retire_older(run: MatchRun) -> None:
    """The published run, and those that still wait for approval though they began before this one."""
    others = MatchRun.objects.filter(season=run.season).exclude(pk=run.pk)
    others.filter(state=RunState.PUBLISHED).update(state=RunState.SUPERSEDED)
    waiting = others.filter(state=RunState.VERIFIED, created_at__lte=run.created_at)
    waiting.update(state=RunState.SUPERSEDED, failure=words.RENEWED)
