"""Reads the plan of events of an agreement."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from portal.actions.event_plan import UnableToImportEvents, import_events
from portal.models import Agreement
from portal.register.event_plan import PlanFault, read_plan


class Command(BaseCommand):
    help = "Imports the plan of events of an agreement from a CSV file; an event is known by its number."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--agreement", required=True, metavar="SLUG", help="the agreement's slug")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, write nothing")

    def handle(self, *, file: Path, agreement: str, dry_run: bool, **options: object) -> None:
        found = Agreement.objects.filter(slug=agreement).first()
        if found is None:
            known = ", ".join(Agreement.objects.values_list("slug", flat=True)) or "none is written down"
            raise CommandError(f"There is no agreement {agreement} (known: {known}).", returncode=2)
        try:
            rows = read_plan(file)
            done = import_events(agreement=found, rows=rows, dry_run=dry_run)
        except PlanFault as fault:
            raise CommandError(f"{fault} Nothing was imported.", returncode=2) from fault
        except UnableToImportEvents as refusal:
            for fault in refusal.faults:
                self.stderr.write(fault)
            count = len(refusal.faults)
            raise CommandError(
                f"{count:,} of {len(rows):,} rows have faults. Nothing was imported."
            ) from refusal
        said = "Nothing was written; it would be " if dry_run else ""
        self.stdout.write(
            f"{len(rows):,} rows read: {said}{done.added:,} events added, {done.changed:,} changed,"
            f" {done.unchanged:,} unchanged."
        )
