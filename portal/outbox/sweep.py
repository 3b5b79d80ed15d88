from __future__ import annotations

import logging
from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min

from portal.clock import Clock
from portal.enums import MAIL_DUE, MAIL_LEASED, MailState
from portal.models import OutboxMessage

from .lease import BATCH, claim
from .send import Outcomes, send_batch
from .settle import settle_lost
from .transport import BrokenConnectionError, Line

log = logging.getLogger(__name__)

#: What one drain does at most; the next sweep is ten seconds away.
MOST_MAILS, MOST_SECONDS = 500, 45


@dataclass(frozen=True, slots=True)
class Drained:
    claimed: int
    sent: int
    retry: int
    failed: int
    uncertain: int
    #: Mails whose sender had been killed or frozen.
    rescued: int
    #: Why the server could not be used to the end; empty if it could.
    trouble: str = ""


def drain(*, now: datetime, limit: int = MOST_MAILS, seconds: float = MOST_SECONDS) -> Drained:
    """Sends up to `limit` due mails in about `seconds`; needs the database and the mail server, nothing else.

    Any number of these may run at once, on any number of machines.
    """
    clock, outcomes = Clock(now), Counter[MailState]()
    rescued, claimed, trouble = rescue(now=now), 0, ""
    with Line() as line:
        while claimed < limit and clock.seconds() < seconds and not trouble:
            rows = claim(now=clock.now(), limit=min(BATCH, limit - claimed))
            if not rows:
                break
            claimed += len(rows)
            trouble = _send(rows, line, clock, seconds, outcomes)
    return _drained(outcomes, claimed=claimed, rescued=rescued, trouble=trouble)


def rescue(*, now: datetime) -> int:
    """Takes the rows whose lease has run out from whoever held them."""
    lost = OutboxMessage.objects.filter(state__in=MAIL_LEASED, lease_until__lte=now).defer("mime")
    return sum(settle_lost(row, now=now) is not None for row in lost[:MOST_MAILS])


def oldest_age(*, now: datetime) -> float:
    """Seconds since the longest waiting mail was due; one put off by the server counts from its next try."""
    # One query each, so that PostgreSQL finds both in its partial indexes.
    oldest = [_oldest(MAIL_DUE), _oldest(MAIL_LEASED)]
    return max((now - at).total_seconds() for at in [now, *filter(None, oldest)])


def _oldest(states: tuple[MailState, ...]) -> datetime | None:
    return OutboxMessage.objects.filter(state__in=states).aggregate(at=Min("next_at"))["at"]


def _send(rows: list[OutboxMessage], line: Line, clock: Clock, seconds: float, outcomes: Outcomes) -> str:
    try:
        send_batch(rows, line, clock=clock, until=seconds, outcomes=outcomes)
    except BrokenConnectionError as fault:
        log.warning("the mail server broke off, mail waits: %s", fault)
        return str(fault)
    return ""


def _drained(outcomes: Outcomes, *, claimed: int, rescued: int, trouble: str) -> Drained:
    return Drained(
        claimed=claimed,
        sent=outcomes[MailState.SENT],
        retry=outcomes[MailState.RETRY],
        failed=outcomes[MailState.FAILED],
        uncertain=outcomes[MailState.UNCERTAIN],
        rescued=rescued,
        trouble=trouble,
    )
