"""The one knot between actions and tasks: a hint sent by name once the transaction stands."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

log = logging.getLogger(__name__)


def enqueue(task: str, **ids: int) -> None:
    """Sends `task` with `ids` after commit, once a transaction however often it is asked for.

    A dead broker loses the hint, never the work: beat sweeps rows.
    """
    hint = Hint(task, tuple(sorted(ids.items())))
    if not _already_waits(hint):
        transaction.on_commit(hint, robust=True)


@dataclass(frozen=True, slots=True)
class Hint:
    task: str
    ids: tuple[tuple[str, int], ...]

    def __call__(self) -> None:
        try:
            current_app.send_task(self.task, kwargs=dict(self.ids), retry=False)
        except OperationalError as fault:
            log.warning("%s was not sent, a sweep will find the row: %s", self, fault)


def _already_waits(hint: Hint) -> bool:
    """Whether this transaction will send the same hint, unless what asks for it now is rolled back as well.

    Two thousand invitations in one transaction would else mean two thousand messages, and with a dead broker
    as many time-outs.
    """
    connection = transaction.get_connection()
    return any(
        waiting == hint and savepoints <= set(connection.savepoint_ids)
        for savepoints, waiting, *_robust in connection.run_on_commit
    )
