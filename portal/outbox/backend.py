"""What Django and Wagtail would send themselves goes into the outbox as well: a mail server that is away must
hold up no form, and no mail may be lost."""

from __future__ import annotations

from collections.abc import Sequence
from email.utils import parseaddr
from uuid import uuid4

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone
from django.utils.html import linebreaks, urlize

from .write import enqueue_mail

KIND = "cms"


class OutboxBackend(BaseEmailBackend):
    """Sender and attachments are the outbox's own business; each recipient gets a mail alone."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            text = str(message.body)
            for recipient in message.recipients():
                enqueue_mail(
                    kind=KIND,
                    dedupe_key=f"{KIND}:{uuid4()}",
                    recipient=parseaddr(recipient)[1],
                    subject=message.subject,
                    text=text,
                    html=linebreaks(urlize(text, autoescape=True)),
                    now=timezone.now(),
                )
        return len(email_messages)
