"""The portal as its processes: web server, worker, beat, mail catcher, Redis, on the tests' database."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from portal.embedded import embedded_redis, end_with_parent, free_port

#: Seconds until the web server must answer.
START_TIMEOUT = 90


@dataclass(frozen=True, slots=True)
class RunningPortal:
    url: str
    #: Where its pictures and logs lie.
    folder: Path
    worker: subprocess.Popen[bytes]

    @contextmanager
    def worker_asleep(self) -> Iterator[None]:
        """While it sleeps, what is asked for stays asked for."""
        self.worker.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.worker.send_signal(signal.SIGCONT)


@contextmanager
def running_portal(folder: Path) -> Iterator[RunningPortal]:
    # A Redis of its own: on a shared one another portal's worker would take the hints of this one.
    with pytest.MonkeyPatch.context() as environment, embedded_redis(folder / "valkey") as redis_url:
        port, mail_port = free_port(), free_port()
        url = f"http://127.0.0.1:{port}"
        # As in the demonstration: an EMAIL_URL of the environment would switch the mailbox off.
        (folder / "servers.json").write_text(json.dumps({"EMAIL_URL": f"smtp://127.0.0.1:{mail_port}"}))
        environment.delenv("EMAIL_URL", raising=False)
        for name, value in {
            "DJANGO_SETTINGS_MODULE": "portal.settings.local",
            "VAR_DIR": str(folder),
            "DATABASE_URL": database_url(),
            "REDIS_URL": redis_url,
            "BASE_URL": url,
            # The tests sign links, and sign people in, as the portal does.
            "SECRET_KEY": settings.SECRET_KEY,
        }.items():
            environment.setenv(name, value)
        with ExitStack() as stack:
            start = partial(_start, stack, folder)
            handler = ["--class", "aiosmtpd.handlers.Mailbox", str(folder / "mail")]
            start("mail", "aiosmtpd", "--nosetuid", "--listen", f"127.0.0.1:{mail_port}", *handler)
            bind = ["--bind", f"127.0.0.1:{port}", "--threads", "4", "--no-control-socket"]
            web = start("web", "gunicorn", "portal.wsgi", *bind)
            celery = ["celery", "--app", "portal.celery"]
            worker = start("worker", *celery, "worker", "--pool", "solo", "--queues", "celery,mail,matching")
            start("beat", *celery, "beat", "--schedule", str(folder / "schedule"), "--pidfile=")
            _wait_for(web, url, folder)
            yield RunningPortal(url, folder, worker)


def _start(stack: ExitStack, folder: Path, name: str, *arguments: str) -> subprocess.Popen[bytes]:
    with (folder / f"{name}.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", *arguments],
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=end_with_parent(),
        )
    stack.callback(_end, process)
    return process


def _end(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _wait_for(web: subprocess.Popen[bytes], url: str, folder: Path) -> None:
    deadline = time.monotonic() + START_TIMEOUT
    while time.monotonic() < deadline and web.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"the web server does not answer: {(folder / 'web.log').read_text()[-2000:]}")


def database_url() -> str:
    """The tests' database, as the environment names databases."""
    facts = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{facts['NAME']}"
    password = f":{facts['PASSWORD']}" if facts["PASSWORD"] else ""
    return f"postgres://{facts['USER']}{password}@{facts['HOST']}:{facts['PORT'] or 5432}/{facts['NAME']}"
