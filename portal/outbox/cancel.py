from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from portal.enums import MAIL_DUE, MAIL_LEASED, MailState
from portal.models import OutboxMessage


@transaction.atomic
def cancel_mails(*, dedupe_prefix: str) -> int:
    """Stops every unsent mail whose dedupe key is `dedupe_prefix`, or goes on after it with a colon.

    Returns how many surely never left. A mail that is being handed over this very moment counts no more: if
    the server takes it, it says "sent" in the end; if not, it is not tried again.
    """
    rows = _unsent(dedupe_prefix.rstrip(":"))
    handed_over = [row.pk for row in rows if row.state == MailState.DATA]
    waiting = [row.pk for row in rows if row.state != MailState.DATA]
    # The lease on what is being handed over stays: its holder may still tell what came of it.
    OutboxMessage.objects.filter(pk__in=handed_over).update(state=MailState.CANCELLED)
    OutboxMessage.objects.filter(pk__in=waiting).update(
        state=MailState.CANCELLED, lease_token=None, lease_until=None
    )
    return sum(row.state != MailState.DATA and not row.ambiguous for row in rows)


def _unsent(prefix: str) -> list[OutboxMessage]:
    """Locked in one order, so that two cancellations never wait for each other."""
    if not prefix:
        raise ValueError("An empty prefix would cancel all mail.")
    rows = (
        OutboxMessage.objects.select_for_update()
        .filter(
            Q(dedupe_key=prefix) | Q(dedupe_key__startswith=f"{prefix}:"), state__in=(*MAIL_DUE, *MAIL_LEASED)
        )
        .only("dedupe_key", "state", "ambiguous")
        .order_by("pk")
    )
    # SQLite's LIKE takes small letters for capitals, hence the second look.
    return [row for row in rows if f"{row.dedupe_key}:".startswith(f"{prefix}:")]
