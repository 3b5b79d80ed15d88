"""What the tests of notices share: something to tell, and the mail it came in."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

from portal.enums import Delivery
from portal.models import DigestEntry, NoticeChoice, OutboxMessage, User
from portal.notices import notify

#: A Monday; in Minsk it is 15:00.
NOW = datetime(2027, 2, 1, 12, 0, tzinfo=UTC)
#: Comes at once unless chosen otherwise.
CHOOSABLE = "offer_answered"
LINK = "https://portal.test/exchange/fixtures/1/"


def tell(
    person: User, *, kind: str = CHOOSABLE, number: int = 1, club: str = "Bears", now: datetime = NOW, **mail
) -> OutboxMessage | DigestEntry | None:
    return notify(
        person=person,
        kind=kind,
        dedupe_key=f"{kind}:{number}",
        template="exchange/dismissed",
        context={"club": club, "by": "Ann"},
        link=LINK,
        now=now,
        **mail,
    )


def choose(person: User, delivery: Delivery, kind: str = CHOOSABLE) -> None:
    """As if chosen long ago."""
    NoticeChoice.objects.update_or_create(person=person, kind=kind, defaults={"delivery": delivery})


def parsed(row: OutboxMessage) -> EmailMessage:
    return message_from_bytes(bytes(row.mime), policy=policy.SMTP)
