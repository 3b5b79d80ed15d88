"""A row moves on and a line is added to its history: both or neither, if the lease is still held.

docs/decisions/0011-settling-a-mail.md says why PostgreSQL has a statement of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.models import F

from portal.enums import MailState
from portal.models import OutboxAttempt, OutboxMessage

#: One round trip and one commit a mail. The commit of `sent` does not wait for the disk: if the database
#: dies in that moment the row still says `data`, and the mail goes out once more with the same bytes, as if
#: the answer had not come.
AT_ONCE = """
    WITH moved AS (
        UPDATE portal_outboxmessage
        SET state = %(state)s, last_answer = %(text)s, attempts = attempts + %(tried)s,
            next_at = COALESCE(%(next_at)s, next_at), sent_at = COALESCE(%(sent_at)s, sent_at),
            ambiguous = ambiguous OR %(ambiguous)s, lease_token = NULL, lease_until = NULL
        WHERE id = %(pk)s AND lease_token = %(token)s AND state = ANY(%(sources)s)
        RETURNING id
    )
    INSERT INTO portal_outboxattempt (message_id, at, outcome, answer)
    SELECT id, %(now)s, %(state)s, %(text)s FROM moved
    WHERE set_config('synchronous_commit', CASE WHEN %(state)s = 'sent' THEN 'off'
                     ELSE current_setting('synchronous_commit') END, true) IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class Move:
    row: OutboxMessage
    sources: Sequence[MailState]
    state: MailState
    text: str
    now: datetime
    #: What is added to the count of tries.
    tried: int
    #: Other columns: `next_at`, `sent_at`, `ambiguous`.
    facts: dict[str, object]


def write_move(move: Move) -> bool:
    """False if the lease was lost; then nothing is written."""
    return _at_once(move) if connection.vendor == "postgresql" else _in_two_steps(move)


def _at_once(move: Move) -> bool:
    told = {
        "pk": move.row.pk,
        "token": move.row.lease_token,
        "sources": [str(source) for source in move.sources],
        "state": str(move.state),
        "text": move.text,
        "now": move.now,
        "tried": move.tried,
        "next_at": move.facts.get("next_at"),
        "sent_at": move.facts.get("sent_at"),
        "ambiguous": bool(move.facts.get("ambiguous")),
    }
    with connection.cursor() as cursor:
        cursor.execute(AT_ONCE, told)
        return cursor.rowcount == 1


@transaction.atomic
def _in_two_steps(move: Move) -> bool:
    held = OutboxMessage.objects.filter(
        pk=move.row.pk, lease_token=move.row.lease_token, state__in=move.sources
    )
    moved = held.update(
        state=move.state,
        lease_token=None,
        lease_until=None,
        last_answer=move.text,
        attempts=F("attempts") + move.tried,
        **move.facts,
    )
    if moved:
        OutboxAttempt.objects.create(
            message_id=move.row.pk, at=move.now, outcome=move.state, answer=move.text
        )
    return moved == 1
