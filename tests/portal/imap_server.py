"""A real IMAP server on loopback (pymap), over a Maildir that tests write to and look into."""

from __future__ import annotations

import mailbox
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pysasl.hashing import BuiltinHash

from portal.embedded import free_port
from tests.portal.outbox_rig import wait_until_it_listens

USER, PASSWORD = "portal@example.org", "a/b:c@d %"


class ImapServer:
    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self._process: subprocess.Popen[bytes] | None = None
        folder.mkdir()
        (folder / "pymap-etc-passwd").write_text(f"{USER}::::,,,:home:\n")
        password = BuiltinHash(rounds=1).hash(PASSWORD).replace(":", "")
        (folder / "pymap-etc-shadow").write_text(f"{USER}:{password}:::::::\n")
        self._maildir = mailbox.Maildir(folder / "home")

    def start(self) -> None:
        main = "from pymap.main import main; main()"
        options = ["--host", "127.0.0.1", "--port", str(self.port), "--no-tls", "maildir", str(self.folder)]
        self._process = subprocess.Popen([sys.executable, "-c", main, *options], stderr=subprocess.DEVNULL)
        wait_until_it_listens(self.port)

    def kill(self) -> None:
        if self._process:
            self._process.kill()
            self._process.wait()

    def deliver(self, raw: bytes, *, flags: str = "") -> None:
        message = mailbox.MaildirMessage(raw)
        message.set_flags(flags)
        self._maildir.add(message)

    def clear(self) -> None:
        self._maildir.clear()

    def left(self) -> list[str]:
        """The flags of what is still there; T is for deleted, F for flagged."""
        return sorted("".join(sorted(message.get_flags())) for message in self._maildir)

    @property
    def url(self) -> str:
        return f"imap://portal%40example.org:a%2Fb%3Ac%40d%20%25@127.0.0.1:{self.port}/INBOX"


@contextmanager
def imap_server(folder: Path) -> Iterator[ImapServer]:
    server = ImapServer(folder)
    server.start()
    try:
        yield server
    finally:
        server.kill()
