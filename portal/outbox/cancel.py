from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from portal.enums import MAIL_DUE, MAIL_LEASED, MailState
from portal.models import DigestEntry, OutboxMessage


@transaction.atomic
def cancel_mails(*, dedupe_prefix: str) -> int:
    """Stops every unsent mail whose dedupe key is `dedupe_prefix`, or goes on after it with a colon.

    What waits for a digest under such a key is dropped: it is no longer true there either. Returns how many
    mails surely never left. A mail that is being handed over this very moment counts no more: if the server
    takes it, it says "sent" in the end; if not, it is not tried again.
    """
    prefix = dedupe_prefix.rstrip(":")
    rows = _unsent(prefix)
    _drop_entries(prefix)
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
        .filter(_begins(prefix), state__in=(*MAIL_DUE, *MAIL_LEASED))
        .only("dedupe_key", "state", "ambiguous")
        .order_by("pk")
    )
    return [row for row in rows if _is_under(prefix, row.dedupe_key)]


def _drop_entries(prefix: str) -> None:
    waiting = DigestEntry.objects.filter(_begins(prefix), sent_at=None).values_list("pk", "dedupe_key")
    stale = [pk for pk, key in waiting if _is_under(prefix, key)]
    DigestEntry.objects.filter(pk__in=stale, sent_at=None).delete()


def _begins(prefix: str) -> Q:
    return Q(dedupe_key=prefix) | Q(dedupe_key__startswith=f"{prefix}:")


def _is_under(prefix: str, key: str) -> bool:
    """SQLite's LIKE takes small letters for capitals, hence the second look."""
    return f"{key}:".startswith(f"{prefix}:")
