from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, QuerySet

from portal.enums import MailState
from portal.models import OutboxAttempt, OutboxMessage
from portal.outbox import oldest_age


@dataclass(frozen=True, slots=True)
class OutboxFigures:
    #: How long the longest waiting mail has been due.
    oldest: timedelta
    #: Each state has a number, zero too.
    mails: dict[MailState, int]


def count_mails(*, now: datetime) -> OutboxFigures:
    found = dict(OutboxMessage.objects.order_by().values_list("state").annotate(Count("pk")))
    mails = {state: found.get(state, 0) for state in MailState}
    return OutboxFigures(timedelta(seconds=round(oldest_age(now=now))), mails)


def count_attempts() -> dict[str, int]:
    """By outcome; what people asked for is no try."""
    tries = OutboxAttempt.objects.filter(by=None).order_by()
    return dict(tries.values_list("outcome").annotate(Count("pk")))


def find_kinds() -> list[str]:
    return list(OutboxMessage.objects.order_by("kind").values_list("kind", flat=True).distinct())


def find_mails(*, state: str = "", kind: str = "", to: str = "") -> QuerySet[OutboxMessage]:
    """Newest first, without their bytes; `to` is a part of the address."""
    asked = {"state": state, "kind": kind, "recipient__icontains": to}
    given = {name: value for name, value in asked.items() if value}
    return OutboxMessage.objects.filter(**given).defer("mime").order_by("-pk")
