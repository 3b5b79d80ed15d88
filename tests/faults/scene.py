"""What a row of the table has at hand: a database, and servers that end with it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import redis
import requests

from portal.demo.processes import Child, Crew, module
from portal.embedded import free_port, server_command, wait_until_it_answers

from .aim import use_mail_server, use_redis
from .databases import Database
from .journal import Journal
from .size import Size

#: Seconds in which a server must come up on a machine that is busy.
PATIENCE = 90
PASSWORD = "faults"


@dataclass(frozen=True, slots=True)
class Figure:
    """What was reached, and whether that is what must hold."""

    text: str
    holds: bool = True


@dataclass(frozen=True, slots=True)
class Redis:
    crew: Crew
    folder: Path
    port: int
    children: list[Child] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"redis://:{PASSWORD}@127.0.0.1:{self.port}"

    def start(self) -> None:
        command = server_command(self.folder, self.port, PASSWORD)
        self.children.append(
            self.crew.start(
                f"redis-{len(self.children)}", command, is_server=True, orphan_signal=signal.SIGKILL
            )
        )
        wait_until_it_answers(self.url, lambda: self.children[-1].process.poll() is None)

    def kill(self) -> None:
        self.children[-1].signal_all(signal.SIGKILL)
        self.children[-1].process.wait()

    def empty(self) -> None:
        with closing(redis.Redis.from_url(self.url)) as client:
            client.flushall()


@dataclass(slots=True)
class Service:
    """A process that is started again when it ends, as systemd does (docs/how-to/run-on-servers.md)."""

    crew: Crew
    name: str
    command: list[str]
    starts: int = 0
    child: Child | None = None

    def tend(self) -> None:
        if self.child is None or self.process.poll() is not None:
            name = f"{self.name}-{self.starts}"
            self.child = self.crew.start(name, self.command, orphan_signal=signal.SIGKILL)
            self.starts += 1

    @property
    def process(self) -> subprocess.Popen[bytes]:
        return self.child.process

    @property
    def log(self) -> str:
        """Of its present process."""
        return self.child.log.read_text(errors="replace")

    def kill(self) -> None:
        """With everything that it has started."""
        self.child.signal_all(signal.SIGKILL)
        self.process.wait()


@dataclass(slots=True)
class Scene:
    """Of one row, in one process; `os.environ` is that of every process that it starts."""

    size: Size
    database: Database
    folder: Path
    crew: Crew
    services: list[Service] = field(default_factory=list)

    @property
    def journal(self) -> Journal:
        return Journal(self.folder / "journal")

    def start_redis(self) -> Redis:
        server = Redis(self.crew, self.folder / "redis", free_port())
        server.start()
        use_redis(server.url)
        return server

    def start_sink(self, *, trouble: bool = False) -> int:
        """Its port."""
        port = free_port()
        options = ["--port", str(port), "--journal", str(self.journal.path)]
        command = module("tests.faults.sink", *options, *(["--trouble"] if trouble else []))
        self.crew.start("sink", command, is_server=True, orphan_signal=signal.SIGKILL)
        wait_until(lambda: listens(port), "the mail server listens")
        use_mail_server(port)
        return port

    def start_worker(
        self, name: str, *options: str, app: str = "portal.celery", queues: str = "mail"
    ) -> Service:
        quiet = ["--without-gossip", "--without-mingle", "--hostname", f"{name}@%h", "--loglevel", "INFO"]
        return self._serve(name, "celery", "--app", app, "worker", "--queues", queues, *quiet, *options)

    def start_beat(self, name: str = "beat") -> Service:
        schedule = ["--schedule", str(self.folder / name), "--pidfile="]
        return self._serve(name, "celery", "--app", "portal.celery", "beat", *schedule)

    def _serve(self, name: str, *command: str) -> Service:
        self.services.append(Service(self.crew, name, module(*command)))
        self.services[-1].tend()
        return self.services[-1]

    def tend(self) -> None:
        """Call it again and again: what has ended is started again."""
        for service in self.services:
            service.tend()

    def comes_true(self, reached: Callable[[], bool], seconds: float) -> bool:
        """Tends all services meanwhile."""

        def look() -> bool:
            self.tend()
            return reached()

        return comes_true(look, seconds)

    def start_web(self, *, workers: int = 2, threads: int = 4) -> str:
        """Its address. Loaded once and then forked, which halves the time to start."""
        port = free_port()
        options = ["--bind", f"127.0.0.1:{port}", "--workers", str(workers), "--threads", str(threads)]
        command = module("gunicorn", "portal.wsgi", *options, "--preload", "--no-control-socket")
        self.crew.start("web", command, orphan_signal=signal.SIGQUIT)
        address = f"http://127.0.0.1:{port}"
        wait_until(lambda: answers(address), "the web server answers")
        return address


@contextmanager
def scene(size: Size, database: Database, folder: Path) -> Iterator[Scene]:
    """Ends every process that the row has started, also when it is interrupted."""
    crew = Crew(folder / "log")
    try:
        yield Scene(size, database, folder, crew)
    finally:
        # At once: nobody needs what they might still say.
        for child in crew.children:
            child.signal_all(signal.SIGKILL)
        crew.end()


def wait_until_ready(*workers: Service) -> None:
    wait_until(lambda: all(" ready." in worker.log for worker in workers), "the workers are ready")


def listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def answers(address: str) -> bool:
    try:
        return requests.get(f"{address}/healthz", timeout=5).status_code in (200, 503)
    except requests.RequestException:
        return False


def wait_until(reached: Callable[[], bool], what: str, seconds: float = PATIENCE) -> None:
    """Raises TimeoutError that says what did not come."""
    if not comes_true(reached, seconds):
        raise TimeoutError(f"Within {seconds:.0f} s it did not come to this: {what}.")


def comes_true(reached: Callable[[], bool], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not reached():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


def children_of(pid: int) -> list[int]:
    """Linux only, as is the rig's promise that nothing outlives it."""
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except FileNotFoundError:
        return []


def kill(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
