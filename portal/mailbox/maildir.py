"""A Maildir as it lies on disk: one file a mail, in new/ and cur/. Any rubbish in it must still be shown."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import Message
from email.parser import BytesHeaderParser, BytesParser
from pathlib import Path

from portal.inbound.parsed import part_text, readable


class CaughtMail:
    def __init__(self, path: Path, parsed: Message) -> None:
        self.key = path.name
        self.caught_at = datetime.fromtimestamp(path.stat().st_mtime, tz=UTC)
        self._parsed = parsed

    @property
    def subject(self) -> str:
        return readable(self._parsed.get("Subject"))

    @property
    def sender(self) -> str:
        return readable(self._parsed.get("From"))

    @property
    def recipient(self) -> str:
        return readable(self._parsed.get("To")) or self.envelope_recipient

    @property
    def envelope_recipient(self) -> str:
        """To whom the catcher was told to bring it."""
        return readable(self._parsed.get("X-RcptTo"))

    @property
    def headers(self) -> list[tuple[str, str]]:
        return [(name, readable(value)) for name, value in self._parsed.items()]

    @property
    def text(self) -> str:
        return self._first("text/plain")

    @property
    def html(self) -> str:
        return self._first("text/html")

    def _first(self, content_type: str) -> str:
        parts = (part for part in self._parsed.walk() if part.get_content_type() == content_type)
        return next((part_text(part) for part in parts), "")


def list_mails(folder: Path, *, to: str = "") -> list[Path]:
    """The files of all mails, newest first; of those to an address that contains `to`."""
    files = sorted(_files(folder), key=lambda entry: (entry.stat().st_mtime_ns, entry.name), reverse=True)
    paths = [Path(entry.path) for entry in files]
    return [path for path in paths if _is_to(path, to)] if to else paths


def read_headers(path: Path) -> CaughtMail:
    with path.open("rb") as file:
        return CaughtMail(path, BytesHeaderParser().parse(file))


def read_mail(folder: Path, key: str) -> CaughtMail | None:
    """None if no mail has this key. A key is looked up among the files, never made into a path."""
    entry = next((entry for entry in _files(folder) if entry.name == key), None)
    if entry is None:
        return None
    with open(entry.path, "rb") as file:
        return CaughtMail(Path(entry.path), BytesParser().parse(file))


def _files(folder: Path) -> Iterator[os.DirEntry[str]]:
    for name in ("new", "cur"):
        if (folder / name).is_dir():
            with os.scandir(folder / name) as entries:
                yield from (entry for entry in entries if entry.is_file(follow_symlinks=False))


def _is_to(path: Path, to: str) -> bool:
    mail = read_headers(path)
    return to.casefold() in f"{mail.recipient}\n{mail.envelope_recipient}".casefold()
