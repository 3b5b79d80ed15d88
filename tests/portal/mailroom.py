"""Mails as they come in: answers of people, of programs, and of mail servers that could not deliver."""

from __future__ import annotations

from datetime import UTC, datetime

from portal.inbound.addresses import BOUNCE, tagged
from portal.inbound.read import read_mail
from portal.inbound.store import store_mail
from portal.models import InboundMail, OutboxMessage

NOW = datetime(2027, 2, 1, 12, 0, tzinfo=UTC)


def letter(text: str = "Good day.", **headers: str) -> bytes:
    """A mail of a person; `_` in a header's name is a hyphen."""
    head = {"From": "Ann <ann@example.org>", "To": "portal@example.org", "Subject": "Hello"}
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    lines = [f"{name}: {value}" for name, value in (head | given).items()]
    return "\r\n".join([*lines, "", text, ""]).encode()


def came_back(
    row: OutboxMessage,
    *,
    status: str = "5.1.1",
    action: str = "failed",
    to: str = "",
    final: str = "",
    original: str = "",
) -> bytes:
    """What Postfix writes when it cannot deliver `row`."""
    fields = [
        f"Final-Recipient: rfc822; {final or row.recipient}",
        *([f"Original-Recipient: rfc822;{original}"] if original else []),
        f"Action: {action}",
        f"Status: {status}",
        "Remote-MTA: dns; mx.example.org",
        f"Diagnostic-Code: smtp; 550 {status} <{final or row.recipient}>: Recipient address rejected",
    ]
    parts = [
        "Content-Type: text/plain; charset=us-ascii\r\n\r\nI'm sorry to have to inform you ...",
        "Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mail.example.org\r\n\r\n"
        + "\r\n".join(fields),
        f"Content-Type: text/rfc822-headers\r\n\r\nMessage-ID: {row.message_id}\r\nTo: {row.recipient}",
    ]
    head = [
        "Return-Path: <>",
        "From: Mail Delivery System <MAILER-DAEMON@mail.example.org>",
        f"To: {to or tagged(BOUNCE, row.pk)}",
        "Subject: Undelivered Mail Returned to Sender",
        "Auto-Submitted: auto-replied",
        "MIME-Version: 1.0",
        'Content-Type: multipart/report; report-type=delivery-status; boundary="=_b"',
        "",
        "",
    ]
    return (
        "\r\n".join(head) + "".join(f"--=_b\r\n{part}\r\n\r\n" for part in parts) + "--=_b--\r\n"
    ).encode()


def bring(raw: bytes, *, now: datetime = NOW) -> InboundMail:
    return read_mail(mail_id=store_mail(raw, now=now).pk, now=now)
