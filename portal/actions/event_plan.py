"""A plan of events, as two countries agree on it, becomes rows of the calendar."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from portal.diary import write_down
from portal.enums import EventKind
from portal.models import Agreement, Event, University
from portal.refusal import Refusal
from portal.register.event_plan import PlanRow, read_day, read_public
from portal.search.keep import enter_all

#: What the plan says goes; a host that it does not name stays.
TEXTS = ("title", "kind", "sport", "city", "venue", "url", "summary")
WRITTEN = (*TEXTS, "starts_on", "ends_on", "country", "host", "public", "updated_at")


class UnableToImportEvents(Refusal):
    """`faults` has a sentence a row."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__(_("The plan has faults; nothing was imported."))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class ImportedEvents:
    added: int
    changed: int
    unchanged: int


@transaction.atomic
def import_events(*, agreement: Agreement, rows: Sequence[PlanRow], dry_run: bool = False) -> ImportedEvents:
    """All rows or none. An event is known by its number in the plan; those that it no longer names stay."""
    Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    known = {event.reference: event for event in agreement.events.exclude(reference="")}
    hosts = University.objects.in_bulk({row.cells["host"] for row in rows} - {""}, field_name="ror")
    numbers = Counter(row.cells["number"] for row in rows)
    added, changed, unchanged, faults = [], [], 0, []
    for row in rows:
        number = row.cells["number"]
        event = known.get(number) or Event(agreement=agreement, reference=number)
        before = _facts(event)
        fault = _fault_of_number(number, numbers) or _fill(event, row.cells, hosts)
        if fault:
            faults.append(_("Row %(line)s: %(fault)s") % {"line": row.line, "fault": fault})
        elif event.pk is None:
            added.append(event)
        elif _facts(event) != before:
            changed.append(event)
        else:
            unchanged += 1
    if faults:
        raise UnableToImportEvents(faults)
    if not dry_run:
        _write(agreement, added, changed)
    return ImportedEvents(len(added), len(changed), unchanged)


def _fault_of_number(number: str, numbers: Counter[str]) -> str:
    if not number:
        return _("The number is missing; it is how the event is found again.")
    return _("The number %s stands in more than one row.") % number if numbers[number] > 1 else ""


def _fill(event: Event, cells: Mapping[str, str], hosts: Mapping[str, University]) -> str:
    """The first fault of the row, or nothing."""
    for name in TEXTS:
        setattr(event, name, cells[name])
    event.kind, event.country = cells["kind"] or EventKind.COMPETITION, cells["country"].upper()
    if cells["host"]:
        if cells["host"] not in hosts:
            return _("No university has the ROR id %s.") % cells["host"][:40]
        event.host = hosts[cells["host"]]
    try:
        event.starts_on = read_day(cells["starts_on"])
        event.ends_on = read_day(cells["ends_on"]) if cells["ends_on"] else event.starts_on
        event.public = read_public(cells["public"])
        event.clean_fields(exclude=["agreement", "host"])
    except ValidationError as faults:
        name, messages = next(iter(faults.message_dict.items()))
        return f"{name}: {messages[0]}"
    except ValueError as fault:
        return str(fault)
    if event.ends_on < event.starts_on:
        return _("The last day cannot come before the first.")
    return ""


def _facts(event: Event) -> tuple[object, ...]:
    return tuple(str(getattr(event, f"{name}_id" if name == "host" else name)) for name in WRITTEN[:-1])


def _write(agreement: Agreement, added: list[Event], changed: list[Event]) -> None:
    """Bulk writing sends no signal, so what is found by search is entered here."""
    for event in changed:
        event.updated_at = Event._meta.get_field("updated_at").pre_save(event, add=False)
    Event.objects.bulk_create(added, batch_size=200)
    Event.objects.bulk_update(changed, WRITTEN, batch_size=100)
    enter_all([*added, *changed])
    write_down("portal.import_events", agreement, by=None, added=len(added), changed=len(changed))
    write_down("portal.plan_event", *added, *changed, by=None)
