"""A mail as handlers see it. Anybody may have written it, a broken program too."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.policy import Policy, default
from email.utils import getaddresses, parseaddr
from functools import cached_property

from .addresses import read_tag

#: Each line of a mail costs the parser the more time, the more parts it stands within.
MOST_LAYERS = 30
LAYER = re.compile(rb"boundary[*\d\s]*=|message/", re.IGNORECASE)
#: A list of a hundred recipients; what goes on for longer is cut.
LONGEST_HEADER = 8_000
#: Where mail systems write to whom a mail was brought.
RECIPIENT_HEADERS = ("to", "cc", "delivered-to", "x-original-to", "envelope-to")


class UnreadableMailError(Exception):
    """Its text says why the mail is not taken apart."""


def parse_mail(raw: bytes, *, policy: Policy = default) -> ParsedMail:
    """Raises UnreadableMailError for what was built to keep a reader busy, and whatever `email` raises.

    With `compat32` it is a weaker parser, which no header breaks.
    """
    if len(LAYER.findall(raw)) > MOST_LAYERS:
        raise UnreadableMailError("too many parts within parts")
    return ParsedMail(message_from_bytes(raw, policy=policy))


@dataclass(frozen=True)
class ParsedMail:
    #: Its `[]` may raise on a malformed header; `header` never does.
    message: Message

    def header(self, name: str) -> str:
        """The first header of this name in one line, decoded; empty where there is none."""
        return next(iter(self.headers(name)), "")

    def headers(self, name: str) -> list[str]:
        items = self.message.raw_items()
        return [readable(str(value)[:LONGEST_HEADER]) for key, value in items if key.lower() == name]

    @cached_property
    def sender(self) -> str:
        """The address after From, in small letters. Anybody can write any."""
        return parseaddr(self.header("from"))[1].lower()

    @cached_property
    def recipients(self) -> tuple[str, ...]:
        """The addresses the mail was sent or brought to, in small letters."""
        fields = [value for name in RECIPIENT_HEADERS for value in self.headers(name)]
        found = (address.lower() for _name, address in getaddresses(fields))
        return tuple(dict.fromkeys(filter(None, found)))

    def tag(self, purpose: str, *others: str) -> tuple[int, ...] | None:
        """The ids in the first genuine address of this purpose among the recipients and `others`.

        A calendar's answer names the tagged address as its ORGANIZER too, perhaps there alone; `mailto:` in
        front of one does no harm.
        """
        addresses = (*self.recipients, *(other.lower().removeprefix("mailto:") for other in others))
        found = (read_tag(purpose, address) for address in addresses)
        return next((ids for ids in found if ids is not None), None)

    @cached_property
    def text(self) -> str:
        """The first part in plain text."""
        parts = (part for part in self.message.walk() if part.get_content_type() == "text/plain")
        return next((part_text(part) for part in parts), "")


def readable(value: object) -> str:
    """A header in one line as people read it; as it stands where it cannot be decoded."""
    raw = printable(" ".join(str(value or "").split()))
    try:
        words = str(make_header(decode_header(raw)))
    except (MessageError, LookupError, ValueError):
        words = raw
    return printable(words)


def part_text(part: Message) -> str:
    """What a part says, whatever it says of its charset."""
    payload = part.get_payload(decode=True) or b""
    try:
        return payload.decode(part.get_content_charset("utf-8"), "replace")
    except (LookupError, ValueError):
        return payload.decode("utf-8", "replace")


def printable(text: str) -> str:
    """Raw bytes read as UTF-8; without NULs, which PostgreSQL does not keep, and halves of characters."""
    try:
        raw = text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        raw = text.encode("utf-8", "replace")
    return raw.decode("utf-8", "replace").replace("\0", " ")
