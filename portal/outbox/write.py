from __future__ import annotations

from datetime import datetime
from email.headerregistry import Address

from django.db.models import Exists, OuterRef
from django.db.models.functions import Lower

from portal.enqueue import enqueue
from portal.enums import MAIL_DUE, MailState
from portal.models import OutboxMessage, Suppression, User

from .addresses import UnmailableError, wire_address
from .mime import CalendarPart, build_mime, make_message_id, one_line
from .suppress import HELD_BACK
from .withhold import withhold


def enqueue_mail(
    *,
    kind: str,
    dedupe_key: str,
    recipient: User | str,
    subject: str,
    text: str,
    html: str,
    now: datetime,
    headers: dict[str, str] | None = None,
    calendar: CalendarPart | None = None,
) -> OutboxMessage:
    """Writes the mail down in the caller's transaction: sent once that commits, never if it doesn't.

    `dedupe_key` names what is told to whom in parts parted by colons ("invitation:17:2:someone@example.org");
    a second call with the same key returns the first row unchanged. An address to which no mail can go
    gives a row that has failed already, and no error: one bad address must not undo the change of everybody.
    An address from which mails came back for good gives one that is suppressed.
    """
    if len(dedupe_key) > OutboxMessage._meta.get_field("dedupe_key").max_length:
        raise ValueError(f"The dedupe key {dedupe_key!r} is too long.")
    row = OutboxMessage(
        dedupe_key=dedupe_key,
        message_id=make_message_id(dedupe_key),
        kind=kind,
        subject=one_line(subject)[:250],
        next_at=now,
        created_at=now,
    )
    try:
        to = _addressee(recipient)
        row.recipient = to.addr_spec
        row.mime = build_mime(
            to=str(to),
            subject=subject,
            text=text,
            html=html,
            message_id=row.message_id,
            now=now,
            headers=headers or {},
            calendar=calendar,
        )
    except UnmailableError as fault:
        row.recipient = _given_address(recipient)[:254]
        row.mime, row.state, row.last_answer = b"", MailState.FAILED, str(fault)[:500]
    # Two queries, and no race: the database drops the second of two equal keys.
    OutboxMessage.objects.bulk_create([row], ignore_conflicts=True)
    enqueue("portal.drain_outbox")
    return _written(dedupe_key)


def _written(dedupe_key: str) -> OutboxMessage:
    gone = Suppression.objects.filter(address=Lower(OuterRef("recipient")))
    row = OutboxMessage.objects.annotate(is_gone=Exists(gone)).get(dedupe_key=dedupe_key)
    if row.is_gone and row.state in MAIL_DUE:
        withhold([row], MailState.SUPPRESSED, HELD_BACK)
        row.refresh_from_db(fields=["state", "last_answer"])
    return row


def _given_address(recipient: User | str) -> str:
    return recipient if isinstance(recipient, str) else recipient.email


def _addressee(recipient: User | str) -> Address:
    name = "" if isinstance(recipient, str) else one_line(recipient.get_full_name())
    return Address(name, addr_spec=wire_address(_given_address(recipient)))
