"""Mails that nobody will try again: somebody should know of them."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q

from portal.enums import MAIL_UNDELIVERED
from portal.models import OutboxAttempt, OutboxMessage


def count_undelivered(*, since: datetime | None = None) -> dict[str, int]:
    """How many mails stand in each such state, or came to it after `since`; by the state's name."""
    rows = OutboxMessage.objects.filter(state__in=MAIL_UNDELIVERED)
    if since:
        ended = OutboxAttempt.objects.filter(message=OuterRef("pk"), outcome=OuterRef("state"), at__gte=since)
        # One to an address that no mail can reach has failed when it was written, without a try.
        rows = rows.filter(Exists(ended) | Q(attempts=0, created_at__gte=since))
    counts = dict(rows.order_by().values_list("state").annotate(Count("pk")))
    return {str(state): counts.get(state, 0) for state in MAIL_UNDELIVERED}
