"""What mails about a new role have in common: a way in, and a key under which a lost link is sent again."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from portal.enums import MailState
from portal.models import OutboxMessage, User
from portal.newcomers import password_link

#: Seconds.
DAY = 86_400


def way_in(person: User, *, then: str, proven: bool) -> dict[str, object]:
    """`proven`: the person has an account that works, and needs no link to set a password."""
    return {
        "password_url": "" if proven else password_link(person, then=then),
        "reset_url": f"{settings.BASE_URL}{reverse('account_reset_password')}",
        "days": settings.PASSWORD_RESET_TIMEOUT // DAY,
    }


def key_of_the_day(prefix: str, now: datetime) -> str:
    """Lets a lost link be sent again, but not without end.

    Another one on the same day only when a mail was stopped before it left: its reader knows nothing yet.
    """
    day_key = f"{prefix}:{now:%Y-%m-%d}"
    told = OutboxMessage.objects.filter(dedupe_key__startswith=f"{day_key}:")
    stopped = told.filter(state=MailState.CANCELLED, ambiguous=False, lease_token=None)
    return f"{day_key}:{stopped.count()}"
