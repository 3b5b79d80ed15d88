"""Mails that shall not leave after all: withdrawn, unwanted, or to an address that is gone."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q

from portal.enums import MAIL_DUE, MAIL_LEASED, MailState
from portal.models import OutboxMessage

#: In two halves, so that PostgreSQL finds each in its partial index.
UNSENT = Q(state__in=MAIL_DUE) | Q(state__in=MAIL_LEASED)


def withhold(rows: Collection[OutboxMessage], state: MailState, why: str = "") -> int:
    """Moves unsent rows, which the caller has locked, to `state`; returns how many surely stay.

    What was claimed stops as well. One that is being handed over this very moment may still arrive: it keeps
    its lease, so that its holder may tell, and it is not tried again.
    """
    handed_over = [row.pk for row in rows if row.state == MailState.DATA]
    waiting = [row.pk for row in rows if row.state != MailState.DATA]
    OutboxMessage.objects.filter(pk__in=handed_over).update(state=MailState.CANCELLED)
    told = {"last_answer": why} if why else {}
    OutboxMessage.objects.filter(pk__in=waiting).update(
        state=state, lease_token=None, lease_until=None, **told
    )
    return sum(row.state != MailState.DATA and not row.ambiguous for row in rows)


def lock_unsent(which: Q) -> list[OutboxMessage]:
    """Locked in one order, so that two who withhold never wait for each other."""
    rows = OutboxMessage.objects.select_for_update().filter(UNSENT, which)
    return list(rows.only("dedupe_key", "state", "ambiguous").order_by("pk"))
