"""The control: in the same storm a task that sends mail directly loses some, however it acknowledges."""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

from celery import Celery
from kombu.exceptions import OperationalError

from tests.faults.journal import KEPT
from tests.faults.judge import lost_recipients
from tests.faults.scene import Figure, Scene, wait_until_ready
from tests.faults.weather import Storm

#: Of the outbox's storm: fewer mails, in less time, are enough to lose some.
PART = 0.4
#: Seconds in which nothing more arrives when all that will has come.
SILENCE = 9
#: Long enough to hold the rendered invitation that it stands for.
TEXT = "You are invited.\n" * 60


def run(scene: Scene) -> Iterator[Figure]:
    # Workers that need no Django are there sooner.
    os.environ.pop("DJANGO_SETTINGS_MODULE")
    for name in scene.size.naive_ways:
        folder = scene.folder / name
        folder.mkdir()
        os.environ["NAIVE_LATE"] = "yes" if name == "late" else ""
        yield _lose(replace(scene, folder=folder, services=[]), name)


def _lose(scene: Scene, name: str) -> Figure:
    os.environ["NAIVE_PORT"] = str(scene.start_sink(trouble=True))
    redis = scene.start_redis()
    workers = [
        scene.start_worker(f"{name}-{n}", "--concurrency", "1", app="tests.faults.naive") for n in range(2)
    ]
    storm = Storm(scene.size.storm * PART, scene, redis, workers)
    wait_until_ready(*workers)
    storm.begin()
    written = [f"person{n}@example.org" for n in range(scene.size.naive)]
    _write(written, storm, redis.url)
    scene.comes_true(lambda: _silent(scene), 60)
    for worker in workers:
        worker.kill()
    lost = lost_recipients(written, scene.journal.lines())
    return Figure(f"{name} acknowledgement: lost {len(lost)} of {len(written):,}", holds=bool(lost))


def _write(written: list[str], storm: Storm, broker: str) -> None:
    """Gives Redis one message a mail, again and again until it is taken: none is lost before that."""
    options = {"max_retries": 0, "socket_connect_timeout": 2, "socket_timeout": 5}
    waiting = deque(written)
    with Celery(broker=broker, set_as_current=False, broker_transport_options=options) as app:
        while waiting or storm.passed < 1:
            storm.blow()
            if waiting and len(written) - len(waiting) < len(written) * storm.passed:
                with suppress(OperationalError):
                    app.send_task("naive.send", args=[waiting[0], TEXT], queue="mail", retry=False)
                    waiting.popleft()
            else:
                time.sleep(0.005)


def _silent(scene: Scene) -> bool:
    last = max((line.at for line in scene.journal.lines() if line.deed == KEPT), default=0)
    return time.monotonic() - last > SILENCE
