"""The servers below the portal: a Redis and a mail catcher, unless the environment names real ones."""

from __future__ import annotations

import json
import os
import secrets
import smtplib
import time
from contextlib import closing

import redis

from portal.embedded import free_port, server_command, wait_until_it_answers
from portal.settings.environment import read_url
from portal.settings.folders import VAR_DIR
from portal.settings.secret import kept_secret
from portal.settings.servers import SERVERS_FILE

from .processes import Child, Crew, module
from .trouble import Trouble

#: Seconds the mail catcher may take to greet.
MAIL_TIMEOUT = 20


def start_servers(crew: Crew) -> None:
    """Settings read afterwards find them; so do commands typed into another terminal."""
    addresses = {}
    waits = []
    if "REDIS_URL" not in os.environ:
        addresses["REDIS_URL"], valkey = _start_valkey(crew)
        waits.append(lambda: wait_until_it_answers(addresses["REDIS_URL"], lambda: _runs(valkey)))
    else:
        waits.append(_check_redis)
    if "EMAIL_URL" not in os.environ:
        port, catcher = _start_mail_catcher(crew)
        addresses["EMAIL_URL"] = f"smtp://127.0.0.1:{port}"
        waits.append(lambda: _wait_for_mail(port, catcher))
    for wait in waits:
        wait()
    _write(addresses)


def forget_servers() -> None:
    SERVERS_FILE.unlink(missing_ok=True)


def _start_valkey(crew: Crew) -> tuple[str, Child]:
    folder = VAR_DIR / "valkey"
    port, password = free_port(), kept_secret(folder / "password")
    child = crew.start("redis", server_command(folder, port, password), is_server=True)
    return f"redis://:{password}@127.0.0.1:{port}", child


def _check_redis() -> None:
    address = read_url("REDIS_URL", ("redis", "rediss"))
    try:
        with closing(redis.Redis.from_url(address, socket_connect_timeout=5, retry=None)) as client:
            client.ping()
    except redis.RedisError as fault:
        raise Trouble(f"The Redis of REDIS_URL does not answer: {fault}") from fault


def _start_mail_catcher(crew: Crew) -> tuple[int, Child]:
    port, folder = free_port(), VAR_DIR / "mail"
    listen = ["--nosetuid", "--listen", f"127.0.0.1:{port}"]
    handler = ["--class", "aiosmtpd.handlers.Mailbox", str(folder)]
    return port, crew.start("mail-catcher", module("aiosmtpd", *listen, *handler), is_server=True)


def _wait_for_mail(port: int, catcher: Child) -> None:
    deadline = time.monotonic() + MAIL_TIMEOUT
    while time.monotonic() < deadline and _runs(catcher):
        try:
            with smtplib.SMTP("127.0.0.1", port, timeout=1):
                return
        except OSError:
            time.sleep(0.05)
    raise Trouble(f"The mail catcher does not answer; {catcher.log} says why.")


def _runs(child: Child) -> bool:
    return child.process.poll() is None


def _write(addresses: dict[str, str]) -> None:
    """A complete file that its owner alone reads: it holds the password of Redis."""
    draft = SERVERS_FILE.with_suffix(f".{secrets.token_hex(4)}")
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(addresses))
    draft.rename(SERVERS_FILE)
