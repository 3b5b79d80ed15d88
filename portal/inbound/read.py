"""Asks the handlers what a stored mail is. What a handler does and what is noted of it commit together."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime

from django.db import OperationalError, transaction
from django.db.models import F
from django.utils.translation import gettext_noop

from portal.enums import INBOUND_MOVES, InboundState
from portal.models import InboundMail

from . import automatic, bounces
from .handlers import Done, Handler, Outcome, PutAside, registered
from .parsed import parse_mail, printable

log = logging.getLogger(__name__)

#: A mail that kills its reader is begun so often and no more.
MOST_TRIES = 3
#: What one sweep reads.
MOST_MAILS = 200

NOBODYS = PutAside(gettext_noop("No reader knows what this mail is about."))
BROKE = gettext_noop("The portal could not take this mail apart.")
DEADLY = gettext_noop("Whoever read this mail was stopped in the middle of it.")


def read_waiting(*, now: datetime, limit: int = MOST_MAILS) -> int:
    """Reads what nobody has read yet; what was begun before comes last, so that it holds up no other."""
    waiting = InboundMail.objects.filter(state=InboundState.NEW).order_by("tries", "pk")
    ids = list(waiting.values_list("pk", flat=True)[:limit])
    for mail_id in ids:
        read_mail(mail_id=mail_id, now=now)
    return len(ids)


def read_mail(*, mail_id: int, now: datetime) -> InboundMail:
    """Reads it once, however often and by how many this is called; the row as it stands then."""
    new = InboundMail.objects.filter(pk=mail_id, state=InboundState.NEW)
    new.update(tries=F("tries") + 1)
    try:
        with transaction.atomic():
            row = new.select_for_update(skip_locked=True).first()
            if row is not None:
                _note(row, *_outcome(row, now))
    except OperationalError as fault:
        # The database's trouble, not the mail's: the next sweep tries again.
        log.warning("incoming mail %s was not read: %s", mail_id, fault)
    except Exception as fault:
        # Whatever a mail does to a handler, the next one is read.
        log.warning("incoming mail %s broke its reader", mail_id, exc_info=True)
        new.update(state=InboundState.FAILED, outcome=BROKE, detail=_line(f"{type(fault).__name__}: {fault}"))
    return InboundMail.objects.get(pk=mail_id)


def _outcome(row: InboundMail, now: datetime) -> tuple[InboundState, str, Outcome]:
    if row.tries > MOST_TRIES:
        return InboundState.FAILED, "", PutAside(DEADLY)
    mail = parse_mail(bytes(row.raw))
    for name, handler in _readers():
        if outcome := handler(mail, now):
            state = InboundState.DONE if isinstance(outcome, Done) else InboundState.PUT_ASIDE
            return state, name, outcome
    return InboundState.PUT_ASIDE, "", NOBODYS


def _readers() -> Iterator[tuple[str, Handler]]:
    """Answers of programs to programs come last: a calendar answers by a program too."""
    yield "own", automatic.recognise_own
    yield "bounce", bounces.read_bounce
    yield from registered().items()
    yield "automatic", automatic.recognise_automatic


def _note(row: InboundMail, state: InboundState, handler: str, outcome: Outcome) -> None:
    if state not in INBOUND_MOVES[row.state]:
        raise ValueError(f"{row.state} does not become {state}.")
    row.state, row.handler = state, handler
    row.outcome, row.detail = outcome.words[:250], _line(outcome.detail)
    row.save(update_fields=["state", "handler", "outcome", "detail"])


def _line(text: str) -> str:
    return " ".join(printable(text).split())[:500]
