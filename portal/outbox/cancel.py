from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from portal.enums import MailState
from portal.models import DigestEntry

from .withhold import lock_unsent, withhold


@transaction.atomic
def cancel_mails(*, dedupe_prefix: str) -> int:
    """Stops every unsent mail whose dedupe key is `dedupe_prefix`, or goes on after it with a colon.

    What waits for a digest under such a key is dropped: it is no longer true there either. Returns how many
    mails surely never left. A mail that is being handed over this very moment counts no more: if the server
    takes it, it says "sent" in the end; if not, it is not tried again.
    """
    prefix = dedupe_prefix.rstrip(":")
    if not prefix:
        raise ValueError("An empty prefix would cancel all mail.")
    rows = [row for row in lock_unsent(_begins(prefix)) if _is_under(prefix, row.dedupe_key)]
    _drop_entries(prefix)
    return withhold(rows, MailState.CANCELLED)


def _drop_entries(prefix: str) -> None:
    waiting = DigestEntry.objects.filter(_begins(prefix), sent_at=None).values_list("pk", "dedupe_key")
    stale = [pk for pk, key in waiting if _is_under(prefix, key)]
    DigestEntry.objects.filter(pk__in=stale, sent_at=None).delete()


def _begins(prefix: str) -> Q:
    return Q(dedupe_key=prefix) | Q(dedupe_key__startswith=f"{prefix}:")


def _is_under(prefix: str, key: str) -> bool:
    """SQLite's LIKE takes small letters for capitals, hence the second look."""
    return f"{key}:".startswith(f"{prefix}:")
