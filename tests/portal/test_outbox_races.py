"""Drainers beside each other, on the database that is set up."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from portal.enums import MailState
from portal.models import OutboxAttempt, OutboxMessage
from portal.outbox import Drained, cancel_mails, drain
from portal.outbox.lease import claim
from tests.portal.outbox_rig import NOW, write_mail, write_mails

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def patient(sink, settings) -> None:
    settings.EMAIL_TIMEOUT = 20


def beside(jobs):
    """Runs the jobs at once, each in a thread with its own connection to the database."""
    barrier = Barrier(len(jobs))

    def run(job):
        try:
            barrier.wait(timeout=10)
            return job()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def test_two_drainers_never_send_one_mail_twice(sink):
    with transaction.atomic():
        write_mails(200)
    first, second = beside([lambda: drain(now=NOW)] * 2)
    assert first.sent + second.sent == 200
    assert Counter(mail.recipient for mail in sink.received).most_common(1)[0][1] == 1
    assert len(sink.received) == 200
    assert set(OutboxMessage.objects.values_list("state", flat=True)) == {MailState.SENT}
    assert OutboxAttempt.objects.count() == 200


def test_claims_at_once_share_no_row():
    with transaction.atomic():
        write_mails(100)
    claimed = beside([lambda: [row.pk for row in claim(now=NOW)]] * 4)
    together = [pk for pks in claimed for pk in pks]
    assert len(together) == len(set(together))
    assert len(together) >= 20


def test_writers_of_one_mail_at_once_write_one_row():
    rows = beside([write_mail] * 4)
    assert len({row.pk for row in rows}) == 1
    assert OutboxMessage.objects.count() == 1


def test_a_drainer_and_a_cancellation_agree(sink):
    with transaction.atomic():
        write_mails(100)
    drained, cancelled = beside([lambda: drain(now=NOW), lambda: cancel_mails(dedupe_prefix="notice")])
    states = Counter(OutboxMessage.objects.values_list("state", flat=True))
    assert isinstance(drained, Drained)
    assert states[MailState.SENT] == len(sink.received) == drained.sent
    assert states[MailState.CANCELLED] == cancelled
    assert sum(states.values()) == 100
