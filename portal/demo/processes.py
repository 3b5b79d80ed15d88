"""Processes that live and end together, each writing to a log of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from portal.embedded import end_with_parent

from .trouble import Trouble

#: Seconds a process may take to end by itself before it is killed.
GRACE = 5
#: Lines of the log of a process that died, shown to say why.
LAST_LINES = 8


@dataclass(frozen=True, slots=True)
class Child:
    name: str
    process: subprocess.Popen[bytes]
    log: Path
    is_server: bool

    def signal_all(self, signum: int) -> None:
        """To the process and everything that it started: it leads a group of its own."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signum)


class Crew:
    """Start from the main thread: a child ends with the thread that started it."""

    def __init__(self, logs: Path) -> None:
        self.logs = logs
        self.children: list[Child] = []

    def start(
        self, name: str, command: list[str], *, is_server: bool = False, orphan_signal: int = signal.SIGTERM
    ) -> Child:
        """`orphan_signal` ends it where this process was killed and could not."""
        self.logs.mkdir(parents=True, exist_ok=True)
        log = self.logs / f"{name}.log"
        with log.open("wb") as output:
            process = subprocess.Popen(  # noqa: S603 - our own command lines
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C reaches this process alone, which then ends the others
                preexec_fn=end_with_parent(orphan_signal),
            )
        child = Child(name, process, log, is_server)
        self.children.append(child)
        return child

    def check(self) -> None:
        """Raises Trouble when one of them has ended: half a portal is none."""
        for child in self.children:
            code = child.process.poll()
            if code is not None:
                raise Trouble(f"The {child.name} has ended with exit code {code}.{_last_words(child.log)}")

    def end(self) -> None:
        """Ends all: first those that use the servers, then the servers. Who lingers is killed."""
        for servers in (False, True):
            _end([child for child in self.children if child.is_server == servers])
        self.children.clear()


def _end(children: list[Child]) -> None:
    for child in children:
        child.signal_all(signal.SIGTERM)
    deadline = time.monotonic() + GRACE
    for child in children:
        while child.process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.02)
        # Also to the group of one that ended: its own children may not have.
        child.signal_all(signal.SIGKILL)
        child.process.wait()


def module(*arguments: str) -> list[str]:
    """The command line of a module run by the Python that runs this."""
    return [sys.executable, "-m", *arguments]


def _last_words(log: Path) -> str:
    lines = log.read_text(errors="replace").strip().splitlines()[-LAST_LINES:]
    return "".join(f"\n  {line}" for line in ["Its last words:", *lines, f"All of them: {log}"] if lines)
