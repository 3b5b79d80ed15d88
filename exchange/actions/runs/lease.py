"""Who computes a run, and until when the others believe it."""

from __future__ import annotations

import logging
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from uuid import UUID, uuid4

from django.db import InterfaceError, OperationalError, close_old_connections
from django.db.models import F

from exchange import matching
from exchange.enums import RunState
from exchange.models import MatchRun
from portal.clock import Clock

log = logging.getLogger(__name__)

#: Outlives the longest silence of the engine; a run whose worker was killed is taken up again after it.
LEASE = timedelta(minutes=2)
#: Seconds between two notes of the progress.
NOTE_EVERY = 1.0


class LeaseLost(Exception):
    """Somebody else computes this run, or it is not to be computed any more."""


@dataclass(slots=True)
class Lease:
    run_id: int
    clock: Clock
    token: UUID = field(default_factory=uuid4)
    noted: float = -NOTE_EVERY

    def take(self) -> bool:
        """False when the run does not wait for a worker: another was faster, or the message came twice."""
        taken = MatchRun.objects.filter(pk=self.run_id, state=RunState.QUEUED).update(
            state=RunState.COMPUTING,
            lease_token=self.token,
            lease_until=self.clock.now() + LEASE,
            attempts=F("attempts") + 1,
            progress={},
        )
        return taken == 1

    def write(self, **facts: object) -> None:
        """Writes to the run and draws out the lease; when that is gone, raises `LeaseLost` instead."""
        held = MatchRun.objects.filter(pk=self.run_id, state=RunState.COMPUTING, lease_token=self.token)
        if held.update(lease_until=self.clock.now() + LEASE, **facts) != 1:
            raise LeaseLost(f"run {self.run_id}")

    def note(self, progress: matching.Progress) -> None:
        """For the engine to call as often as it likes. What it raises stops the engine."""
        if self.clock.seconds() < self.noted + NOTE_EVERY:
            return
        self.noted = self.clock.seconds()
        try:
            self.write(progress=told(progress))
        except (OperationalError, InterfaceError) as fault:
            # The run outlives a short absence of the database; a long one costs the lease.
            log.warning("progress of run %s was not written: %s", self.run_id, fault)
            close_old_connections()


def told(progress: matching.Progress) -> dict[str, object]:
    return asdict(progress) | {
        "seconds": round(progress.seconds, 1),
        "objective": progress.objective and progress.objective._asdict(),
        "bound": progress.bound and progress.bound._asdict(),
    }
