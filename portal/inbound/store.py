"""A mail is kept before anybody reads it."""

from __future__ import annotations

from datetime import datetime
from email.parser import BytesHeaderParser
from hashlib import sha256

from django.utils.translation import gettext_noop

from portal.enums import InboundState
from portal.models import InboundMail

from .parsed import ParsedMail

#: An answer of a calendar has 10 kB; a mail that comes back holds what we sent.
MOST_BYTES = 2 * 1024 * 1024
#: Of one that is larger.
MOST_HEADER_BYTES = 64 * 1024

TOO_LARGE = gettext_noop("The mail is too large; its headers alone were kept, and nobody has read it.")


def store_mail(raw: bytes, *, now: datetime, size: int | None = None) -> InboundMail:
    """The row of these bytes, written unless it stands already; `size` where `raw` is only its headers."""
    size = max(size or 0, len(raw))
    facts = {"raw": raw}
    if size > MOST_BYTES:
        facts = {"raw": _headers(raw), "state": InboundState.PUT_ASIDE, "outcome": TOO_LARGE}
    key = sha256(raw).hexdigest()
    row = InboundMail(sha256=key, size=size, received_at=now, **_envelope(raw), **facts)
    # The database drops the second of two equal mails, whoever brings them.
    InboundMail.objects.bulk_create([row], ignore_conflicts=True)
    return InboundMail.objects.get(sha256=key)


def _headers(raw: bytes) -> bytes:
    end = min((at for at in (raw.find(b"\r\n\r\n"), raw.find(b"\n\n")) if at >= 0), default=len(raw))
    return raw[: min(end, MOST_HEADER_BYTES)]


def _envelope(raw: bytes) -> dict[str, str]:
    """What lists show, as the headers say it; the newer half of `email` would raise on some."""
    mail = ParsedMail(BytesHeaderParser().parsebytes(_headers(raw)))
    return {
        "message_id": mail.header("message-id")[:250],
        "sender": mail.sender[:254],
        "recipient": next(iter(mail.recipients), "")[:254],
        "subject": mail.header("subject")[:250],
    }
