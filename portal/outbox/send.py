"""Sends leased rows over the line of a drain. No transaction is held while the server is spoken to."""

from __future__ import annotations

from collections import Counter, deque

from portal.clock import Clock
from portal.enums import MailState
from portal.models import OutboxMessage

from .lease import begin_data, release
from .settle import settle, settle_unknown
from .transport import Answer, BrokenConnectionError, Line, Transport, UnwelcomeSenderError

Outcomes = Counter[MailState]


def send_batch(
    rows: list[OutboxMessage], line: Line, *, clock: Clock, until: float, outcomes: Outcomes
) -> None:
    """Sends what can be sent before the clock shows `until` seconds; what was not touched is given back.

    Raises BrokenConnectionError when the connection fails; by then every row has been settled or given back.
    """
    waiting = deque(rows)
    try:
        while waiting and clock.seconds() < until:
            # Before the row is taken out: without a connection it is given back as well.
            transport = line.transport()
            _send(waiting.popleft(), transport, clock=clock, outcomes=outcomes)
    finally:
        release(list(waiting))


def _send(row: OutboxMessage, transport: Transport, *, clock: Clock, outcomes: Outcomes) -> None:
    answer = _offer(row, transport, clock=clock, outcomes=outcomes)
    if answer.accepted:
        if not begin_data(row, now=clock.now()):
            transport.forget()
            return
        answer = _hand_over(row, transport, clock=clock, outcomes=outcomes)
    _note(settle(row, answer, now=clock.now()), outcomes)
    if answer.closes:
        raise BrokenConnectionError(answer.text)
    if not answer.accepted:
        transport.forget()


def _offer(row: OutboxMessage, transport: Transport, *, clock: Clock, outcomes: Outcomes) -> Answer:
    try:
        return transport.offer(row)
    except UnwelcomeSenderError:
        # No mail's fault: as if the server had not been reached.
        release([row])
        raise
    except BrokenConnectionError as fault:
        # The row that broke it waits its turn, else it would break every batch that it heads.
        _note(settle(row, Answer(0, str(fault)), now=clock.now()), outcomes)
        raise


def _hand_over(row: OutboxMessage, transport: Transport, *, clock: Clock, outcomes: Outcomes) -> Answer:
    try:
        return transport.hand_over(row)
    except BrokenConnectionError as fault:
        _note(settle_unknown(row, str(fault), now=clock.now()), outcomes)
        raise


def _note(outcome: MailState | None, outcomes: Outcomes) -> None:
    if outcome:
        outcomes[outcome] += 1
