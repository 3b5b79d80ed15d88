"""Addresses to which nothing is sent any more, because mail to them came back for good."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from portal.enums import MailState
from portal.models import OutboxMessage, Suppression

from .withhold import lock_unsent, withhold

#: In the words of the mail servers' own answers, which are English too.
HELD_BACK = "Not sent: mails to this address came back."


@transaction.atomic
def suppress_address(
    *, address: str, status: str, diagnostic: str, mail: OutboxMessage | None, now: datetime
) -> Suppression:
    """Holds back what waits for the address, and what will be written to it; the first reason stands."""
    suppression, _created = Suppression.objects.get_or_create(
        address=address.lower(),
        defaults={"since": now, "status": status[:12], "diagnostic": diagnostic[:500], "mail": mail},
    )
    withhold(lock_unsent(Q(recipient__iexact=address)), MailState.SUPPRESSED, HELD_BACK)
    return suppression


@transaction.atomic
def lift_suppression(*, suppression: Suppression) -> None:
    """The next mail goes there again. What was held back stays so."""
    suppression.delete()
