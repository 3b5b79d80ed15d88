"""Hints to the workers: few, late, and never in the way."""

from __future__ import annotations

import time
from unittest.mock import patch

import pytest
from celery import Celery
from django.db import transaction
from django.utils import timezone

from portal.celery import app
from portal.embedded import free_port
from portal.models import OutboxMessage
from portal.tasks import drain_outbox
from tests.portal.outbox_rig import write_mail, write_mails

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def send_task():
    with patch("portal.enqueue.current_app.send_task") as send_task:
        yield send_task


def test_a_mail_is_hinted_at_once_its_transaction_stands(send_task):
    with transaction.atomic():
        write_mail()
        assert send_task.call_count == 0
    send_task.assert_called_once_with("portal.drain_outbox", kwargs={}, retry=False)


def test_one_transaction_sends_one_hint_the_next_another(send_task):
    with transaction.atomic():
        write_mails(30)
    assert send_task.call_count == 1
    write_mail(31)
    assert send_task.call_count == 2


def test_a_hint_of_a_rolled_back_part_is_not_relied_on(send_task):
    with transaction.atomic():
        with pytest.raises(ZeroDivisionError):
            write_and_fail()
        write_mail(2)
    assert send_task.call_count == 1


@transaction.atomic
def write_and_fail() -> None:
    write_mail(1)
    raise ZeroDivisionError


def test_a_dead_broker_holds_nobody_up_and_loses_nothing():
    dead = Celery("dead", broker=f"redis://127.0.0.1:{free_port()}/0", set_as_current=False)
    dead.conf.broker_transport_options = app.conf.broker_transport_options
    started = time.monotonic()
    with patch("portal.enqueue.current_app", dead), transaction.atomic():
        write_mail()
    assert time.monotonic() - started < 4, "six seconds with the usual retries"
    assert OutboxMessage.objects.count() == 1


def test_the_task_is_known_by_its_name_and_tolerates_what_later_callers_add(mailoutbox):
    write_mail(now=timezone.now())
    assert app.tasks["portal.drain_outbox"] == drain_outbox
    drain_outbox(added_later=1)
    assert [mail.subject for mail in mailoutbox] == ["Mail 0"]
