"""The mail to somebody whose calendar has given an answer that is not possible."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from exchange.models import Invitation
from portal.models import User
from portal.notices import notify


def tell_refused(
    *, invitation: Invitation, person: User, says: str, sequence: int, refusal: str, now: datetime
) -> None:
    """Once for each answer that there is: nothing that comes in makes mails without end."""
    link = settings.BASE_URL + invitation.fixture.get_absolute_url()
    notify(
        person=person,
        kind="reply_refused",
        dedupe_key=f"reply_refused:{invitation.pk}:{sequence}:{says.lower()[:20]}",
        template="exchange/reply_refused",
        context={
            "fixture": invitation.fixture,
            "team": invitation.team,
            "refusal": refusal,
            "too_late": says == "DECLINED" and invitation.fixture.state == "confirmed",
            "link": link,
        },
        link=link,
        now=now,
        headers={"Auto-Submitted": "auto-replied"},
    )
