"""The portal's pages beside two floors, in one run: requests a second, SQL queries and bytes of each.

Three web servers stand on the same filled PostgreSQL: one keeps nothing, one parts of pages, one whole pages.
Only one is asked at a time, and each page right after its floor: what else the machine does falls on both.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from statistics import median

from portal.embedded import end_with_parent, free_port

from .pages_seen import Seen, seen
from .race import ROOT

CONNECTIONS, WORKERS, THREADS = 8, 2, 4
CONSTANT, TWENTY_ROWS = "/floors/constant/", "/floors/rows/"
#: Of the floor that a page must reach: drawn, of the twenty rows; out of the cache, of the constant.
GOALS = {"afresh": (TWENTY_ROWS, 0.3), "drawn": (TWENTY_ROWS, 0.3), "kept": (CONSTANT, 0.6)}
#: The server that is asked for the floors.
FLOORS = "drawn"
#: Seconds for which pages and parts are kept.
KEPT = {"afresh": (0, 0), "drawn": (0, 3600), "kept": (3600, 3600)}
WARM_SECONDS, START_SECONDS = 1, 60
SETTINGS = {
    "DJANGO_SETTINGS_MODULE": "tests.benchmarks.floor_settings",
    "BASE_URL": "https://127.0.0.1",
    "EMAIL_URL": "smtp://127.0.0.1:1025",
    "SECRET_KEY": "benchmarks-only-0123456789-0123456789-0123456789-0123456789",
    "SECURE_SSL_REDIRECT": "0",
    "LOG_LEVEL": "WARNING",
}


class CannotMeasure(Exception):
    """Its text says what is missing."""


@dataclass(slots=True)
class Measured:
    """Requests a second, one figure a turn, by the way it was asked for (of `KEPT`) and address."""

    turns: defaultdict[tuple[str, str], list[float]] = field(default_factory=lambda: defaultdict(list))
    #: To the floor, which was asked just before.
    ratios: defaultdict[tuple[str, str], list[float]] = field(default_factory=lambda: defaultdict(list))

    def speed(self, way: str, address: str) -> float:
        return median(self.turns[way, address])

    def ratio(self, way: str, address: str) -> float:
        return median(self.ratios[way, address])


def measure(rounds: int, seconds: int) -> tuple[list[Seen], Measured]:
    """Raises CannotMeasure."""
    _check()
    os.environ.update(SETTINGS)
    _collect_static()
    pages = seen()
    measured = Measured()
    with ExitStack() as stack:
        servers = {way: stack.enter_context(_server(way)) for way in GOALS}

        def asked(way: str, address: str, seconds: int) -> float:
            speed = _asked(servers[way] + address, seconds)
            measured.turns[way, address].append(speed)
            return speed

        turns = [(way, page.address) for page in pages for way in GOALS]
        for way, address in [*turns, (FLOORS, CONSTANT), (FLOORS, TWENTY_ROWS)]:
            _asked(servers[way] + address, WARM_SECONDS)
        for number in range(1, rounds + 1):
            print(f"pages: round {number} of {rounds}", file=sys.stderr, flush=True)
            for way, address in turns:
                floor = asked(FLOORS, GOALS[way][0], seconds)
                measured.ratios[way, address].append(asked(way, address, seconds) / floor)
    return pages, measured


def _check() -> None:
    if shutil.which("wrk") is None:
        raise CannotMeasure("Pages are asked for by wrk; as root: apt install wrk")
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        raise CannotMeasure("Pages need a filled PostgreSQL: docs/benchmarks.md says how to make one.")


def _collect_static() -> None:
    command = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, check=True)


@contextmanager
def _server(way: str) -> Iterator[str]:
    address = f"127.0.0.1:{free_port()}"
    options = ["--workers", WORKERS, "--threads", THREADS, "--bind", address]
    process = subprocess.Popen(
        [*(sys.executable, "-m", "gunicorn", "portal.wsgi", "--preload", "--no-control-socket")]
        + [str(option) for option in options],
        cwd=ROOT,
        env=os.environ | dict(zip(("PAGES_KEPT", "PARTS_KEPT"), map(str, KEPT[way]), strict=True)),
        stderr=subprocess.DEVNULL,
        preexec_fn=end_with_parent(),
    )
    try:
        _wait_for(process, f"http://{address}")
        yield f"http://{address}"
    finally:
        process.terminate()
        process.wait()


def _wait_for(process: subprocess.Popen[bytes], url: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}{CONSTANT}", timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise CannotMeasure(f"The web server does not answer at {url}{CONSTANT}.")


def _asked(url: str, seconds: int) -> float:
    """Requests a second. One thread of wrk asks far faster than the portal answers."""
    options = ["--threads", "1", "--connections", str(CONNECTIONS), "--timeout", "30s"]
    said = subprocess.run(
        ["wrk", *options, "--duration", f"{seconds}s", "--header", "X-Forwarded-Proto: https", url],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    if "Non-2xx" in said or "Socket errors" in said:
        raise CannotMeasure(f"{url} did not always answer:\n{said}")
    return float(re.search(r"Requests/sec:\s*([\d.]+)", said)[1])
