"""What must be so before anything starts, each failure in one sentence."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .trouble import Trouble

#: The database, the log of Valkey and the caught mail of the demo need less.
NEEDED_MB = 300


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Holds the folder's lock; the kernel frees it however this process ends."""
    check_folder(folder)
    with (folder / "demo.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise Trouble(
                f"The demo already runs in {folder} (process {lock.read().strip()}); end it there."
            ) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def check_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "demo.lock").touch()
    except OSError as fault:
        raise Trouble(
            f"{folder} cannot be written: {fault.strerror}. Set VAR_DIR to another folder."
        ) from fault
    free = shutil.disk_usage(folder).free // 1024**2
    if free < NEEDED_MB:
        raise Trouble(f"The disk of {folder} is full: {free} MB are free, the demo needs {NEEDED_MB} MB.")


def check_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as fault:
            if fault.errno == errno.EACCES:
                raise Trouble(
                    f"Only root may use port {port}; choose another: make demo PORT=8001"
                ) from fault
            raise Trouble(
                f"Port {port} is taken; end what uses it or choose another: make demo PORT=8001"
            ) from fault
