"""Reads the universities of the world from the Research Organization Registry's dump."""

from __future__ import annotations

from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from portal.actions.register import import_register
from portal.register.dump import DumpFault, open_dump, read_records
from portal.register.entries import RegisterEntry, read_entry


class Command(BaseCommand):
    help = "Imports active places of education with coordinates from a ROR dump (schema 2.x, JSON or zip)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *, file: Path, verbosity: int, **options: Any) -> None:
        try:
            entries, skipped = _read(file, quiet=verbosity == 0)
        except DumpFault as fault:
            raise CommandError(f"{fault} Nothing was imported.", returncode=2) from fault
        done = import_register(entries=entries)
        read = len(entries) + skipped.total()
        self.stdout.write(
            f"{read:,} records read: {done.added:,} universities added, {done.changed:,} changed,"
            f" {done.unchanged:,} unchanged, {skipped.total():,} skipped."
        )
        for reason, count in skipped.most_common():
            self.stdout.write(f"  {count:,} skipped: {reason}")


def _read(file: Path, quiet: bool) -> tuple[list[RegisterEntry], Counter[str]]:
    """The entries to import, about 1 kB each, and how many records were skipped why."""
    entries: dict[str, RegisterEntry] = {}
    skipped: Counter[str] = Counter()
    with open_dump(file) as (stream, size), _bar(size, quiet) as bar:
        for number, record in enumerate(read_records(stream), start=1):
            entry = read_entry(record, number)
            if isinstance(entry, str):
                skipped[entry] += 1
            elif entry.ror in entries:
                skipped["listed twice"] += 1
            else:
                entries[entry.ror] = entry
            bar.update(stream.tell() - bar.n)
    return list(entries.values()), skipped


def _bar(size: int, quiet: bool) -> tqdm:
    # None: shown on a terminal, not in a log.
    return tqdm(total=size, unit="B", unit_scale=True, desc="Reading", disable=quiet or None)
