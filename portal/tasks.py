from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from portal.outbox import drain


@shared_task(name="portal.drain_outbox", ignore_result=True)
def drain_outbox(**_later: object) -> None:
    drain(now=timezone.now())
