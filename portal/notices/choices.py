from __future__ import annotations

from portal.enums import Delivery
from portal.models import NoticeChoice, User

from .kinds import DIGEST, NoticeKind, choosable_kinds


def deliveries_of(person: User) -> dict[str, Delivery]:
    """How each kind that can be chosen comes to `person`, by its name (1 query)."""
    chosen = dict(NoticeChoice.objects.filter(person=person).values_list("kind", "delivery"))
    return {kind.name: Delivery(chosen.get(kind.name, kind.default)) for kind in choosable_kinds()}


def delivery_to(person: User, kind: NoticeKind) -> Delivery:
    if kind.transactional:
        return Delivery.AT_ONCE
    chosen = NoticeChoice.objects.filter(person=person, kind=kind.name).values_list("delivery", flat=True)
    return Delivery(chosen.first() or kind.default)


def kinds_stopped_by(person: User, kind: NoticeKind) -> list[NoticeKind]:
    """What a link for `kind` turns off: itself, or all that comes in the digest now."""
    if kind != DIGEST:
        return [kind]
    comes = deliveries_of(person)
    return [one for one in choosable_kinds() if comes[one.name] == Delivery.DAILY]
