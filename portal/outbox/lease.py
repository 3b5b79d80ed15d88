"""Who may work on a row, and until when."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

from django.conf import settings
from django.db import transaction

from portal.enums import MAIL_DUE, MailState
from portal.models import OutboxMessage

#: Mails a drainer takes at once; what a killed one can hold up.
BATCH = 20
#: Seconds beside the SMTP time-outs: for the database, for a machine that swaps.
MARGIN = 30


def lease_time() -> timedelta:
    """Three answers may be waited for while a mail is offered, and three while it is handed over."""
    return timedelta(seconds=3 * settings.EMAIL_TIMEOUT + MARGIN)


def claim(*, now: datetime, limit: int = BATCH) -> list[OutboxMessage]:
    """The longest due mails, leased under one fresh token. Two drainers never get the same row."""
    token = uuid4()
    with transaction.atomic():
        # PostgreSQL steps over rows that another drainer is claiming; SQLite lets one in at a time. The
        # second look at the state makes the update a compare-and-set wherever no lock is kept.
        due = OutboxMessage.objects.select_for_update(skip_locked=True).filter(
            state__in=MAIL_DUE, next_at__lte=now
        )
        chosen = list(due.order_by("next_at", "pk").values_list("pk", flat=True)[:limit])
        claimed = OutboxMessage.objects.filter(pk__in=chosen, state__in=MAIL_DUE).update(
            state=MailState.LEASED, lease_token=token, lease_until=now + lease_time()
        )
    if not claimed:
        return []
    return list(OutboxMessage.objects.filter(pk__in=chosen, lease_token=token).order_by("next_at", "pk"))


def begin_data(row: OutboxMessage, *, now: datetime) -> bool:
    """Commits that the mail is about to leave. False if the lease has run out, or the mail was cancelled.

    The lease is drawn out in the same step: it outlives the hand-over whatever came before.
    """
    begun = OutboxMessage.objects.filter(
        pk=row.pk, lease_token=row.lease_token, state=MailState.LEASED, lease_until__gt=now
    ).update(state=MailState.DATA, lease_until=now + lease_time())
    row.state = MailState.DATA
    return begun == 1


def release(rows: list[OutboxMessage]) -> int:
    """Gives untouched rows back: due at once, without a try counted, and as old as they were."""
    return OutboxMessage.objects.filter(
        pk__in=[row.pk for row in rows],
        lease_token__in={row.lease_token for row in rows},
        state=MailState.LEASED,
    ).update(state=MailState.RETRY, lease_token=None, lease_until=None)
