"""What people want to be told, and how."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from portal.enums import Delivery
from portal.models import DigestEntry, NoticeChoice, User
from portal.notices import DIGEST, NoticeKind, deliveries_of, kinds_stopped_by
from portal.outbox import hold_back_mails


@transaction.atomic
def choose_deliveries(*, person: User, deliveries: Mapping[str, Delivery], now: datetime) -> set[str]:
    """`deliveries` by the name of the kind; returns the names of those that changed.

    What stays as it was is not written down, so that it goes on following its kind's default. What is not
    wanted any more stops at once: mails that wait in the outbox are held back, entries of a digest dropped.
    """
    before = deliveries_of(person)
    changed = {name: how for name, how in deliveries.items() if before[name] != how}
    NoticeChoice.objects.bulk_create(
        [
            NoticeChoice(person=person, kind=name, delivery=how, chosen_at=now)
            for name, how in changed.items()
        ],
        update_conflicts=True,
        unique_fields=["person", "kind"],
        update_fields=["delivery", "chosen_at"],
    )
    # Also what had been chosen before: a mail may have been written while that was being saved.
    _stop(person, [name for name, how in deliveries.items() if how == Delivery.NEVER])
    return set(changed)


@transaction.atomic
def save_choices(
    *, person: User, deliveries: Mapping[str, Delivery], time_zone: ZoneInfo | None, now: datetime
) -> None:
    """The whole page at once. What waits for a digest already keeps its time, whatever the new zone."""
    person.time_zone = time_zone
    person.save(update_fields=["time_zone"])
    choose_deliveries(person=person, deliveries=deliveries, now=now)


@transaction.atomic
def unsubscribe(*, person: User, kind: NoticeKind, now: datetime) -> list[NoticeKind]:
    """Stops one kind, or with the digest what comes in it; again it changes nothing. Returns what stopped."""
    stops = kinds_stopped_by(person, kind)
    choose_deliveries(person=person, deliveries={one.name: Delivery.NEVER for one in stops}, now=now)
    if kind == DIGEST:
        _stop(person, [DIGEST.name])
    return stops


def _stop(person: User, kinds: list[str]) -> None:
    if kinds:
        hold_back_mails(person=person, kinds=kinds)
        DigestEntry.objects.filter(person=person, kind__in=kinds, sent_at=None).delete()
