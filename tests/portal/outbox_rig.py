"""What the outbox tests share: mails to send and the sink they go to."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from portal.models import OutboxMessage
from portal.outbox import enqueue_mail
from tests.portal.smtp_sink import SmtpSink

NOW = datetime(2027, 2, 1, 12, 0, tzinfo=UTC)


def write_mails(count: int, *, now: datetime = NOW) -> list[OutboxMessage]:
    return [write_mail(n, now=now) for n in range(count)]


def write_mail(n: int = 0, *, now: datetime = NOW) -> OutboxMessage:
    return enqueue_mail(
        kind="notice",
        dedupe_key=f"notice:{n}",
        recipient=f"person{n}@example.org",
        subject=f"Mail {n}",
        text="A line.\n.\n..two dots\n",
        html="<p>A line.</p>",
        now=now,
    )


@contextmanager
def smtp_sink(settings) -> Iterator[SmtpSink]:
    with SmtpSink() as sink:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", sink.port, 1
        yield sink


def fresh(row: OutboxMessage) -> OutboxMessage:
    return OutboxMessage.objects.get(pk=row.pk)


def history(row: OutboxMessage) -> list[str]:
    return list(row.tries.values_list("outcome", flat=True))


def wait_until_it_listens(port: int) -> None:
    for _attempt in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError(f"nothing listens on {port}")
