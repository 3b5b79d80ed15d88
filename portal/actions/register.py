"""The universities that the register knows; which of them take part is another action's business."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from django.db import transaction
from wagtail.search import index

from portal.models import University, UniversityPage
from portal.register.entries import RegisterEntry
from portal.slugs import free_slug

#: What the register says goes; slug, short name and joining are the portal's own.
REGISTER_FIELDS = ("name", "names", "country", "city", "lat", "lon", "time_zone", "short_name", "domains")


@dataclass(frozen=True, slots=True)
class Imported:
    added: int
    changed: int
    unchanged: int


@transaction.atomic
def import_register(*, entries: Iterable[RegisterEntry]) -> Imported:
    """Adds and updates; a university that is no longer in the register stays. All of it or nothing."""
    known = University.objects.in_bulk(field_name="ror")
    slugs = {university.slug for university in known.values()}
    added: list[University] = []
    changed: list[University] = []
    unchanged = 0
    for entry in entries:
        university = known.get(entry.ror)
        if university is None:
            added.append(_new_university(entry, slugs))
        elif _update(university, entry):
            changed.append(university)
        else:
            unchanged += 1
    University.objects.bulk_create(added, batch_size=1000)
    University.objects.bulk_update(changed, REGISTER_FIELDS, batch_size=200)
    _index_pages(changed)
    return Imported(len(added), len(changed), unchanged)


def _new_university(entry: RegisterEntry, slugs: set[str]) -> University:
    slug = free_slug(entry.name, slugs, otherwise=entry.ror)
    slugs.add(slug)
    return University(slug=slug, **asdict(entry))


def _update(university: University, entry: RegisterEntry) -> bool:
    """Whether something changed. A short name that stands is kept, and names in languages of our own."""
    before = _facts(university)
    for name, value in asdict(entry).items():
        setattr(university, name, value)
    university.names = {**before["names"], **entry.names}
    university.short_name = before["short_name"] or entry.short_name
    return _facts(university) != before


def _facts(university: University) -> dict[str, object]:
    facts = {name: getattr(university, name) for name in REGISTER_FIELDS}
    return {**facts, "country": str(facts["country"]), "time_zone": str(facts["time_zone"])}


def _index_pages(universities: list[University]) -> None:
    """Bulk writing sends no signal, and pages are found by the names of their university."""
    for page in UniversityPage.objects.filter(university__in=universities):
        index.insert_or_update_object(page)
