"""What one try came to, and where the row goes from there."""

from __future__ import annotations

import logging
import zlib
from datetime import datetime, timedelta

from portal.enums import MAIL_MOVES, MailState
from portal.models import OutboxMessage

from .move import Move, write_move
from .transport import Answer

log = logging.getLogger(__name__)

FIRST_DELAY = timedelta(seconds=30)
LONGEST_DELAY = timedelta(hours=4)
#: With doubling delays these last about five days, as long as mail servers are patient themselves.
MOST_TRIES = 40


def settle(row: OutboxMessage, answer: Answer, *, now: datetime) -> MailState | None:
    """Moves the row as the server's answer demands; None if the lease was lost and nothing may be written."""
    tries = row.attempts + 1
    if answer.accepted:
        return _move(row, MailState.SENT, answer.text, now=now, sent_at=now)
    if answer.temporary and tries < MOST_TRIES:
        return _move(row, MailState.RETRY, answer.text, now=now, next_at=now + delay(row.message_id, tries))
    return _move(row, MailState.FAILED, answer.text, now=now)


def settle_unknown(row: OutboxMessage, text: str, *, now: datetime) -> MailState | None:
    """The hand-over had begun and no answer came: once more with the same bytes, then it stays uncertain."""
    if row.ambiguous:
        return _move(row, MailState.UNCERTAIN, text, now=now)
    next_at = now + delay(row.message_id, row.attempts + 1)
    return _move(row, MailState.RETRY, text, now=now, next_at=next_at, ambiguous=True)


def settle_lost(row: OutboxMessage, *, now: datetime) -> MailState | None:
    """The drainer of this row was killed or froze."""
    if row.state == MailState.DATA:
        return settle_unknown(row, "The sender stopped while it handed the mail over.", now=now)
    return _move(row, MailState.RETRY, "The sender stopped before it handed the mail over.", now=now, tried=0)


def delay(message_id: str, tries: int) -> timedelta:
    """Doubles with each try; ±20 % by the row, so that mails refused together come back apart."""
    jitter = 0.8 + 0.4 * zlib.crc32(f"{message_id} {tries}".encode()) / 2**32
    return min(FIRST_DELAY * 2 ** min(tries - 1, 20), LONGEST_DELAY) * jitter


def _move(
    row: OutboxMessage, state: MailState, text: str, *, now: datetime, tried: int = 1, **facts: object
) -> MailState | None:
    # What was cancelled while it was handed over still has its lease, and may yet turn out to have been sent.
    sources = [source for source in (row.state, MailState.CANCELLED) if state in MAIL_MOVES[source]]
    if not write_move(Move(row, sources, state, text, now, tried, facts)):
        log.warning("mail %s: the lease was lost, %s is not written down (%s)", row.pk, state, text)
        return None
    return state
