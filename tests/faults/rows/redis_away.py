"""Redis is away for minutes: the command drains, the web answers, and what was written meanwhile is sent."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from exchange.models import Invitation
from exchange.notices import Issued
from portal.enums import MAIL_DUE, MAIL_LEASED
from portal.models import OutboxMessage
from tests.faults.invitations import issue, mails, officers_of, path_of_link, proposed, tell
from tests.faults.judge import judge
from tests.faults.reader import Reader
from tests.faults.scene import Figure, Scene, wait_until_ready
from tests.faults.site import lay_out

ROOT = Path(__file__).resolve().parents[3]
#: Seconds within which a page or an answer must come, Redis or not, on a machine that is busy.
PROMPT = 5.0
#: Seconds for workers and beat to find Redis again and send what waits.
AFTERWARDS = 60
#: Parts of the mails: sent before, written while Redis is away, written afterwards.
PARTS = 3


def run(scene: Scene) -> Iterator[Figure]:
    scene.start_sink()
    redis = scene.start_redis()
    lay_out()
    worker = scene.start_worker("worker", "--concurrency", "2")
    scene.start_beat()
    address = scene.start_web()
    issued = issue(max(60, scene.size.mails // 10))
    size = len(issued) // PARTS
    visits = [_Visit(address) for _ in range(max(4, int(scene.size.away // 15)))]
    wait_until_ready(worker)
    tell(issued[:size])
    scene.comes_true(lambda: not _waiting(), AFTERWARDS)

    redis.kill()
    gone = time.monotonic()
    yield _drain_by_command(issued[size : 2 * size])
    for visit in visits:
        scene.tend()
        visit.pay()
        time.sleep(max(0.0, min(scene.size.away / len(visits), scene.size.away - (time.monotonic() - gone))))
    yield from _told(visits)
    tell(issued[2 * size :])
    away = time.monotonic() - gone
    redis.start()
    sent = scene.comes_true(lambda: not _waiting(), AFTERWARDS)
    restarts = sum(service.starts - 1 for service in scene.services)
    again = "yes" if sent else "no"
    yield Figure(
        f"Redis away {away:.0f} s; workers drain again: {again}, after {restarts} restarts", holds=sent
    )
    verdict = judge(mails(), scene.journal.lines())
    yield Figure(
        f"lost {len(verdict.lost)} of {verdict.written:,}", holds=not verdict.lost and verdict.written > size
    )
    yield Figure(f"came twice {len(verdict.doubled)}", holds=not verdict.doubled)


def _waiting() -> int:
    return OutboxMessage.objects.filter(state__in=(*MAIL_DUE, *MAIL_LEASED)).count()


def _drain_by_command(issued: list[Issued]) -> Figure:
    tell(issued)
    waiting = _waiting()
    command = [sys.executable, "manage.py", "drain_outbox", "--until-empty"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    left = _waiting()
    text = f"drain_outbox sent {waiting - left} of {waiting} {done.stderr.strip()[-300:]}"
    return Figure(text.strip(), holds=waiting > 0 and not left and done.returncode == 0)


class _Visit:
    """An officer reads an invitation and accepts it."""

    def __init__(self, address: str) -> None:
        self.reader = Reader(address)
        self.invitation = proposed().invitations.get(side="host")
        self.link = path_of_link(
            self.invitation, officers_of(self.invitation)[0], f"nonce-{self.invitation.pk}"
        )
        self.statuses: list[int] = []
        self.slowest = 0.0

    def pay(self) -> None:
        answer = "/exchange/answer/"
        for step in (
            lambda: self.reader.get(self.link),
            lambda: self.reader.get(answer),
            lambda: self.reader.post(answer, answer="accept"),
            lambda: self.reader.get("/en/"),
        ):
            began = time.monotonic()
            self.statuses.append(step())
            self.slowest = max(self.slowest, time.monotonic() - began)

    @property
    def accepted(self) -> bool:
        return Invitation.objects.filter(pk=self.invitation.pk, state="accepted").exists()


def _told(visits: list[_Visit]) -> Iterator[Figure]:
    good = sum(visit.statuses == [302, 200, 302, 200] and visit.accepted for visit in visits)
    odd = "" if good == len(visits) else f" (not {[visit.statuses for visit in visits]})"
    yield Figure(
        f"{good} of {len(visits)} officers read, answered and read on{odd}", holds=good == len(visits)
    )
    slowest = max(visit.slowest for visit in visits)
    yield Figure(f"slowest page {slowest:.1f} s", holds=slowest < PROMPT)
