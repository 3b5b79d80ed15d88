"""How mail is often sent: a Celery task that speaks SMTP, and no record of it. The control of the storm.

It is no straw man: a task that fails is tried again by Celery itself, ten times.
"""

from __future__ import annotations

import os
import smtplib
from email.message import EmailMessage
from email.utils import make_msgid

from celery import Celery

app = Celery(
    "naive", broker=f"{os.environ.get('REDIS_URL', 'redis://127.0.0.1:6379')}/0", set_as_current=False
)
LATE = bool(os.environ.get("NAIVE_LATE"))
app.conf.update(
    task_ignore_result=True,
    task_acks_late=LATE,
    task_reject_on_worker_lost=LATE,
    worker_prefetch_multiplier=1,
    broker_connection_retry_on_startup=True,
    broker_transport_options={"visibility_timeout": 5, "unacked_restore_interval": 2},
    task_default_queue="mail",
)


class RefusedError(Exception):
    """For good."""


@app.task(
    name="naive.send",
    autoretry_for=(smtplib.SMTPException, OSError),
    retry_backoff=1,
    retry_backoff_max=4,
    max_retries=10,
)
def send(recipient: str, text: str) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "portal@example.org", recipient, "You are invited"
    mail["Message-ID"] = make_msgid(domain="example.org")
    mail.set_content(text)
    with smtplib.SMTP("127.0.0.1", int(os.environ["NAIVE_PORT"]), timeout=1) as server:
        server.send_message(mail)
