from __future__ import annotations

import logging
from datetime import datetime

from django.db import transaction

from portal.enums import Delivery
from portal.models import DigestEntry, OutboxMessage, User
from portal.notices import DIGEST, deliveries_of, unsubscribe_headers, ways_out
from portal.outbox import enqueue_mail, render_mail

log = logging.getLogger(__name__)


def send_digests(*, now: datetime) -> int:
    """Writes one mail to each person whose digest is due; returns how many. Any number may run at once.

    Each stands for itself: what goes wrong with one person's digest delays nobody else's.
    """
    due = DigestEntry.objects.filter(sent_at=None, due_at__lte=now, person__is_active=True)
    people = due.order_by("person").values_list("person", flat=True).distinct()
    return sum(_try_to_send(person_id, now) for person_id in list(people))


def _try_to_send(person_id: int, now: datetime) -> bool:
    try:
        return send_digest(person=User.objects.get(pk=person_id), now=now) is not None
    except Exception:
        log.exception("the digest of person %s was not written, the next sweep tries again", person_id)
        return False


@transaction.atomic
def send_digest(*, person: User, now: datetime) -> OutboxMessage | None:
    """All that waits for `person` in one mail, written with the mark that it is told; None if nothing is due.

    What is not due yet comes along: who was mailed late today is not mailed about it again tomorrow morning.
    """
    waiting = list(DigestEntry.objects.select_for_update().filter(person=person, sent_at=None).order_by("pk"))
    if not any(entry.due_at <= now for entry in waiting):
        # Another sweep was first.
        return None
    entries = _wanted(person, waiting)
    if not entries:
        return None
    DigestEntry.objects.filter(pk__in=[entry.pk for entry in entries]).update(sent_at=now)
    return _write(person, entries, now)


def _wanted(person: User, waiting: list[DigestEntry]) -> list[DigestEntry]:
    """Without what was written at the very moment in which its kind was turned off."""
    unwanted = {name for name, how in deliveries_of(person).items() if how == Delivery.NEVER}
    DigestEntry.objects.filter(pk__in=[one.pk for one in waiting if one.kind in unwanted]).delete()
    return [one for one in waiting if one.kind not in unwanted]


def _write(person: User, entries: list[DigestEntry], now: datetime) -> OutboxMessage:
    facts = {"person": person, "entries": entries} | ways_out(person, DIGEST)
    subject, text, html = render_mail("notices/digest", facts, person.language)
    return enqueue_mail(
        kind=DIGEST.name,
        # Of the last entry: none is in two digests.
        dedupe_key=f"{DIGEST.name}:{entries[-1].pk}:{person.pk}",
        recipient=person,
        subject=subject,
        text=text,
        html=html,
        now=now,
        headers=unsubscribe_headers(str(facts["unsubscribe_url"])),
    )
