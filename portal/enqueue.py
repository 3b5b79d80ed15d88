"""The one knot between actions and tasks: a hint sent by name once the transaction stands."""

from __future__ import annotations

import logging
from functools import partial

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

log = logging.getLogger(__name__)


def enqueue(task: str, **ids: int) -> None:
    """Sends `task` with `ids` after commit. A dead broker loses the hint, never the work: beat sweeps rows."""
    transaction.on_commit(partial(_send, task, ids), robust=True)


def _send(task: str, ids: dict[str, int]) -> None:
    try:
        current_app.send_task(task, kwargs=ids, retry=False)
    except OperationalError as fault:
        log.warning("hint %s %s was not sent, a sweep will find the row: %s", task, ids, fault)
