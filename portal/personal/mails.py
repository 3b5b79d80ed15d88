"""Mails to, from and about a person who goes, read whole: their bytes hide words behind encodings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message

from django.db.models import Q

from portal.models import InboundMail, OutboxMessage, Suppression

from .traces import Traces

ROWS_AT_ONCE = 200

#: Stands in any mail with encoded parts.
RETURNED = "content-transfer-encoding"
HEADER = re.compile(r"[A-Za-z][A-Za-z-]*: ")


def erase_mails(*, addresses: set[str], traces: Traces, since: datetime) -> None:
    """Mails to and from `addresses` go; in those to others, none older than `since`, the person is nobody."""
    OutboxMessage.objects.filter(_any("recipient", addresses)).delete()
    InboundMail.objects.filter(_any("sender", addresses) | _any("recipient", addresses)).delete()
    Suppression.objects.filter(_any("address", addresses)).delete()
    written = OutboxMessage.objects.filter(created_at__gte=since)
    for row in written.only("mime", "subject", "dedupe_key", "last_answer").iterator(ROWS_AT_ONCE):
        _scrub_sent(row, traces)
    came = InboundMail.objects.filter(received_at__gte=since)
    about = [row.pk for row in came.iterator(ROWS_AT_ONCE) if _is_about(row, traces)]
    InboundMail.objects.filter(pk__in=about).delete()


def _any(column: str, addresses: set[str]) -> Q:
    found = Q(pk=None)
    for address in addresses:
        found |= Q(**{f"{column}__iexact": address})
    return found


def _scrub_sent(row: OutboxMessage, traces: Traces) -> None:
    facts = {
        "subject": traces.without(row.subject)[:250],
        "last_answer": traces.without(row.last_answer)[:500],
    }
    if traces.mentions(row.dedupe_key):
        # Keys end with ids of people; one that has an address in it is of no use any more.
        facts["dedupe_key"] = f"erased:{row.pk}"
    cleaned = scrub_mail(bytes(row.mime), traces)
    if cleaned is not None:
        facts["mime"] = cleaned
    if any(getattr(row, name) != value for name, value in facts.items()):
        OutboxMessage.objects.filter(pk=row.pk).update(**facts)


def scrub_mail(mime: bytes, traces: Traces) -> bytes | None:
    """The mail without the person; None where it does not speak of them."""
    mail = message_from_bytes(mime)
    about = [part for part in mail.walk() if traces.mentions(_text(part))]
    headers = [name for name, value in mail.items() if traces.mentions(_readable(value))]
    if not about and not headers:
        return None
    for name in headers:
        value = traces.without(_readable(mail[name]))
        del mail[name]
        # Answers to somebody who is gone lead nowhere.
        if name.lower() == "subject":
            mail[name] = value
    for part in about:
        _set_text(part, traces.without(_text(part)))
    return mail.as_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def _text(part: Message) -> str:
    """Of one part, without what parts below it hold; long lines of calendars unfolded (RFC 5545, 3.1)."""
    if part.is_multipart():
        return ""
    payload = part.get_payload(decode=True)
    text = payload.decode(part.get_content_charset("utf-8"), errors="replace") if payload else ""
    if part.get_content_type() == "text/calendar":
        text = text.replace("\r\n ", "").replace("\n ", "")
    return text


def _set_text(part: Message, text: str) -> None:
    """The content type keeps its parameters: a calendar's method stands there."""
    kind = part["Content-Type"]
    del part["Content-Transfer-Encoding"]
    part.set_payload(text, "utf-8")
    if kind is not None:
        part.replace_header("Content-Type", kind)
        part.set_param("charset", "utf-8")


def _readable(value: object) -> str:
    try:
        return str(make_header(decode_header(str(value))))
    except (ValueError, LookupError):
        return str(value)


def _is_about(row: InboundMail, traces: Traces) -> bool:
    kept = (row.subject, row.sender, row.recipient, row.outcome, row.detail)
    return traces.mentions("\n".join(kept)) or any(map(traces.mentions, _words(bytes(row.raw))))


def _from_mail(text: str) -> bytes:
    """The mail within a text, from the first of its headers on."""
    lines = text.splitlines(keepends=True)
    begin = next((at for at, line in enumerate(lines) if HEADER.match(line)), len(lines))
    return "".join(lines[begin:]).encode("utf-8", errors="replace")


def _words(raw: bytes) -> Iterator[str]:
    yield raw.decode("utf-8", errors="replace")
    try:
        mail = message_from_bytes(raw)
        yield from (_readable(value) for _name, value in mail.items())
        texts = [_text(part) for part in mail.walk()]
        yield from texts
        # Some servers return a mail as plain text, its own parts still encoded.
        yield from (
            word for text in texts if RETURNED in text.casefold() for word in _words(_from_mail(text))
        )
    except (LookupError, ValueError, AssertionError):
        # A broken mail: its bytes were looked through already.
        return
