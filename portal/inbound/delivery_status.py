"""What a mail server says of a mail it could not deliver (RFC 3464), as facts without a judgement."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.utils import parseaddr

from .parsed import ParsedMail, readable

DELIVERY_STATUS = "message/delivery-status"
STATUS = re.compile(r"\s*([245]\.\d{1,3}\.\d{1,3})\b")
#: RFC 3461 writes "+" and what is not ASCII as "+2B".
XTEXT = re.compile(r"\+([0-9A-F]{2})")


@dataclass(frozen=True, slots=True)
class Delivery:
    """How it went for one recipient."""

    #: In small letters: the address the server could not reach, and the one we had written, where it says so.
    addresses: frozenset[str]
    #: failed, delayed, delivered, relayed or expanded.
    action: str
    #: Enhanced status code after RFC 3463; empty where there is none.
    status: str
    diagnostic: str


def is_delivery_report(mail: ParsedMail) -> bool:
    return mail.message.get_content_type() == "multipart/report" and any(_status_parts(mail))


def deliveries(mail: ParsedMail) -> list[Delivery]:
    blocks = (block for part in _status_parts(mail) for block in part.get_payload())
    return [_delivery(block) for block in blocks if _field(block, "action")]


def _status_parts(mail: ParsedMail) -> Iterator[Message]:
    """Only of the report itself, not of a report within the mail that came back."""
    if mail.message.is_multipart():
        parts = (part for part in mail.message.get_payload() if part.is_multipart())
        yield from (part for part in parts if part.get_content_type() == DELIVERY_STATUS)


def _delivery(block: Message) -> Delivery:
    final = _address(_field(block, "final-recipient"))
    original = _address(XTEXT.sub(_character, _field(block, "original-recipient")))
    status = STATUS.match(_field(block, "status"))
    return Delivery(
        addresses=frozenset(filter(None, (final, original))),
        # Some servers add a comment.
        action=_field(block, "action").split()[0].lower(),
        status=status[1] if status else "",
        diagnostic=_field(block, "diagnostic-code"),
    )


def _field(block: Message, name: str) -> str:
    return next((readable(value) for key, value in block.raw_items() if key.lower() == name), "").strip()


def _address(field: str) -> str:
    """Of `rfc822; ann@example.org`; some servers leave the type away, or put brackets around."""
    kind, parted, address = field.partition(";")
    return parseaddr(address if parted else kind)[1].lower()


def _character(match: re.Match[str]) -> str:
    return chr(int(match[1], 16))
