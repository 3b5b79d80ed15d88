"""Who computes a run or a component of one, and until when the others believe it."""

from __future__ import annotations

import logging
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from uuid import UUID, uuid4

from django.db import InterfaceError, OperationalError, close_old_connections
from django.db.models import F, QuerySet

from exchange import matching
from exchange.enums import RunState
from exchange.models import MatchRun, RunComponent
from portal.clock import Clock

log = logging.getLogger(__name__)

#: Outlives the longest silence of the engine; what a killed worker held is taken up again after it.
LEASE = timedelta(minutes=2)
#: Seconds between two notes of the progress.
NOTE_EVERY = 1.0


class LeaseLost(Exception):
    """Somebody else computes this, or it is not to be computed any more."""


@dataclass(slots=True)
class Lease:
    """On one row of `rows`, which is empty once the row is not to be computed any more.

    Runs and components are queued and computing alike, see `ComponentState`.
    """

    rows: QuerySet
    name: str
    clock: Clock
    token: UUID = field(default_factory=uuid4)
    noted: float = -NOTE_EVERY

    def take(self) -> bool:
        """False when the row does not wait for a worker: another was faster, or the message came twice."""
        taken = self.rows.filter(state=RunState.QUEUED).update(
            state=RunState.COMPUTING,
            lease_token=self.token,
            lease_until=self.clock.now() + LEASE,
            attempts=F("attempts") + 1,
            progress={},
        )
        return taken == 1

    def write(self, **facts: object) -> None:
        """Writes to the row and draws out the lease; when that is gone, raises `LeaseLost` instead."""
        held = self.rows.filter(state=RunState.COMPUTING, lease_token=self.token)
        if held.update(**{"lease_until": self.clock.now() + LEASE} | facts) != 1:
            raise LeaseLost(self.name)

    def release(self, **facts: object) -> None:
        """Writes a last time. Whoever goes on from here takes a lease of their own."""
        self.write(lease_token=None, lease_until=None, **facts)

    def note(self, progress: matching.Progress) -> None:
        """For the engine to call as often as it likes. What it raises stops the engine."""
        if self.clock.seconds() < self.noted + NOTE_EVERY:
            return
        self.noted = self.clock.seconds()
        try:
            self.write(progress=told(progress))
        except (OperationalError, InterfaceError) as fault:
            # The work outlives a short absence of the database; a long one costs the lease.
            log.warning("progress of %s was not written: %s", self.name, fault)
            close_old_connections()


def lease_of_run(run_id: int, clock: Clock) -> Lease:
    return Lease(MatchRun.objects.filter(pk=run_id), f"run {run_id}", clock)


def lease_of_component(component: RunComponent, clock: Clock) -> Lease:
    """Lost as well when its run is over or is computed otherwise."""
    run = component.run_id
    # Not `run__state=…`: that joins, Django then moves the whole condition into a subquery, and PostgreSQL
    # does not ask it again after waiting for another worker's update. Both would have the lease.
    waiting = MatchRun.objects.filter(state=RunState.COMPUTING, lease_token__isnull=True)
    rows = RunComponent.objects.filter(pk=component.pk, run__in=waiting)
    return Lease(rows, f"component {component.number} of run {run}", clock)


def told(progress: matching.Progress) -> dict[str, object]:
    return asdict(progress) | {
        "seconds": round(progress.seconds, 1),
        "objective": progress.objective and progress.objective._asdict(),
        "bound": progress.bound and progress.bound._asdict(),
    }
