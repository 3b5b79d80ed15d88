"""Two workers drain to the mail server; then bare smtplib sends the same mails over two connections."""

from __future__ import annotations

import multiprocessing
import smtplib
import time
from collections.abc import Iterator

from django.conf import settings

from portal.celery import app
from portal.models import OutboxMessage
from tests.faults.invitations import issue, mails, tell
from tests.faults.journal import KEPT
from tests.faults.judge import judge
from tests.faults.scene import Figure, Scene, wait_until, wait_until_ready

FORK = multiprocessing.get_context("fork")
LANES = 2
#: Mails a second, or a share of what smtplib reaches beside it.
GOAL, SHARE = 300, 0.8
#: One drain sends no more than 500.
HINTS = 40
PORTION = 500


def run(scene: Scene) -> Iterator[Figure]:
    port = scene.start_sink()
    # Before anything is written: a process that could not reach its broker goes on looking for it there.
    scene.start_redis()
    issued = issue(scene.size.measured)
    for first in range(0, len(issued), PORTION):
        tell(issued[first : first + PORTION])
    workers = [scene.start_worker(f"worker-{n}", "--concurrency", "1") for n in range(LANES)]
    wait_until_ready(*workers)
    began = time.monotonic()
    for _ in range(HINTS):
        app.send_task("portal.drain_outbox", retry=False)
    wait_until(lambda: _arrived(scene) >= len(issued), "all mail is sent", 300)
    outbox = len(issued) / (_last(scene) - began)
    wait_until(
        lambda: not OutboxMessage.objects.exclude(state="sent").exists(), "all mail is called sent", 30
    )
    verdict = judge(mails(), scene.journal.lines())
    for worker in workers:
        worker.kill()
    bare = len(issued) / _bare(port)
    told = f"{outbox:.0f} mails/s by two workers, {bare:.0f} by smtplib over two connections"
    yield Figure(f"{told}: {outbox / bare:.0%}", holds=outbox >= GOAL or outbox >= SHARE * bare)
    extra = len(verdict.lost) + len(verdict.doubled)
    yield Figure(f"lost or doubled {extra} of {verdict.written:,}", holds=not extra)


def _arrived(scene: Scene) -> int:
    return scene.journal.count()[KEPT]


def _last(scene: Scene) -> float:
    return max(line.at for line in scene.journal.lines() if line.deed == KEPT)


def _bare(port: int) -> float:
    """Seconds that two processes take, which have the mails in memory."""
    rows = [(to, bytes(mime)) for to, mime in OutboxMessage.objects.values_list("recipient", "mime")]
    lanes = [FORK.Process(target=_send, args=(port, rows[lane::LANES])) for lane in range(LANES)]
    began = time.monotonic()
    for lane in lanes:
        lane.start()
    for lane in lanes:
        lane.join()
    return time.monotonic() - began


def _send(port: int, rows: list[tuple[str, bytes]]) -> None:
    sender = settings.DEFAULT_FROM_EMAIL.partition("<")[2].rstrip(">")
    with smtplib.SMTP("127.0.0.1", port, timeout=20) as server:
        server.ehlo()
        for recipient, mime in rows:
            server.mail(sender)
            server.rcpt(recipient)
            server.data(mime)
