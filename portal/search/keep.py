"""Keeps the entries: with each row that is saved or deleted, and all of them at once."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Model
from django.utils import translation

from portal.models import SearchEntry

from . import Described, Kind, all_kinds, kind_of, kind_of_class
from .stems import stems

LONGEST_TITLE = 250


def saved(*, instance: Model, raw: bool = False, **signal: object) -> None:
    kind = None if raw else kind_of(instance)
    if kind and not _belongs_elsewhere(instance, kind):
        enter(kind, instance)


def related(*, instance: Model, action: str, reverse: bool, **signal: object) -> None:
    """Forms save a row first and then what it is related to."""
    if action.startswith("post_") and not reverse:
        saved(instance=instance)


def deleted(*, instance: Model, **signal: object) -> None:
    kind = kind_of(instance)
    if kind:
        SearchEntry.objects.filter(kind=kind.name, object_id=instance.pk).delete()


def enter(kind: Kind, thing: Model) -> None:
    described = kind.describe(thing)
    key = {"kind": kind.name, "object_id": thing.pk}
    if described:
        SearchEntry.objects.update_or_create(**key, defaults=_facts(described))
    else:
        SearchEntry.objects.filter(**key).delete()


def enter_all(things: Sequence[Model]) -> None:
    """Of one kind that is no page; for rows that were saved without signals (2 statements)."""
    if not things:
        return
    kind = kind_of(things[0])
    SearchEntry.objects.filter(kind=kind.name, object_id__in=[thing.pk for thing in things]).delete()
    SearchEntry.objects.bulk_create(
        [
            SearchEntry(kind=kind.name, object_id=thing.pk, **_facts(described))
            for thing in things
            if (described := kind.describe(thing))
        ],
        batch_size=500,
    )


@transaction.atomic
def index_all() -> int:
    """Throws all entries away and writes them anew; what rows are saved without signals comes in here."""
    SearchEntry.objects.all().delete()
    entries = []
    for kind in all_kinds():
        rows = kind.model.objects.filter(pk__in=kind.visible())
        entries += (
            SearchEntry(kind=kind.name, object_id=row.pk, **_facts(described))
            for row in rows.iterator(chunk_size=500)
            if not _belongs_elsewhere(row, kind) and (described := kind.describe(row))
        )
    SearchEntry.objects.bulk_create(entries, batch_size=500)
    return len(entries)


def _belongs_elsewhere(row: Model, kind: Kind) -> bool:
    """A page read as a bare page, of a type that has a kind of its own."""
    specific = getattr(row, "specific_class", None)
    return specific is not None and kind_of_class(specific) is not kind


def _facts(described: Described) -> dict[str, str]:
    with translation.override(None):
        heading = " ".join(stems(described.title))
        return {
            "language": described.language,
            "thing": described.thing,
            "title": described.title[:LONGEST_TITLE],
            "text": described.text,
            "heading": heading,
            "words": f"{heading} {' '.join(stems(described.text))}",
        }
