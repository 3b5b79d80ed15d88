"""The bytes of a mail, rendered once; a second try sends the same ones.

Built by Django's messages, not by the newer half of Python's `email`, which makes two addresses of a long
name with a comma (Python 3.11.7; https://github.com/python/cpython/issues/100884).
"""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from email.charset import BASE64, QP, Charset
from email.mime.base import MIMEBase
from email.utils import format_datetime
from typing import NamedTuple
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

#: Headers that callers cannot give.
OWN_HEADERS = {"bcc", "cc", "date", "from", "message-id", "mime-version", "subject", "to"}
HEADER_NAME = re.compile(r"[!-9;-~]+")
BLANK_BEFORE_LINK = re.compile(rb"^([!-9;-~]+: )\r\n (?=<)", re.MULTILINE)


class CalendarPart(NamedTuple):
    """A calendar object (RFC 5545) and its METHOD, which stands in the mail as well (RFC 6047, 2.4)."""

    method: str
    body: bytes


def make_message_id(dedupe_key: str) -> str:
    """Tells nothing of the key, and is the same whenever the same mail is written."""
    host = urlsplit(settings.BASE_URL).hostname
    return f"<{uuid5(NAMESPACE_URL, f'{settings.BASE_URL}/{dedupe_key}')}@{host}>"


def one_line(text: str) -> str:
    """Without line breaks and control characters: nothing can end a header and begin another."""
    visible = (" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in text)
    return " ".join("".join(visible).split())


def build_mime(
    *,
    to: str,
    subject: str,
    text: str,
    html: str,
    message_id: str,
    now: datetime,
    headers: dict[str, str],
    calendar: CalendarPart | None = None,
) -> bytes:
    """7-bit with CRLF line ends. Raises ValueError for a header that is not the caller's to give."""
    for name in headers:
        if (
            not HEADER_NAME.fullmatch(name)
            or name.lower() in OWN_HEADERS
            or name.lower().startswith("content-")
        ):
            raise ValueError(f"The header {name!r} cannot be given.")
    fixed = {"Date": format_datetime(now), "Message-ID": message_id, "Auto-Submitted": "auto-generated"}
    mail = EmailMultiAlternatives(
        one_line(subject), text, settings.DEFAULT_FROM_EMAIL, [to], headers=fixed | headers
    )
    mail.encoding = _seven_bit()
    if html:
        mail.attach_alternative(html, "text/html")
    message = mail.message()
    if calendar is not None:
        if not html:
            raise ValueError("A calendar stands beside text and HTML.")
        message.attach(_calendar_part(calendar))
    return _with_links_unfolded(message.as_bytes(linesep="\r\n"))


def _calendar_part(calendar: CalendarPart) -> MIMEBase:
    """The last of the alternatives. No file beside it: programs that read both show the invitation twice."""
    part = MIMEBase("text", "calendar", method=calendar.method, charset="utf-8", component="VEVENT")
    # Mail servers may change line ends of text, and long lines; base64 they leave alone.
    charset = Charset("utf-8")
    charset.body_encoding = BASE64
    del part["MIME-Version"]
    part.set_payload(calendar.body.decode(), charset)
    return part


def _with_links_unfolded(mime: bytes) -> bytes:
    """A long link is one word: Python folds before it, which RFC 5322 forbids and some do not read."""
    head, empty_line, body = mime.partition(b"\r\n\r\n")
    return BLANK_BEFORE_LINK.sub(rb"\1", head) + empty_line + body


def _seven_bit() -> Charset:
    charset = Charset("utf-8")
    charset.body_encoding = QP
    return charset
