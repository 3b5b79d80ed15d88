"""Everything at once, while invitations are written and sent."""

from __future__ import annotations

import time
from collections.abc import Iterator

from django.conf import settings

from exchange.notices import Issued
from portal.enums import MAIL_DUE, MAIL_LEASED
from portal.models import OutboxAttempt, OutboxMessage
from portal.outbox import count_undelivered
from tests.faults.invitations import issue, mails, tell
from tests.faults.journal import KEPT, REFUSED
from tests.faults.judge import MOST_UNCERTAIN, Verdict, judge
from tests.faults.scene import Figure, Scene, wait_until_ready
from tests.faults.weather import Storm

WORKERS = 2
#: Invitations that are written in one transaction.
PORTION = 25
#: Seconds for the workers to send what is left when the storm is over.
AFTERWARDS = 120


def run(scene: Scene) -> Iterator[Figure]:
    scene.start_sink(trouble=True)
    redis = scene.start_redis()
    workers = [scene.start_worker(f"worker-{n}", "--concurrency", "1") for n in range(WORKERS)]
    storm = Storm(
        scene.size.storm,
        scene,
        redis,
        workers,
        lambda: scene.database.terminate_connections(but=settings.OWN_CONNECTIONS),
    )
    scene.start_beat()
    issued = issue(scene.size.mails)
    wait_until_ready(*workers)
    storm.begin()
    _write(issued, storm)
    settled = scene.comes_true(lambda: not _waiting(), AFTERWARDS)
    yield Figure(f"{len(issued):,} written in {storm.seconds:.0f} s; {storm.told()}")
    yield Figure(_faults(scene))
    if not settled:
        yield Figure(f"{_waiting()} not settled {AFTERWARDS} s after the storm", holds=False)
    yield from judged(judge(mails(), scene.journal.lines()))


def judged(verdict: Verdict) -> Iterator[Figure]:
    yield Figure(
        f"lost {len(verdict.lost)} of {verdict.written:,}", holds=verdict.written > 0 and not verdict.lost
    )
    yield Figure(f"refused for good {len(verdict.refused)}")
    yield Figure(
        f"came twice {len(verdict.doubled)}, more often {len(verdict.thirds)}", holds=not verdict.thirds
    )
    changed = len(verdict.altered) + len(verdict.foreign)
    yield Figure(f"other bytes or Message-ID {changed}", holds=not changed)
    listed = count_undelivered()["uncertain"]
    uncertain, share = len(verdict.uncertain), verdict.share_uncertain
    text = f"uncertain {uncertain} ({share:.2%}), listed {listed}, unsettled {len(verdict.unsettled)}"
    yield Figure(text, holds=listed == uncertain and share <= MOST_UNCERTAIN and not verdict.unsettled)


def _write(issued: list[Issued], storm: Storm) -> None:
    """Evenly over the storm, which is not over before."""
    written = 0
    while written < len(issued) or storm.passed < 1:
        storm.blow()
        if written < len(issued) * storm.passed:
            tell(issued[written : written + PORTION])
            written += PORTION
        else:
            time.sleep(0.05)


def _waiting() -> int:
    return OutboxMessage.objects.filter(state__in=(*MAIL_DUE, *MAIL_LEASED)).count()


def _faults(scene: Scene) -> str:
    counts = scene.journal.count()
    given = ", ".join(
        f"{deed} {count}" for deed, count in sorted(counts.items()) if deed not in (KEPT, REFUSED)
    )
    stopped = OutboxAttempt.objects.filter(answer__startswith="The sender stopped")
    before, while_ = (stopped.filter(answer__contains=word).count() for word in ("before", "while"))
    return (
        f"the mail server refused {counts[REFUSED]}, gave {given}; senders stopped before {before} hand-overs"
        f" and in {while_}"
    )
