"""Two workers freeze past their lease: one while it offers a mail, one while it hands a mail over."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone

from portal.models import OutboxMessage
from portal.outbox import drain, enqueue_mail
from tests.faults.invitations import mails
from tests.faults.journal import HELD, KEPT
from tests.faults.judge import judge
from tests.faults.scene import Figure, Scene, Service, comes_true, wait_until, wait_until_ready
from tests.faults.sink import HOLDS_AT_DATA, HOLDS_AT_RCPT

#: Of a process that wants to write down what it did with a lease that is somebody else's by now.
REFUSED = "the lease was lost"
#: Seconds for a resumed worker to do whatever it is up to.
AFTERWARDS = 2


def run(scene: Scene) -> Iterator[Figure]:
    scene.start_sink()
    scene.start_redis()
    workers = [scene.start_worker(f"worker-{n}", "--pool", "solo") for n in range(2)]
    wait_until_ready(*workers)
    holds = [HOLDS_AT_RCPT, HOLDS_AT_DATA]
    frozen = [_freeze(scene, workers, hold) for hold in holds]
    wait_until(_others_have_sent_all, "somebody else sends what the frozen workers hold")
    for hold, worker in zip(holds, frozen, strict=True):
        (scene.folder / hold).touch()
        worker.process.send_signal(signal.SIGCONT)
    late = comes_true(lambda: REFUSED in frozen[1].log, AFTERWARDS)
    time.sleep(AFTERWARDS)
    yield from _figures(scene, holds, late)


def _freeze(scene: Scene, workers: list[Service], hold: str) -> Service:
    """Stops the worker that has this mail in its hands."""
    with transaction.atomic():
        enqueue_mail(
            kind="invitation",
            dedupe_key=f"{hold}:1",
            recipient=f"{hold}@example.org",
            subject="You are invited",
            text="You are invited.\n",
            html="<p>You are invited.</p>",
            now=timezone.now(),
        )
    row = OutboxMessage.objects.get(dedupe_key=f"{hold}:1")
    wait_until(lambda: _held(scene, row.recipient), f"a worker has taken {row.recipient}")
    worker = next(worker for worker in workers if _works(worker))
    worker.process.send_signal(signal.SIGSTOP)
    workers.remove(worker)
    return worker


def _held(scene: Scene, recipient: str) -> bool:
    return any(line.deed == HELD and line.recipient == recipient for line in scene.journal.lines())


def _works(worker: Service) -> bool:
    """It has received more hints than it has done."""
    return worker.log.count("received") > worker.log.count("succeeded")


def _others_have_sent_all() -> bool:
    drain(now=timezone.now())
    return not OutboxMessage.objects.exclude(state="sent").exists()


def _figures(scene: Scene, holds: list[str], late: bool) -> Iterator[Figure]:
    kept = [line.recipient for line in scene.journal.lines() if line.deed == KEPT]
    copies = [kept.count(f"{hold}@example.org") for hold in holds]
    yield Figure(f"frozen while offering: came {copies[0]}×", holds=copies[0] == 1)
    yield Figure(f"frozen while handing over: came {copies[1]}×", holds=1 <= copies[1] <= 2)
    histories = [
        list(row.tries.values_list("outcome", flat=True)) for row in OutboxMessage.objects.order_by("pk")
    ]
    refused = all(history == ["retry", "sent"] for history in histories)
    yield Figure(
        f"late writes refused {int(late)}, written {0 if refused else histories}", holds=late and refused
    )
    verdict = judge(mails(), scene.journal.lines())
    yield Figure(f"other bytes {len(verdict.altered)}", holds=not verdict.altered and not verdict.lost)
