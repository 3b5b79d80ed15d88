"""Addresses to which nothing is sent any more, because mail to them came back for good."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from portal.enums import MAIL_DUE, MailState
from portal.models import OutboxMessage, Suppression

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
    # What was claimed and not yet handed over stops as well, as when it is withdrawn.
    waiting = OutboxMessage.objects.filter(recipient__iexact=address, state__in=(*MAIL_DUE, MailState.LEASED))
    hold_back(list(waiting.values_list("pk", flat=True)))
    return suppression


@transaction.atomic
def lift_suppression(*, suppression: Suppression) -> None:
    """The next mail goes there again. What was held back stays so."""
    suppression.delete()


def hold_back(ids: list[int]) -> None:
    OutboxMessage.objects.filter(pk__in=ids, state__in=(*MAIL_DUE, MailState.LEASED)).update(
        state=MailState.SUPPRESSED, last_answer=HELD_BACK, lease_token=None, lease_until=None
    )
