"""Messages are hints: each task does what the rows say, and a message that comes twice does nothing twice."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from exchange.actions import arrangement_clocks, clocks, invitations, runs
from portal.clock import cautious_now


@shared_task(name="exchange.compute_run")
def compute_run(*, run_id: int, **_later: object) -> None:
    runs.compute_run(run_id=run_id, now=timezone.now())


@shared_task(name="exchange.compute_component")
def compute_component(*, run_id: int, **_later: object) -> None:
    """`number` only tells messages apart: the largest component that waits is computed, whichever it is."""
    runs.compute_component(run_id=run_id, now=timezone.now())


@shared_task(name="exchange.sweep_runs")
def sweep_runs(**_later: object) -> None:
    runs.sweep_runs(now=timezone.now())


@shared_task(name="exchange.pair_nightly")
def pair_nightly(**_later: object) -> None:
    runs.pair_nightly(now=timezone.now())


@shared_task(name="exchange.keep_clocks")
def keep_clocks(**_later: object) -> None:
    """All that happens to fixtures by itself, and never early because one machine's clock is fast."""
    now = cautious_now()
    for act in CLOCKS:
        act(now=now)


#: An invitation does not expire before an offer of other dates has been answered, or has run out.
#: Whoever has let the time run out is not reminded of it in the same sweep.
CLOCKS = (
    clocks.expire_offers,
    invitations.expire_invitations,
    clocks.remind_invited,
    clocks.begin_fixtures,
    clocks.let_results_stand,
    clocks.ask_for_results,
    clocks.end_postponed,
    arrangement_clocks.send_packs,
    arrangement_clocks.ask_hosts,
    arrangement_clocks.warn_guests,
    arrangement_clocks.tell_changes,
)
