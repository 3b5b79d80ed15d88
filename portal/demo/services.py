"""The portal's own processes: web server, two Celery workers, beat."""

from __future__ import annotations

import signal
import time
import urllib.error
import urllib.request
from collections.abc import Callable

from django.conf import settings
from kombu.exceptions import OperationalError

from portal.celery import app

from .processes import Crew, module
from .trouble import Trouble

#: Seconds until all of them must have answered.
START_TIMEOUT = 90
#: Queues by worker: a long run must not stand between people and their mail. The mail catcher is quick, so
#: mail needs no worker of its own here.
QUEUES = {"worker": "celery,mail", "matching": "matching"}
CELERY = ("celery", "--app", "portal.celery")


def start_services(crew: Crew) -> None:
    # Quits at once where it was left alone: the next start needs its port.
    crew.start("web", module("gunicorn", "portal.wsgi", *_web_options()), orphan_signal=signal.SIGQUIT)
    for name, queues in QUEUES.items():
        options = ["--queues", queues, "--hostname", f"{name}@%h", "--without-gossip", "--without-mingle"]
        # One process a worker, without children: a kill leaves nothing behind, and the task is done again.
        worker = module(*CELERY, "worker", "--pool", "solo", "--loglevel", "INFO", *options)
        crew.start(name, worker, orphan_signal=signal.SIGKILL)
    schedule = settings.VAR_DIR / "beat" / "schedule"
    schedule.parent.mkdir(parents=True, exist_ok=True)
    crew.start("beat", module(*CELERY, "beat", "--schedule", str(schedule), "--pidfile="))


def _web_options() -> list[str]:
    """Loaded once and then forked, which halves the time to start."""
    bind = ["--bind", f"127.0.0.1:{settings.PORT}"]
    return [
        *bind,
        "--preload",
        "--workers",
        "2",
        "--threads",
        "4",
        "--access-logfile",
        "-",
        "--no-control-socket",
    ]


def wait_for_services(crew: Crew) -> None:
    _wait(crew, "web server", _web_answers)
    _wait(crew, "Celery workers", _workers_answer)


def _wait(crew: Crew, what: str, answers: Callable[[], bool]) -> None:
    deadline = time.monotonic() + START_TIMEOUT
    while not answers():
        crew.check()
        if time.monotonic() > deadline:
            raise Trouble(f"The {what} did not answer within {START_TIMEOUT} s; {crew.logs} holds the logs.")
        time.sleep(0.1)


def _web_answers() -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{settings.PORT}/healthz", timeout=5):
            return True
    except urllib.error.HTTPError:
        return True  # it answers, and the page of the outbox says what it does not like
    except OSError:
        return False


def _workers_answer() -> bool:
    try:
        return len(app.control.ping(timeout=0.5, limit=len(QUEUES))) == len(QUEUES)
    except OperationalError:
        return False
