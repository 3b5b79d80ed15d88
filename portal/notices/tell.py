from __future__ import annotations

from datetime import datetime

from portal.enums import Delivery
from portal.models import DigestEntry, OutboxMessage, User
from portal.outbox import enqueue_mail, render_mail

from .choices import delivery_to
from .digests import write_entry
from .kinds import kind_of
from .links import unsubscribe_headers, ways_out


def notify(
    *,
    person: User,
    kind: str,
    dedupe_key: str,
    template: str,
    context: dict[str, object],
    link: str,
    now: datetime,
    headers: dict[str, str] | None = None,
    **mail: object,
) -> OutboxMessage | DigestEntry | None:
    """Tells `person` in their language and in the way they chose, in the caller's transaction.

    `dedupe_key` names what is told; the person is added to it. `link` is where a digest leads for more. What
    else `enqueue_mail` takes is passed on to it, and lost where the notice waits for a digest: a kind whose
    mails carry more than words should be transactional. None: this person wants no such mail, and nothing is
    kept of it. Raises `UnknownKindError`.
    """
    known, key = kind_of(kind), f"{dedupe_key}:{person.pk}"
    delivery = delivery_to(person, known)
    if delivery == Delivery.NEVER or (not known.transactional and _is_told(key, other_than=delivery)):
        return None
    extra = {} if known.transactional else ways_out(person, known)
    subject, text, html = render_mail(template, context | extra, person.language)
    if delivery == Delivery.DAILY:
        return write_entry(
            person=person, kind=kind, dedupe_key=key, subject=subject, text=text, link=link, now=now
        )
    if not known.transactional:
        headers = unsubscribe_headers(extra["unsubscribe_url"]) | (headers or {})
    return enqueue_mail(
        kind=kind,
        dedupe_key=key,
        recipient=person,
        subject=subject,
        text=text,
        html=html,
        now=now,
        headers=headers,
        **mail,
    )


def _is_told(key: str, *, other_than: Delivery) -> bool:
    """The choice may have changed since; the database itself sees to the same way."""
    other = OutboxMessage if other_than == Delivery.DAILY else DigestEntry
    return other.objects.filter(dedupe_key=key).exists()
